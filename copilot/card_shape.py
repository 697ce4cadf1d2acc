"""A card of the review queue as one document, and what it is about in words; for the command and the service alike.

Decides nothing on who may see a card, and puts no name back by itself: ``shown`` does, for whoever looks.
"""

from __future__ import annotations

from collections.abc import Callable

from copilot.review import Card


def card_json(card: Card, shown: Callable[[str], str]) -> dict[str, object]:
    """The card in the shape of ``coach review show --json``, each text as ``shown`` gives it."""
    one = card.finding
    return {
        "id": one.id,
        "as_of": one.as_of.isoformat(),
        "seen": (one.seen or one.as_of).isoformat(),
        "pair": one.pair,
        "kind": one.kind.value,
        "category": one.category,
        "tier": one.tier.value,
        "evidence": [{"text": shown(each)} for each in one.evidence],
        "alternatives": [shown(each) for each in one.alternatives],
        "clears_when": shown(one.clears_when),
        "next_step": shown(one.next_step),
        "state": card.state.value,
        "since": card.since.isoformat(),
        "words": [
            {"event": each.event.value, "by": each.by, "role": each.role, "date": each.day.isoformat(),
             "reason": shown(each.reason)}
            for each in card.words
        ],
    }  # fmt: skip


def about(kind: str, category: str) -> str:
    """What a card is about: its kind, and the category where that says more."""
    return kind if category == kind else f"{kind}: {category.replace('_', ' ')}"
