"""Cheap looks that say where a pattern cannot match, so that it is not tried there.

A hint never decides: it is always true where the pattern could match, and the pattern runs as before. Each hint is a
pure function of the text. Refuses to remember anything of a text beyond the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ODD: Final = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
"""The four letters outside ASCII that ``re.IGNORECASE`` takes for letters of it."""
_WORD: Final = re.compile(r"\w+")


def lowered(text: str) -> str:
    """``text`` in lower case, as long as it was: whatever matches without regard to case has its letters here."""
    return text.lower() if text.isascii() else text.translate(_ODD).lower()


def words_in(low: str) -> frozenset[str]:
    """The words of a lowered text, parted as the patterns part them."""
    return frozenset(_WORD.findall(low))


def lines_with(hint: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line in which ``hint`` matches. The hint matches within a line, and never nothing."""
    at = 0
    while match := hint.search(text, at):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield start, end
        at = end + 1


class Lines:
    """The lines of one text by what is in them; each row of hints is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[re.Pattern[str], ...], list[tuple[int, int]]] = {}

    def having(self, *hints: re.Pattern[str]) -> list[tuple[int, int]]:
        """Start and end of each line in which all of the hints match; the quickest is named first."""
        found = self._found.get(hints)
        if found is None:
            *before, last = hints
            if before:
                found = [each for each in self.having(*before) if last.search(self._text, *each)]
            else:
                found = [*lines_with(last, self._text)]
            self._found[hints] = found
        return found

    def matches(self, pattern: re.Pattern[str], *hints: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern that has no line break in it, and all of the hints in each of its lines."""
        for start, end in self.having(*hints):
            yield from pattern.finditer(self._text, start, end)
