"""A note as its pages show it: masked stretches apart, promises with names back, words for what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.ingest import HeldLines
from copilot.mentions import Commitment, CommitmentStatus
from copilot.previewing import Preview
from copilot.programme import Programme
from guards.access import Lane, Role, readers_of
from guards.text import PLACEHOLDER
from knowledge.passages import RedactedLine
from server.html import counted

_MARK: Final = re.compile(f"({PLACEHOLDER.pattern.replace('(', '(?:')})")
_MANY: Final = 3000
"""Lines of a note on its page; a three-hour transcript has half of that."""
_LISTED: Final = (Role.MENTOR_COACH, Role.MENTEE, Role.SPONSOR, Role.LND)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``masked`` where it stands for something that was masked, ``name`` what that was."""

    text: str
    masked: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a note."""

    number: str
    pieces: tuple[Piece, ...]
    heading: int
    held: str


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise with the words of its line; ``owner`` is a person's id where the programme knows them."""

    id: str
    action: str
    informal: bool
    owner: str
    owner_name: str
    due: date | None
    due_text: str
    ticket: str
    where: str
    question: str


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A preview's page."""

    title: str
    seen: Preview
    summary: tuple[str, ...]
    lines: tuple[LineView, ...]
    more: int
    masked: tuple[tuple[str, str, int], ...]
    promises: tuple[PromiseView, ...]


def preview_view(seen: Preview, programme: Programme) -> PreviewView:
    """A preview as its sender sees it."""
    return PreviewView(
        title=restored(seen.name, seen.names), seen=seen, summary=tuple(_summary(seen)),
        lines=tuple(line_view(each, seen.held_at(each), seen.names) for each in seen.lines[:_MANY]),
        more=max(0, len(seen.lines) - _MANY),
        masked=tuple((label(one.placeholder), seen.names.get(one.placeholder, ""), one.times) for one in seen.masked),
        promises=tuple(_promise(each, seen.names, programme) for each in seen.promises),
    )  # fmt: skip


def _summary(seen: Preview) -> Iterable[str]:
    """What was masked, held back and found, in counted words."""
    others = len(seen.masked) - seen.people
    yield f"{counted(seen.people, 'name')} masked" + (f", and {counted(others, 'other detail')}" if others else "")
    if seen.held:
        yield f"{counted(len(seen.held), 'passage')} held back"
    if seen.missing:
        yield f"{counted(len(seen.missing), 'field')} missing"
    clear = len(seen.promises) - seen.informal
    if clear:
        yield f"{counted(clear, 'commitment')} found"
    if seen.informal:
        yield f"{counted(seen.informal, 'informal promise')} found"
    if seen.foreign:
        yield f"{counted(seen.foreign, 'line')} in another language, not read"


def line_views(lines: Iterable[RedactedLine], held: Iterable[HeldLines], names: Mapping[str, str]) -> list[LineView]:
    """The lines of a note on record."""
    kept = tuple(held)
    return [
        line_view(
            line, next((each.kind for each in kept if each.first <= line.last and line.first <= each.last), ""), names
        )
        for line in lines
    ]


def line_view(line: RedactedLine, held: str, names: Mapping[str, str]) -> LineView:
    """One line, its masked stretches apart."""
    number = f"{line.first}" if line.first == line.last else f"{line.first}–{line.last}"
    return LineView(number, tuple(_pieces(line.text, names)), line.heading, held)


def _pieces(text: str, names: Mapping[str, str]) -> Iterable[Piece]:
    for part in _MARK.split(text):
        if _MARK.fullmatch(part):
            yield Piece(label(part), masked=True, name=names.get(part, ""))
        elif part:
            yield Piece(part)


def label(placeholder: str) -> str:
    """``<PERSON_1>`` as a reader sees it: ``person 1``."""
    return placeholder.strip("<>").replace("_", " ").lower()


def restored(text: str, names: Mapping[str, str]) -> str:
    """A text with the words behind its placeholders, where they may be seen."""
    return PLACEHOLDER.sub(lambda match: names.get(match.group(0)) or f"[{label(match.group(0))}]", text)


def _promise(each: Commitment, names: Mapping[str, str], programme: Programme) -> PromiseView:
    place = each.citations[0]
    person = programme.person(each.owner) if each.owner else None
    named = person.name if person else restored(each.owner_text, names) if each.owner_text else ""
    return PromiseView(
        id=each.id, action=restored(each.action, names), informal=each.status is CommitmentStatus.CANDIDATE,
        owner=each.owner or "", owner_name=named, due=each.due,
        due_text=restored(each.due_text, names) if each.due_text else "", ticket=each.ticket or "",
        where=f"{place.first}" if place.first == place.last else f"{place.first}–{place.last}",
        question=restored(each.question, names) if each.question else "",
    )  # fmt: skip


def readers(lane: Lane) -> list[tuple[str, bool]]:
    """Each role by name, and whether it may read documents of a lane."""
    may = readers_of(lane)
    return [(each.value, each in may) for each in _LISTED]
