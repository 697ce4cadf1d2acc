"""``coach extract``: the commitments of a text or of a stream of JSON lines, with nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from copilot.cli.output import Run, pass_run, say, say_json, say_json_line

if TYPE_CHECKING:
    from copilot.extracting import Extracted
    from guards.redaction import Redactor
    from guards.roster import Roster

_PAIR: Final = "none"


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--jsonl", is_flag=True, help='Read {"id","text","date"?,"roster"?} and write {"id","commitments"}.')
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--roster", "roster_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A programme.yaml, or a YAML or JSON list of people (id, name, also).")  # fmt: skip
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The session's day; else today.")
@pass_run
def extract(
    run: Run, file: Path | None, jsonl: bool, as_json: bool, roster_file: Path | None, day: datetime | None
) -> None:
    """Print who promised what in FILE (or stdin), by when, with the question to ask where nobody is named."""
    from copilot.cli.redacting import foreign_in, read_roster, redactor_of, tell_foreign, text_of

    people = read_roster(roster_file)
    redactor = redactor_of(run)
    on = (day or datetime.now(UTC)).date()
    if jsonl:
        _stream(file, redactor, people, on)
        return
    text = text_of(file)
    tell_foreign(foreign_in(text))
    found = _one(text, redactor, people, on)
    if as_json:
        say_json({"id": file.name if file else "stdin", "commitments": [each.as_json() for each in found]})
        return
    for line in _page(found):
        say(line)


def _one(text: str, redactor: Redactor, people: Roster, on: date) -> tuple[Extracted, ...]:
    """Each text has a vault of its own, forgotten after."""
    from copilot.engines.rules import RulesEngine
    from copilot.extracting import extract as commitments_of
    from guards.pair_vault import PairVault

    vault = PairVault(_PAIR, roster=people)
    return commitments_of(text, on=on, redactor=redactor, vault=vault, engine=RulesEngine())


def _stream(file: Path | None, redactor: Redactor, people: Roster, on: date) -> None:
    from copilot.cli.extract_record import TextRecord
    from copilot.cli.records import each_record
    from copilot.cli.redacting import RosterRows, foreign_in, roster_of, tell_foreign

    foreign: list[int] = []

    def write(record: TextRecord) -> None:
        foreign.append(foreign_in(record.text))
        known = people if record.roster is None else roster_of(RosterRows(people=record.roster))
        found = _one(record.text, redactor, known, record.date or on)
        say_json_line({"id": record.id, "commitments": [each.as_json() for each in found]})

    each_record(file, TextRecord, write)
    tell_foreign(sum(foreign))


def _page(found: tuple[Extracted, ...]) -> Iterator[str]:
    if not found:
        yield "No commitment found."
    for each in found:
        due = each.due.isoformat() if each.due else "no due date"
        yield f"{each.owner or 'nobody named'}: {each.action} ({due}, {each.ticket or 'no ticket'}, {each.status})"
        if each.question:
            yield f"  ? {each.question}"
