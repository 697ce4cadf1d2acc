"""``coach lint``: language about people that is worth a look, in a text or a pair's draft, as cards with questions."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copilot.cli.exits import FOUND
from copilot.cli.output import Run, pass_run, say, say_json, say_json_line

if TYPE_CHECKING:
    from copilot.linting import Linted
    from guards.roster import Roster


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@click.option("--pair", help="Lint this pair's next session prep; with FILE, only know the pair's people by name.")
@click.option("--as", "who", default="mentor_coach", show_default=True, help="Who is looking: a role or an id.")
@click.option("--roster", "roster_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A programme.yaml, or a YAML or JSON list of people (id, name, also).")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True,
              help='jsonl reads {"id","text","roster"?} and writes {"id","cards"} a line.')  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Same as --format jsonl.")
@pass_run
def lint(
    run: Run,
    file: Path | None,
    pair: str | None,
    who: str,
    roster_file: Path | None,
    form: str,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """Show language in FILE (or stdin) that is worth a look, each with a question to ask instead.

    Only the caller sees the cards; nothing is kept. A card is about words, never about a person. Exits 1 when there
    are any. Notes are linted only by giving them as FILE.
    """
    form = "jsonl" if as_jsonl else "json" if as_json else form
    if pair is not None and file is None:
        _tell(_of_draft(run, pair, who=who), form)
        return
    from copilot.cli.redacting import read_roster

    roster = read_roster(roster_file) if pair is None else _people(run, pair, who=who)
    path = None if file is None or str(file) == "-" else file
    if form == "jsonl":
        _stream(run, path, roster)
        return
    _tell([_one(run, path, roster)], form)


def _one(run: Run, path: Path | None, roster: Roster) -> Linted:
    from copilot.cli.redacting import foreign_in, redactor_of, tell_foreign, text_of
    from copilot.errors import BadInput
    from copilot.linting import lint as cards_of

    text, name = text_of(path), path.name if path else "stdin"
    if not text.strip():
        raise BadInput(f"{name}: no text; give a file with text, or pipe one in")
    tell_foreign(foreign_in(text))
    return cards_of(text, name=name, redactor=redactor_of(run), roster=roster)


def _stream(run: Run, path: Path | None, roster: Roster) -> None:
    from copilot.cli.extract_record import TextRecord
    from copilot.cli.records import each_record
    from copilot.cli.redacting import RosterRows, redactor_of, roster_of
    from copilot.linting import lint as cards_of

    redactor = redactor_of(run)
    found: list[bool] = []

    def write(record: TextRecord) -> None:
        known = roster if record.roster is None else roster_of(RosterRows(people=record.roster))
        linted = cards_of(record.text, name=record.id, redactor=redactor, roster=known)
        found.append(bool(linted.cards))
        say_json_line(linted.as_json())

    each_record(path, TextRecord, write)
    if any(found):
        sys.exit(FOUND)


def _people(run: Run, pair: str, *, who: str) -> Roster:
    """The programme's people, for somebody of the pair."""
    from guards.access import ReadConversation, authorize

    with run.copilot() as copilot:
        authorize(copilot.viewer(pair, who), ReadConversation, pair)
        return copilot.programme().roster()


def _of_draft(run: Run, pair: str, *, who: str) -> list[Linted]:
    from copilot.composing import draft_for
    from copilot.linting import lint_draft
    from copilot.snapshot import Request

    with run.copilot() as copilot:
        return [*lint_draft(draft_for(copilot, Request(pair), principal=copilot.viewer(pair, who)))]


def _tell(found: Iterable[Linted], form: str) -> None:
    shown = [each for each in found if each.cards]
    if form == "json":
        say_json([each.as_json() for each in shown])
    for line in _lines(shown, form):
        say(line)
    if form == "jsonl":
        for each in shown:
            say_json_line(each.as_json())
    if shown:
        sys.exit(FOUND)


def _lines(shown: list[Linted], form: str) -> Iterator[str]:
    if form != "text":
        return
    if not shown:
        yield "nothing to look at"
    for each in shown:
        yield from each.lines()
