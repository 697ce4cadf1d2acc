"""A session prep draft and its parts; every text redacted until a reveal grant restores it.

A fact has at least one citation and was verified against it; a suggestion is the product's own; ``needs`` says
what the notes do not say and whom to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from copilot.mentions import Commitment
from guards.text import RedactedText
from knowledge.passages import Citation


class ItemKind(StrEnum):
    """What a line of a draft is."""

    FACT = "fact"
    SUGGESTION = "suggestion"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Item:
    """One line. ``worded_by`` says which engine chose or worded it (``rules``, ``local``, ``endpoint``).

    ``original`` holds the note's own words where an engine worded them otherwise.
    """

    id: str
    text: RedactedText
    kind: ItemKind
    citations: tuple[Citation, ...] = ()
    worded_by: str = "rules"
    original: RedactedText | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A timed part of the session, minutes counted from its start."""

    id: str
    title: str
    from_min: int
    to_min: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A draft acceptance criterion. A part that the notes don't give is ``None`` and named in ``needs``."""

    id: str
    given: RedactedText | None
    when: RedactedText | None
    then: RedactedText | None
    metric: RedactedText | None
    comparator: str | None
    threshold: RedactedText | None
    unit: str | None
    source: RedactedText | None
    verified_by: str | None
    due: date | None
    needs: tuple[RedactedText, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that did not survive a check, and which check."""

    text: RedactedText
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A session prep: boxes, what was carried, and how it came about."""

    id: str
    pair: str
    day: date
    engine: str
    blueprint: str
    boxes: tuple[Box, ...]
    carried: tuple[Commitment, ...]
    criteria: tuple[Criterion, ...]
    commitments: tuple[Commitment, ...]
    needs: tuple[RedactedText, ...]
    dropped: tuple[Dropped, ...]
    audience: tuple[str, ...]
    provenance: Mapping[str, str] = field(default_factory=dict[str, str])
    held_back: int = 0
    held_kinds: tuple[tuple[str, int], ...] = ()
