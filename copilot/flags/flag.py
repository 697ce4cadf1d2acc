"""What a flag is: evidence with signed points, other explanations, what clears it and the gentlest next step.

Refuses to be about a person: a flag names a pair and its process, and holds no name, role or trait of anybody.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FlagKind(StrEnum):
    """What a flag is about."""

    STALLED = "stalled"
    BIAS = "bias"
    BLOCKER = "blocker"
    TICKBOX = "tickbox"
    ROLE = "role"
    GATE = "gate"


class Tier(StrEnum):
    """``watch``: look again at the next digest. ``review``: a person should look now."""

    WATCH = "watch"
    REVIEW = "review"


class State(StrEnum):
    """What people made of a flag; only a named person's decision changes it."""

    OPEN = "open"
    WATCHING = "watching"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation on the pair's process. ``points`` speak for the flag, below zero against it."""

    text: str
    family: str
    points: float
    source: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another explanation, and what the record says of it: ``seen``, ``not seen`` or ``unknown``."""

    text: str
    tested: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A question put to people. ``score`` is 0 to 1; ``since`` names the stretch, so that one stall is one flag."""

    pair: str
    kind: FlagKind
    tier: Tier
    as_of: date
    since: date
    score: float
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    clears_when: str
    next_step: str
    state: State = State.OPEN

    @property
    def id(self) -> str:
        """The same on every day of one stretch."""
        key = "\x1f".join((self.pair, self.kind, self.since.isoformat()))
        return hashlib.sha256(key.encode()).hexdigest()[:12]

    @property
    def families(self) -> tuple[str, ...]:
        """Families of evidence that speak for the flag."""
        return tuple(dict.fromkeys(each.family for each in self.evidence if each.points > 0))


def as_json(flag: Flag) -> dict[str, object]:
    """A flag in the shape of ``coach flags --json``."""
    return {
        "id": flag.id,
        "as_of": flag.as_of.isoformat(),
        "pair": flag.pair,
        "kind": flag.kind.value,
        "tier": flag.tier.value,
        "score": round(flag.score, 3),
        "families": list(flag.families),
        "evidence": [_evidence(each) for each in flag.evidence],
        "alternatives": [f"{each.text} ({each.tested})" for each in flag.alternatives],
        "clears_when": flag.clears_when,
        "next_step": flag.next_step,
        "state": flag.state.value,
    }


def _evidence(each: Evidence) -> dict[str, object]:
    found: dict[str, object] = {"text": each.text, "family": each.family, "points": round(each.points, 2)}
    if each.source is not None:
        found["source"] = each.source
    if each.day is not None:
        found["date"] = each.day.isoformat()
    return found
