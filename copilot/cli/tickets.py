"""``coach tickets``: what became of a pair's tickets in another tool, beside the ledger; the way back of export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from copilot.ticket_status import Compared, Judged


@click.command()
@click.argument("pair")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="Write what contradicts nobody, as your word; else it is shown only.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach",
              show_default=True, help="Whose word it becomes.")  # fmt: skip
@pass_run
def tickets(run: Run, pair: str, file: Path, apply: bool, as_json: bool, viewer: str) -> None:
    """Compare FILE, a CSV of tickets from another tool, with the commitments of PAIR.

    Done, dropped and moved come back into the ledger. Where a ticket contradicts what somebody said, or two of anything
    fit, it is shown as a conflict and changes nothing. Column names and words of status are in
    copilot/ticket_words.yaml.
    """
    from copilot.errors import BadInput
    from copilot.ticket_importing import import_tickets
    from copilot.ticket_rows import MOST_BYTES
    from guards.access import Role

    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}): name a CSV file of tickets") from None
    with run.copilot() as copilot:
        principal = copilot.principal(pair, Role(viewer))
        compared = import_tickets(copilot, pair, data, principal=principal, apply=apply)
        if as_json:
            say_json(_shape(compared, applied=apply))
            return
        _print(pair, compared, shown=copilot.reveal(pair, principal), applied=apply)


def _print(pair: str, compared: Compared, *, shown: Callable[[str], str], applied: bool) -> None:
    from copilot.ticket_status import Outcome, rows_text

    changes, conflicts = compared.of(Outcome.CHANGE), compared.of(Outcome.CONFLICT)
    say(f"Tickets of {pair}, beside its commitments")
    if changes:
        say(f"\n{'Changed' if applied else 'Would change'} ({len(changes)})")
    for each in changes:
        say(f"  {each.commitment.id[:8]}  {_what(each)} ({rows_text(each.rows)}): {shown(each.commitment.action)}")
    if conflicts:
        say(f"\nConflicts, nothing changes ({len(conflicts)})")
    for each in conflicts:
        say(f"  {each.commitment.id[:8]}  {each.commitment.ticket or 'no ticket'} ({rows_text(each.rows)}): {each.why}")
    say("")
    say(f"{len(compared.of(Outcome.AGREES))} agree; {compared.foreign} rows name no commitment of {pair}")
    if compared.nameless:
        note(f"no id of a ticket or commitment in {rows_text(compared.nameless)}")
    if changes and not applied:
        note("nothing was written: coach tickets --apply writes what would change, as your word")


def _what(each: Judged) -> str:
    word = each.word
    if word is None:
        return ""
    until = f" to {word.due.isoformat()}" if word.due else f" on {word.day.isoformat()}"
    return f"{word.kind.value}{until}"


def _shape(compared: Compared, *, applied: bool) -> dict[str, object]:
    def row(each: Judged) -> dict[str, object]:
        due = each.word.due if each.word else None
        said = {"kind": each.word.kind.value, "day": each.word.day.isoformat()} if each.word else None
        return {
            "commitment": each.commitment.id, "ticket": each.commitment.ticket, "rows": list(each.rows),
            "outcome": each.outcome.value, "why": each.why or None, "word": said,
            "due": due.isoformat() if due else None,
        }  # fmt: skip

    return {
        "applied": applied, "tickets": [row(each) for each in compared.judged],
        "foreign_rows": compared.foreign, "rows_without_id": list(compared.nameless),
    }  # fmt: skip
