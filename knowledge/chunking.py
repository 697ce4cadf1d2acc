"""Passages: sections or runs of turns of about 150 words, without overlap, held lines apart.

Every line that says something is in exactly one passage. A boundary is chosen by the words around it, not by
counting from the top, so an edit early in a long transcript leaves later passages, and their ids, as they were.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guards.text import RedactedText, joined
from knowledge.holding import held_lines, items
from knowledge.passages import Passage, RedactedDocument, RedactedLine

_SMALL: Final = 100
_LARGE: Final = 200
"""Passages end between these word counts where they can; retrieval was measured best at about 150 words."""
_PIECE: Final = 1_600
"""Characters of one piece of a line too long for a passage, about 200 words."""
_SENTENCE: Final = re.compile(r"(?<=[.!?…。！？])\s+")
_SPEAKER: Final = re.compile(r"([^:]{1,120}?):(?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Unit:
    """An item that stays whole in a passage."""

    lines: tuple[RedactedLine, ...]
    words: int
    held: str
    heading: RedactedText | None
    section: int


def chunk(document: RedactedDocument) -> tuple[Passage, ...]:
    """Cut a document into passages, in order."""
    seen: Counter[str] = Counter()
    passages: list[Passage] = []
    for units in _groups(tuple(_units(document))):
        lines = [line for unit in units for line in unit.lines]
        for text in _pieces(joined("\n", (line.text for line in lines))):
            passages.append(_passage(document, units, lines, text, seen[text]))
            seen[text] += 1
    return tuple(passages)


def _passage(
    document: RedactedDocument, units: Sequence[_Unit], lines: Sequence[RedactedLine], text: RedactedText, ordinal: int
) -> Passage:
    key = f"{document.pair}\0{document.id}\0{ordinal}\0{text}"
    return Passage(
        hashlib.sha256(key.encode()).hexdigest()[:20],
        document.id,
        document.version,
        document.pair,
        document.lane,
        document.session_date,
        document.name,
        lines[0].first,
        max(line.last for line in lines),
        text,
        units[-1].heading,
        _speaker(lines),
        units[0].held,
    )


def _units(document: RedactedDocument) -> Iterator[_Unit]:
    held = held_lines(document)
    heading: RedactedText | None = None
    section = 0
    for item in items(document.lines):
        first = document.lines[item.start]
        if first.heading:
            heading = first.text.trimmed("# \t*_")
            section += 1
        for start, end in _same_fate(held, item.start, item.end):
            lines = document.lines[start:end]
            words = sum(len(line.text.split()) for line in lines)
            yield _Unit(lines, words, held[start], heading, section)


def _same_fate(held: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of an item that are held for one reason (or not at all); an item is only parted by its own held lines."""
    for index in range(start + 1, end + 1):
        if index == end or held[index] != held[start]:
            yield start, index
            start = index


def _groups(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    for unit in units:
        if group and _parts(group, unit):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _parts(group: Sequence[_Unit], unit: _Unit) -> bool:
    """Whether a passage ends before ``unit``."""
    last = group[-1]
    words = sum(each.words for each in group)
    if last.held != unit.held or words + unit.words > _LARGE:
        return True
    if last.section != unit.section:  # headings without a body go with the section below
        return not all(each.lines[0].heading for each in group)
    return words >= _SMALL and _may_end(last)


def _may_end(unit: _Unit) -> bool:
    """Whether a passage may end after this unit, told from its own words alone."""
    text = "\n".join(line.text for line in unit.lines)
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


def _speaker(lines: Sequence[RedactedLine]) -> RedactedText | None:
    if not all(line.turn for line in lines):
        return None
    matches = [_SPEAKER.match(line.text) for line in lines]
    names = {match.group(1) if match else "" for match in matches}
    return lines[0].text[: len(next(iter(names)))] if len(names) == 1 and all(names) else None


def _pieces(text: RedactedText) -> Iterator[RedactedText]:
    """The text, in pieces cut at sentence ends (else at spaces, else anywhere but in a placeholder) when too long."""
    start = 0
    while len(text) - start > _PIECE * 2:
        end = _cut(text, start)
        piece = text[start:end].trimmed()
        if piece:
            yield piece
        start = end
    if piece := text[start:].trimmed():
        yield piece


def _cut(text: RedactedText, start: int) -> int:
    window = str(text[start : start + _PIECE])
    sentences = [match.end() for match in _SENTENCE.finditer(window)]
    if sentences and sentences[-1] > _PIECE // 4:
        return start + sentences[-1]
    space = max(window.rfind(" "), window.rfind("\n"))
    if space > _PIECE // 4:
        return start + space + 1
    opened = window.rfind("<")
    return start + (opened if opened > len(window) - 40 and ">" not in window[opened:] else len(window))
