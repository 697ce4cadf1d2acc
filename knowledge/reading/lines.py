"""Building source lines: one line break per line, no control characters, locators as the source counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from guards.text import RawText
from knowledge.errors import Unreadable
from knowledge.passages import SourceLine
from knowledge.reading.limits import MAX_CHARACTERS, MAX_LINES

_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ud800-\udfff]")
"""Everything that some reader takes for a line break, a command or half a character; tabs stay."""


def clean(text: str) -> str:
    """One line of text: control characters become spaces, white space at its end goes."""
    return _CONTROL.sub(" ", text).rstrip()


def source_line(
    text: str, first: int, last: int | None = None, *, heading: int = 0, page: int | None = None
) -> SourceLine:
    """A body or heading line; ``last`` defaults to ``first``."""
    return SourceLine(RawText(clean(text)), first, first if last is None else last, heading, page)


def within_limits(lines: Iterable[SourceLine]) -> tuple[SourceLine, ...]:
    """All lines, unless there are more than a document of the trade can have.

    Raises:
        Unreadable: too many lines or characters, or no text at all.
    """
    kept: list[SourceLine] = []
    characters = 0
    for line in lines:
        kept.append(line)
        characters += len(line.text)
        if len(kept) > MAX_LINES or characters > MAX_CHARACTERS:
            raise Unreadable(f"holds more than {MAX_LINES} lines or {MAX_CHARACTERS} characters of text: split it")
    if not any(line.text for line in kept):
        raise Unreadable("holds no text: nothing to read")
    return tuple(kept)
