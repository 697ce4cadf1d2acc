"""What goes into the review queue: one finding with its evidence, what else could explain it and what would clear it.

Flags about a pair's process and cards on language both take this shape. Knows no rule that makes one, and holds no
label of a person: every text is redacted and about the process or the wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from guards.access import Role
from guards.text import RedactedText


class FindingKind(StrEnum):
    """What a finding is about."""

    STALLED = "stalled"
    BIAS = "bias"
    BLOCKER = "blocker"
    TICKBOX = "tickbox"
    ROLE = "role"
    GATE = "gate"


class Tier(StrEnum):
    """How much a finding asks for."""

    WATCH = "watch"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``id`` stays the same for the same episode, ``category`` is what precision is counted by."""

    id: str
    kind: FindingKind
    category: str
    pair: str
    as_of: date
    evidence: tuple[RedactedText, ...]
    alternatives: tuple[RedactedText, ...]
    clears_when: RedactedText
    next_step: RedactedText
    tier: Tier = Tier.WATCH


OWN: Final = frozenset({FindingKind.BIAS, FindingKind.TICKBOX})
"""Kinds that the pair alone sees; the others are about the process and are L&D's to judge."""
_PAIR: Final = frozenset({Role.MENTOR_COACH, Role.MENTEE})


def reviewers_of(kind: FindingKind) -> frozenset[Role]:
    """The roles that see and decide findings of a kind; a sponsor is never among them."""
    return _PAIR if kind in OWN else frozenset({Role.LND})
