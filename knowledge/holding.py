"""Which lines of a document are held back, and what they plainly refer to.

The unit is an item: a bullet with its wrapped lines, a paragraph's sentence lines, a speaker turn. What was decided:

- an item that shows a reason is held whole, with bullets nested under it; an instruction takes nothing else along;
- an off-the-record item also holds the item before it when it points back ("don't write that down") and says
  nothing else of its own, and the items after it up to a blank line when it announces something ("off the record:");
- a heading that says it holds its section; "back on the record" ends a stretch that "off the record" opened.

When in doubt more is held, since the person sees what was held and can put it back by rewording.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from guards.held import INSTRUCTION, OFF_THE_RECORD, fixed_reason, held_reason, says_nothing_besides
from guards.language import ANOTHER_LANGUAGE, WITHHELD
from guards.text import joined
from knowledge.passages import RedactedDocument
from knowledge.wrapping import continues

_BACK_ON: Final = re.compile(r"\b(?:back|now) on(?: the)? record\b", re.IGNORECASE)
_OPENS: Final = re.compile(
    r"(?:off[ -]the[ -]record|between us|not for the (?:notes?|minutes|record))\W*$", re.IGNORECASE
)
_POINTS_BACK: Final = re.compile(r"\b(?:that|this|it|those|these)\b|off[ -]the[ -]record", re.IGNORECASE)
_REACH: Final = 40


class Line(Protocol):
    """What holding needs of a line."""

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def heading(self) -> int:
        """The level of a heading, 0 for body text."""
        ...

    @property
    def turn(self) -> bool:
        """Whether it is a speaker's turn."""
        ...


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line as it was written, in memory only while its document is read."""

    text: str
    heading: int
    turn: bool


@dataclass(frozen=True, slots=True)
class Item:
    """Lines ``start`` to ``end`` (exclusive) that say one thing."""

    start: int
    end: int


def items(lines: Sequence[Line]) -> Iterator[Item]:
    """Group lines into items; blank lines belong to none."""
    start: int | None = None
    for index, line in enumerate(lines):
        if not line.text.strip():
            if start is not None:
                yield Item(start, index)
            start = None
        elif start is None:
            start = index
        elif line.turn or line.heading or lines[index - 1].heading or not continues(lines[index - 1].text, line.text):
            yield Item(start, index)
            start = index
    if start is not None:
        yield Item(start, len(lines))


def held_lines(document: RedactedDocument) -> tuple[str, ...]:
    """The reason each line is held back, empty for the others; as long as ``document.lines``."""
    lines = document.lines
    found = [ANOTHER_LANGUAGE if line.text.strip() == WITHHELD else line.held for line in lines]
    masked = _held(lines, lambda start, end: held_reason(joined("\n", (line.text for line in lines[start:end]))))
    return tuple(before or reason for before, reason in zip(found, masked, strict=True))


def held_as_written(lines: Sequence[PlainLine]) -> tuple[str, ...]:
    """The reason each line is held back by what nobody can open, looked for before anything is masked."""
    return _held(lines, lambda start, end: fixed_reason("\n".join(line.text for line in lines[start:end])))


def _held(lines: Sequence[Line], reason_of: Callable[[int, int], str]) -> tuple[str, ...]:
    found = [""] * len(lines)
    grouped = tuple(items(lines))
    for position, item in enumerate(grouped):
        if reason := reason_of(item.start, item.end):
            for index in _reach(lines, grouped, position, reason):
                found[index] = found[index] or reason
    return tuple(found)


def _words(lines: Sequence[Line], item: Item) -> str:
    return "\n".join(line.text for line in lines[item.start : item.end])


def _reach(lines: Sequence[Line], grouped: Sequence[Item], position: int, reason: str) -> Iterator[int]:
    item = grouped[position]
    yield from range(item.start, item.end)
    if reason == INSTRUCTION:
        return  # who writes "ignore the above" may not take what stands below it out of the draft
    if lines[item.start].heading:
        yield from _section(lines, item)
        return
    yield from _nested(lines, item)
    if reason == OFF_THE_RECORD:
        yield from _around(lines, grouped, position)


def _section(lines: Sequence[Line], item: Item) -> Iterator[int]:
    level = lines[item.start].heading
    for index in range(item.end, len(lines)):
        if 0 < lines[index].heading <= level:
            return
        yield index


def _nested(lines: Sequence[Line], item: Item) -> Iterator[int]:
    indent = _indent(lines[item.start])
    for index in range(item.end, len(lines)):
        line = lines[index]
        if not line.text.strip() or line.turn or line.heading or _indent(line) <= indent:
            return
        yield index


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _around(lines: Sequence[Line], grouped: Sequence[Item], position: int) -> Iterator[int]:
    item = grouped[position]
    words = _words(lines, item)
    only = says_nothing_besides(words, OFF_THE_RECORD)
    before = grouped[position - 1] if position else None
    if only and _POINTS_BACK.search(words) and before and not lines[before.start].heading:
        yield from range(before.start, before.end)
    end = _end_of_stretch(lines, item)
    if end is not None:
        yield from range(item.end, end)
    elif only and _OPENS.search(words):
        for index in range(item.end, len(lines)):
            if not lines[index].text.strip() or lines[index].heading:
                return
            yield index
            if lines[index].turn:
                return


def _end_of_stretch(lines: Sequence[Line], item: Item) -> int | None:
    """Where "back on the record" ends what this item opened, if it does before the section is over."""
    for index in range(item.end, min(len(lines), item.end + _REACH)):
        if lines[index].heading:
            return None
        if _BACK_ON.search(lines[index].text):
            return index
    return None
