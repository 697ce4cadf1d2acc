"""Plain text and Markdown: every line keeps its number; headings are marked; invisible comments are blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from knowledge.passages import SourceLine
from knowledge.reading.decoding import decoded
from knowledge.reading.lines import source_line

_HASHES: Final = re.compile(r" {0,3}(#{1,6})(?:\s|$)")
_FENCE: Final = re.compile(r" {0,3}(```|~~~)")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-{3,})\s*$")
_TITLE_LIMIT: Final = 100


def read_plain(data: bytes) -> Iterator[SourceLine]:
    """A text file, line for line."""
    for number, text in enumerate(decoded(data).split("\n"), start=1):
        yield source_line(text, number)


def read_markdown(data: bytes) -> Iterator[SourceLine]:
    """A Markdown file, line for line, with heading levels; text inside comments is not shown and not read."""
    lines = without_comments(decoded(data)).split("\n")
    fenced = False
    for index, text in enumerate(lines):
        if _FENCE.match(text):
            fenced = not fenced
        yield source_line(text, index + 1, heading=0 if fenced else _level(lines, index))


def without_comments(text: str) -> str:
    """Blank what stands between ``<!--`` and ``-->``, keeping line breaks; an unclosed comment stays text."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*pieces, text[at:]])


def _level(lines: list[str], index: int) -> int:
    if match := _HASHES.match(lines[index]):
        return len(match.group(1))
    text = lines[index].strip()
    stands_alone = index == 0 or not lines[index - 1].strip()
    if not text or len(text) > _TITLE_LIMIT or not stands_alone or not text[0].isalnum() or index + 1 == len(lines):
        return 0
    underline = _UNDERLINE.match(lines[index + 1])
    return 0 if underline is None else 1 if underline.group(1)[0] == "=" else 2
