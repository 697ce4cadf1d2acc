"""What goes into the review queue: one finding with its evidence, what else could explain it and what would clear it.

Flags about a pair's process and cards on language both take this shape. Knows no rule that makes one, and holds no
label of a person: every text is redacted and about the process or the wording.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from copilot.flags.flag import FlagKind, Tier
from guards.access import Role
from guards.text import RedactedText


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``id`` stays the same for the same episode, ``category`` is what precision is counted by.

    ``since`` is the first day of what it is about, so that two looks at one episode can be told from two episodes.
    ``rises`` is the id of the card of which this is a later, higher look; ``seen`` is the day of the card's evidence.
    """

    id: str
    kind: FlagKind
    category: str
    pair: str
    as_of: date
    evidence: tuple[RedactedText, ...]
    alternatives: tuple[RedactedText, ...]
    clears_when: RedactedText
    next_step: RedactedText
    tier: Tier = Tier.WATCH
    since: date | None = None
    rises: str | None = None
    seen: date | None = None


def same_episode(card: Finding, later: Finding) -> bool:
    """Whether a finding is about what a card is about: the card was raised while that was going on."""
    if card.id == later.id:
        return True
    alike = (card.pair, card.kind, card.category) == (later.pair, later.kind, later.category)
    return alike and later.since is not None and later.since <= card.as_of <= later.as_of


def risen(card: Finding, later: Finding) -> Finding | None:
    """The row that lifts a card from watch to review with newer evidence; ``None`` where nothing rises."""
    if card.tier is Tier.REVIEW or later.tier is not Tier.REVIEW or later.as_of <= card.as_of:
        return None
    return replace(later, id=f"{card.id}-review", rises=card.id)


def as_cards(rows: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each episode, in the order of the rows: of those that rose the latest look under the first id."""
    every = tuple(rows)
    later = {each.rises: each for each in every if each.rises is not None}
    return tuple(
        replace(top, id=each.id, as_of=each.as_of, since=each.since, rises=None, seen=top.as_of)
        if (top := later.get(each.id)) is not None
        else each
        for each in every
        if each.rises is None
    )


OWN: Final = frozenset({FlagKind.BIAS, FlagKind.TICKBOX})
"""Kinds that the pair alone sees; the others are about the process and are L&D's to judge."""
_PAIR: Final = frozenset({Role.MENTOR_COACH, Role.MENTEE})


def reviewers_of(kind: FlagKind) -> frozenset[Role]:
    """The roles that see and decide findings of a kind; a sponsor is never among them."""
    return _PAIR if kind in OWN else frozenset({Role.LND})
