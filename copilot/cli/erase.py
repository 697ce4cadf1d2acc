"""``coach erase``: a pair or a person out of the home, searched for afterwards and certified."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from copilot.cli.exits import FOUND
from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from copilot.erasing import Erasure


@click.command()
@click.option("--pair", help="Erase this pair: its notes, ledger, drafts, vault and key.")
@click.option("--person", help="Erase this person: every form of their name; notes of their pairs stay without it.")
@click.option("--yes", is_flag=True, help="Do not ask; needed where there is no terminal.")
@click.option("--allow-return", is_flag=True, help="Erase nothing: let an erased pair or person be ingested again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
@click.pass_context
def erase(
    ctx: click.Context,
    run: Run,
    pair: str | None,
    person: str | None,
    yes: bool,
    allow_return: bool,
    as_json: bool,
) -> None:
    """Erase a pair or a person from the home, then search every byte of it.

    Stopped anywhere, the same command goes on. A certificate says what was removed and what was searched; exit 1 if
    something is still found. It cannot be undone.
    """
    from copilot import erasing
    from copilot.erasure_records import Target
    from copilot.errors import Usage

    if (pair is None) == (person is None):
        raise Usage("say what to erase: --pair ID or --person ID, one of them")
    target = Target("pair", pair) if pair is not None else Target("person", person or "")
    if not allow_return:
        _confirm(target.kind, target.id, yes=yes)
    with run.copilot() as copilot:
        if allow_return:
            erasing.allow_return(copilot, target)
            say(f"The {target.kind} {target.id} may come back with the next coach ingest.")
            return
        done = erasing.erase(copilot, target)
    if as_json:
        say_json(
            {
                "kind": target.kind,
                "id": target.id,
                "removed": done.counts,
                "found_in": list(done.found_in),
                "certificate": str(done.certificate) if done.certificate else None,
                "roles_in": list(done.roles_in),
                "not_reached": list(erasing.NOT_REACHED),
            }
        )
    else:
        _told(done)
    if done.found_in:
        ctx.exit(FOUND)


_INDEX: Final = "index_rebuilt_passages"
_NAMES: Final = {
    "people": "roster entries", "forms": "forms in texts", "vault_forms": "forms in vaults", "pages": "printed pages"
}  # fmt: skip


def _confirm(kind: str, id_: str, *, yes: bool) -> None:
    from copilot.errors import Usage

    if yes:
        return
    if not _at_a_terminal():
        raise Usage("nobody is here to confirm: say --yes to erase for good")
    click.confirm(f"Erase the {kind} {id_} from this home for good?", abort=True, err=True)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


def _told(done: Erasure) -> None:
    from copilot.erasing import NOT_REACHED

    target = done.target
    for path in done.found_in:
        note(f"still found in {path}")
    if done.found_in:
        say(f"The {target.kind} {target.id} is not wholly erased: remove these files, then run the same command again.")
        return
    counts = {_NAMES.get(name, name.replace("_", " ")): count for name, count in sorted(done.counts.items()) if count}
    rebuilt = counts.pop(_INDEX.replace("_", " "), 0)
    removed = "; ".join(f"{name} {count}" for name, count in counts.items())
    say(f"Erased the {target.kind} {target.id}. Removed: {removed}.")
    say(f"The search index was made anew: it holds {rebuilt} passages.")
    say(f"Certificate: {done.certificate}")
    say(f"Take the {target.kind} out of programme.yaml too, or the next coach ingest is refused.")
    if target.kind == "person":
        say(f"The id {target.id} stays as a pseudonym, so that other people's ledgers stay whole.")
    elif done.logged:
        say(f"The pair's id stays in {done.logged} lines of the call log, which holds no text.")
    if done.roles_in:
        say(f"Their pairs stay, with [erased] for the name: {', '.join(done.roles_in)}")
    say(f"Not reached: {'; '.join(NOT_REACHED)}.")
