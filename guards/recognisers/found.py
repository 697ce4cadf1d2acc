"""What a recogniser reports: a stretch of text, its type and how sure the rule is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

SURE: Final = 1.0
"""A known form or a check digit says so."""
LIKELY: Final = 0.7
"""The shape says so."""
GUESS: Final = 0.4
"""Only the words around say so; the keep lists may overrule it."""


@dataclass(frozen=True, slots=True)
class Found:
    """``start`` and ``end`` are code points of the text that was searched; ``person`` is a roster id."""

    start: int
    end: int
    entity_type: str
    score: float = LIKELY
    person: str | None = None


Find = Callable[[str], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A named rule. ``find`` is a pure function of the text."""

    name: str
    entity_types: tuple[str, ...]
    find: Find


def matches(pattern: re.Pattern[str], text: str, entity_type: str, score: float = LIKELY) -> Iterator[Found]:
    """Every match of ``pattern``: its group ``it`` when the pattern names one, else the whole."""
    group = "it" if "it" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        if match.start(group) < match.end(group):
            yield Found(match.start(group), match.end(group), entity_type, score)
