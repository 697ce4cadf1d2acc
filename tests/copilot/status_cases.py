"""Runs a status case: an earlier note, a later line, and what became of each item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from copilot.extraction import PeopleView, read_mentions
from copilot.ledger import fold
from copilot.mentions import Commitment, Mention
from knowledge.note_template import parse_note
from tests.copilot.extraction.reading_cases import ON, ROSTER, SilentEngine, document
from tests.doubles.redaction import MemoryVault

LATER = date(2026, 9, 21)


class Verdict(StrEnum):
    RIGHT = "right"
    ASKED = "asked"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case; ``group`` is ``plain``, ``unclear`` or ``nothing`` by the best outcome."""

    id: str
    group: str
    verdict: Verdict
    later: str
    got: str
    want: tuple[str, ...]


def notes(texts: dict[date, str]) -> tuple[Mention, ...]:
    """Mentions of the notes of these days, over one vault."""
    vault = MemoryVault("ada-ben", ROSTER)
    people = PeopleView(vault.person_of, "ada", "ben", "sam")
    found: list[Mention] = []
    for on, text in sorted(texts.items()):
        note = document(text, vault, on=on, name=f"{on.isoformat()}.md")
        found += read_mentions(note, fields=parse_note(note), passages=(), people=people, engine=SilentEngine())
    return tuple(found)


def file(name: str = "status") -> dict[str, Any]:
    path = Path(__file__).parent / "cases" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def results(name: str = "status") -> Iterator[Result]:
    told = file(name)
    for case in told["cases"]:
        yield result(case, told["worlds"][case["in"]])


def result(case: dict[str, Any], world: list[str]) -> Result:
    want = tuple(_outcome(each) for each in case["want"])
    got = outcome(world, case["later"])
    first = want[0]
    group = "nothing" if not first else "unclear" if "ask" in first else "plain"
    return Result(case["id"], group, _verdict(got, want), case["later"], got, tuple(case["want"]))


def outcome(world: list[str], later: str) -> str:
    """What the later line did to the items, in the words of the case file, sorted."""
    told = notes({ON: "\n".join(world), LATER: later})
    before = fold([each for each in told if each.session_date == ON], (), (), as_of=LATER)
    order = sorted(before, key=lambda each: each.citations[0].first)
    assert len(order) == len(world), [str(each.action) for each in order]
    after = {each.id: each for each in fold(told, (), (), as_of=LATER)}
    changes = [change for n, each in enumerate(order, 1) for change in _changes(n, each, after[each.id])]
    asked = [str(n) for n, each in enumerate(order, 1) if after[each.id].question not in {None, each.question}]
    return " + ".join([*sorted(changes), *(["ask " + ",".join(asked)] if asked else [])])


def _changes(n: int, before: Commitment, after: Commitment) -> Iterator[str]:
    if after.status is not before.status:
        yield f"{after.status} {n}"
    if after.due != before.due:
        yield f"moved {n} to {after.due}"
    if after.owner != before.owner and after.owner is not None:  # without one it is asked who has it now
        yield f"owner {n} to {after.owner}"


def _outcome(said: str) -> str:
    return "" if said == "nothing" else " + ".join(sorted(re.split(r"\s*\+\s*", said)))


def _verdict(got: str, want: tuple[str, ...]) -> Verdict:
    if got in want:
        return Verdict.RIGHT
    if not got:
        return Verdict.MISSED
    return Verdict.ASKED if got.startswith("ask") else Verdict.WRONG
