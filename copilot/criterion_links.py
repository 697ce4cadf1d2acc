"""Which criterion a commitment serves, by a stated rule: same ticket, the decision of the same session, shared words.

Names and numbers count for nothing. Refuses to choose where two criteria fit alike: then there is no link, and a
question instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from copilot.criterion_seeds import content_words
from copilot.drafts import Criterion
from copilot.mentions import Commitment
from guards.facts import facts_of

_SHARED: Final = 2
"""Content words that a commitment shares with a criterion of another session before it counts as serving it."""


class By(StrEnum):
    """What a link rests on."""

    TICKET = "ticket"
    """the commitment's ticket stands in the criterion or its decision"""
    DECISION = "decision"
    """both stand in the note of one session, and they share a content word"""
    WORDS = "words"
    """they share two content words, and more than with any other criterion"""


@dataclass(frozen=True, slots=True)
class Link:
    """The commitment serves the criterion, by this rule, with these words of the commitment in both."""

    commitment: str
    criterion: str
    by: By
    shared: tuple[str, ...] = ()


def links(commitments: Iterable[Commitment], criteria: Iterable[Criterion]) -> Mapping[str, Link]:
    """The link of each commitment that has one, by the commitment's id."""
    every = tuple(criteria)
    found = (link(each, every) for each in commitments)
    return {each.commitment: each for each in found if each is not None}


def link(commitment: Commitment, criteria: Iterable[Criterion]) -> Link | None:
    """The one criterion that a commitment serves, by the strongest rule that names exactly one."""
    every = tuple(criteria)
    by_ticket = [each for each in every if commitment.ticket and commitment.ticket.upper() in _tickets(each)]
    if len(by_ticket) == 1:
        return Link(commitment.id, by_ticket[0].id, By.TICKET)
    words = content_words(commitment.action)
    some = by_ticket or every
    shared = {each.id: words & _words(each) for each in some}
    said = {each: _said(commitment.action, words) for each, words in shared.items()}
    same = _most({each.id: shared[each.id] for each in some if _of_one_session(commitment, each)}, least=1)
    if same is not None:
        return Link(commitment.id, same, By.DECISION, said[same])
    best = _most(shared, least=_SHARED)
    return Link(commitment.id, best, By.WORDS, said[best]) if best is not None else None


def _most(shared: Mapping[str, frozenset[str]], *, least: int) -> str | None:
    """The criterion with the most shared words, where that is one alone and at least ``least`` words."""
    most = max((len(each) for each in shared.values()), default=0)
    fits = [criterion for criterion, each in shared.items() if len(each) == most]
    return fits[0] if most >= least and len(fits) == 1 else None


def _said(action: str, shared: frozenset[str]) -> tuple[str, ...]:
    """The words of the action that are shared, as it has them."""
    found = (word.strip(" .,;:()'\"“”") for word in action.split())
    return tuple(dict.fromkeys(word.lower() for word in found if content_words(word) & shared))


def _of_one_session(commitment: Commitment, criterion: Criterion) -> bool:
    if criterion.day is None:
        return False
    notes = {each.document for each in criterion.citations if each.first}
    return commitment.first_agreed == criterion.day or any(each.document in notes for each in commitment.citations)


def _words(criterion: Criterion) -> frozenset[str]:
    said = (criterion.about, criterion.then, criterion.given, criterion.metric)
    return content_words(" ".join(each for each in said if each))


def _tickets(criterion: Criterion) -> frozenset[str]:
    said = [each for each in (criterion.about, criterion.then, criterion.given) if each]
    return frozenset(facts_of(" ".join(said)).tickets)
