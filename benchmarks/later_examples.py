"""Labelled pairs of a later sentence and an earlier promise, for learning and judging ``copilot.later_reader``.

From development files alone: the lines of ``tests/copilot/cases`` (seven hands of one author, and the status lines) and
the later notes of the two other authors' development halves. Never ``benchmarks/held_out``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from copilot.extraction import PeopleView, read_mentions
from copilot.later_reader import names, signs
from copilot.mentions import Mention, MentionKind
from copilot.similarity import content
from evals.case import DraftingCase, drafting_cases
from guards.roster import Roster, RosterPerson
from tests.copilot.extraction.reading_cases import ON, SilentEngine, document
from tests.copilot.status_cases import LATER, notes
from tests.doubles.redaction import MemoryVault

_CASES: Final = Path(__file__).parents[1] / "tests" / "copilot" / "cases"
_HANDS: Final = _CASES.parent / "extraction" / "cases"
STATUS: Final = ("status", "status_more", "status_last")
HANDS: Final = ("hands_1", "hands_2")
FILES: Final = (
    _CASES / "later_lines.yaml", _CASES / "later_hands.yaml", *(_CASES / f"{each}.yaml" for each in STATUS),
    *(_HANDS / f"{each}.yaml" for each in HANDS),
)  # fmt: skip
_PROMISES: Final = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE})
_READ: Final = _PROMISES | {
    MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED, MentionKind.STILL_OPEN, MentionKind.UNCLEAR,
    MentionKind.TOLD, MentionKind.REMARK,
}  # fmt: skip
_NEAR: Final = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and a promise. ``place`` is the same for all mentions that one line gives of one promise."""

    author: str
    place: str
    kind: str
    signs: frozenset[str]
    line: str
    by: str


def digest() -> str:
    """A digest of the files; the data file names the one it was learnt from."""
    return hashlib.sha256(b"".join(each.read_bytes() for each in FILES)).hexdigest()[:16]


def examples() -> list[Example]:
    """All of them, in the order of the files."""
    return [*_own(), *(each for name in STATUS for each in _status(name)), *(e for name in HANDS for e in _hands(name))]


def _file(name: str) -> Any:
    return yaml.safe_load((_CASES / f"{name}.yaml").read_text("utf-8"))


def _own() -> Iterator[Example]:
    for voice, told in _file("later_lines").items():
        wanted = {
            line: (kind, int(item))
            for kind in ("ends", "handed") for item, lines in told[kind].items() for line in lines
        }  # fmt: skip
        for line in [*wanted, *told["nothing"]]:
            kind, item = wanted.get(line, ("neither", 0))
            yield from _of_line(voice, told["promised"], line, {item: kind})


def _status(name: str) -> Iterator[Example]:
    told = _file(name)
    for case in told["cases"]:
        said = [each.split() for each in case["want"][0].split("+")]
        wanted = {
            int(number): {"done": "ends", "dropped": "ends", "owner": "handed", "ask": "", "moved": "neither"}[words[0]]
            for words in said if words[0] != "nothing"
            for number in words[1].split(",")
        }  # fmt: skip
        yield from _of_line("status", told["worlds"][case["in"]], case["later"], wanted)


def _of_line(author: str, world: Sequence[str], line: str, wanted: dict[int, str]) -> Iterator[Example]:
    told = notes({ON: "\n".join(world), LATER: line})
    promises = sorted((each for each in told if each.session_date == ON and each.kind in _PROMISES), key=_first)
    later = [each for each in told if each.session_date == LATER]
    for promise in promises:
        kind = wanted.get(promise.citation.first, "neither")
        if kind:
            place = f"{author}/{line}/{promise.citation.first}"
            yield from _pairs(author, place, kind, promise, later)


def _first(mention: Mention) -> int:
    return mention.citation.first


def _pairs(author: str, place: str, kind: str, promise: Mention, later: Sequence[Mention]) -> Iterator[Example]:
    for each in later:
        if each.kind in _READ and names(each, promise):
            made = signs(each, promise, promise.owner, str(promise.owner_text))
            yield Example(author, place, kind, made, str(each.citation.quote), each.kind.value)


def _hands(name: str) -> Iterator[Example]:
    labels: dict[str, list[tuple[str, int, int, str]]] = _file("later_hands")
    for case in drafting_cases(_HANDS / f"{name}.yaml"):
        if len(case.documents) < 2:
            continue
        told = _mentions(case)
        wanted: dict[tuple[str, int, str], str] = {}
        for kind in ("ends", "handed"):
            for which, at, line, words in labels[kind]:
                promise = _labelled(case, words, told) if which == case.id else None
                if promise is not None:
                    wanted[case.documents[at - 1].name, line, promise.id] = kind
        for promise in (each for each in told if each.kind in _PROMISES):
            for each in (each for each in told if each.session_date > promise.session_date):
                lines = range(each.citation.first, each.citation.last + 1)
                said = (wanted.get((str(each.citation.source), line, promise.id)) for line in lines)
                kind = next((kind for kind in said if kind), "neither")
                place = f"{case.id}/{each.citation.source}/{each.citation.first}/{promise.id}"
                yield from _pairs(name, place, kind, promise, [each])


def _mentions(case: DraftingCase) -> tuple[Mention, ...]:
    vault = MemoryVault(
        case.pair, Roster(tuple(RosterPerson(each.id, each.name, each.also) for each in case.roster))
    )  # fmt: skip
    by_role = {each.role: each.id for each in reversed(case.roster)}
    people = PeopleView(vault.person_of, by_role.get("mentor"), by_role.get("mentee"), by_role.get("sponsor"))
    found: list[Mention] = []
    for note in case.documents:
        made = document(note.text, vault, on=note.date, name=note.name)
        found += read_mentions(made, fields=None, passages=(), people=people, engine=SilentEngine())
    return tuple(found)


def _labelled(case: DraftingCase, words: str, told: Sequence[Mention]) -> Mention | None:
    """The promise that was read for a label, by words and line; ``None`` where it was missed."""
    label = next(each for each in case.expect if words in each.words)
    near = [
        each for each in told
        if each.kind in _PROMISES and str(each.citation.source) == label.document
        and abs(each.citation.first - label.line) <= _NEAR and content(label.words) & content(str(each.text))
    ]  # fmt: skip
    return max(near, key=lambda each: len(content(label.words) & content(str(each.text))), default=None)
