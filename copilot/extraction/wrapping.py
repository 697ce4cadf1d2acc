"""Hard-wrapped text as the sentences it is: a line that plainly goes on from the one above is joined to it.

Only lines of running text: no bullets' heads, headings, rows or turns. What is cited is then all the lines it spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from copilot.extraction.reading import Line
from guards.text import joined

_CLOSED: Final = re.compile(r"[.!?:;|][)\"”*_]*\s*$")
_GOES_ON: Final = re.compile(
    r"(?:,|\b(?:and|or|but|the|a|an|to|with|by|that|of|for|will|is|are|on|in|at|from|his|her|their|my|your|our|who|which"
    r"|as|if|when|because|should|must|can|could|has|have|not|before|after|until))\s*$",
    re.IGNORECASE,
)
_FULL: Final = 50
"""Characters from which a line may have been wrapped for its length."""
_MOST: Final = 12
"""Lines joined at most."""


def unwrapped(lines: Iterable[Line], taken: frozenset[int]) -> tuple[Line, ...]:
    """The lines with wrapped ones joined; those that the template parser has ``taken`` stay out of it."""
    return tuple(_unwrapped(lines, taken))


def _unwrapped(lines: Iterable[Line], taken: frozenset[int]) -> Iterator[Line]:
    run: list[Line] = []
    for line in lines:
        if run and len(run) < _MOST and line.first not in taken and _continues(run[-1], line):
            run.append(line)
            continue
        if run:
            yield _one(run)
        run = [] if line.first in taken else [line]
        if not run:
            yield line
    if run:
        yield _one(run)


def _one(run: list[Line]) -> Line:
    if len(run) == 1:
        return run[0]
    parts = [run[0].text.trimmed(), *(each.text.trimmed() for each in run[1:])]
    shift = len(run[0].text) - len(run[0].text.lstrip())
    return replace(run[0], text=joined(" ", parts), last=run[-1].last, body=max(0, run[0].body - shift))


def _continues(above: Line, line: Line) -> bool:
    if line.bullet or line.heading or line.cells or line.spoken or above.heading or above.cells:
        return False
    words = line.words
    if not words.strip() or not above.words.strip() or line.body > len(line.text) - len(line.text.lstrip()):
        return False
    if _CLOSED.search(above.text):
        return False
    if _GOES_ON.search(above.words):
        return True
    lower = re.match(r"\s*[a-z]", line.text) is not None
    return lower and (above.bullet or above.spoken or len(above.text) >= _FULL)
