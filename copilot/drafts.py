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
    OWN = "own"
    """Somebody of the pair wrote it over a line of the draft; never drafted (``draft_words.py``)."""


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
    """A draft acceptance criterion. A part that the notes don't give is ``None`` and named in ``needs``.

    ``about`` is the decision it is drafted from, ``kpi`` the id of the measure it counts towards. ``proposed`` names
    parts that nobody has agreed, each with where the product took it from. ``first`` marks the criterion of week 0,
    ``day`` is the session of the decision.
    ``aliases`` are other ids it may have been known by.
    """

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
    about: RedactedText | None = None
    kpi: str | None = None
    proposed: tuple[tuple[str, RedactedText], ...] = ()
    first: bool = False
    day: date | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A claim that did not survive a check, and which check."""

    text: RedactedText
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A session prep: boxes, what was carried, and how it came about.

    ``criteria`` starts with the one for the decision at hand, which the pages show; the rest are the pair's others.
    """

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
    links: Mapping[str, str] = field(default_factory=dict[str, str])
    """The criterion that each commitment serves, by the commitment's id; one that serves none for sure is not here."""
