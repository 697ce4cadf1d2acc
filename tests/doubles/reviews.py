"""A review queue in memory, a peer of ``copilot.stores.reviews`` under the same contract tests; samples of findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from copilot.finding import Finding, as_cards, reviewers_of, risen, same_episode
from copilot.flags.flag import FlagKind, Tier
from copilot.review import Card, Precision, ReviewWord, card_of, precisions
from guards.access import Grant, ReviewFlags, WriteNotes
from guards.errors import NotPermitted
from guards.text import mint_redacted


class MemoryReviews:
    """Findings and words in lists."""

    def __init__(self) -> None:
        self._findings: dict[tuple[str, str], Finding] = {}
        self._words: dict[tuple[str, str], ReviewWord] = {}

    def put(self, findings: Iterable[Finding], grant: Grant[WriteNotes]) -> tuple[str, ...]:
        asked = list(findings)
        if grant.permission is not WriteNotes or any(each.pair != grant.pair for each in asked):
            raise NotPermitted("another pair's finding")
        new: list[str] = []
        for each in asked:
            card = next((card for card in self._cards(grant.pair) if same_episode(card, each)), None)
            row = each if card is None else risen(card, each)
            if row is not None:
                self._findings[row.pair, row.id] = row
                new.append(each.id)
        return tuple(new)

    def standing(self, findings: Iterable[Finding], grant: Grant[WriteNotes], *, as_of: date) -> dict[str, Card]:
        asked = list(findings)
        if grant.permission is not WriteNotes or any(each.pair != grant.pair for each in asked):
            raise NotPermitted("another pair's finding")
        found: dict[str, Card] = {}
        for each in asked:
            for card in self._cards(grant.pair):
                if card.as_of <= as_of and same_episode(card, each):
                    found.setdefault(each.id, card_of(card, self._words_of(grant.pair), as_of=as_of))
        return found

    def _words_of(self, pair: str) -> list[ReviewWord]:
        return [each for each in self._words.values() if each.pair == pair]

    def _cards(self, pair: str) -> list[Finding]:
        mine = [each for each in self._findings.values() if each.pair == pair]
        return sorted(as_cards(mine), key=lambda each: (each.as_of.isoformat(), each.id))

    def append(self, word: ReviewWord, grant: Grant[ReviewFlags]) -> None:
        own = (word.pair, word.by, word.role) == (grant.pair, grant.principal.person, grant.role.value)
        if not own or word.finding not in {each.id for each in self.findings(grant)}:
            raise NotPermitted("another person's word")
        self._words.setdefault((word.pair, word.id), word)

    def findings(self, grant: Grant[ReviewFlags]) -> tuple[Finding, ...]:
        if grant.permission is not ReviewFlags:
            raise NotPermitted("another grant")
        return tuple(each for each in self._cards(grant.pair) if grant.role in reviewers_of(each.kind))

    def words(self, grant: Grant[ReviewFlags]) -> tuple[ReviewWord, ...]:
        ids = {each.id for each in self.findings(grant)}
        mine = [each for each in self._words.values() if each.pair == grant.pair and each.finding in ids]
        return tuple(sorted(mine, key=lambda each: (each.at.isoformat(), each.id)))

    def precisions(self, *, as_of: date) -> dict[str, Precision]:
        return precisions(
            card_of(each, [word for word in self._words.values() if word.pair == each.pair], as_of=as_of)
            for each in as_cards(self._findings.values())
        )


def finding(
    name: str = "f1", kind: FlagKind = FlagKind.STALLED, *, pair: str = "p", day: date = date(2026, 9, 28),
    tier: Tier = Tier.REVIEW, category: str = "cadence",
) -> Finding:  # fmt: skip
    """An invented finding."""
    return Finding(
        name, kind, category, pair, day, (mint_redacted("No session for 24 days; agreed every 7."),),
        (mint_redacted("Met elsewhere and not logged."),), mint_redacted("A session is logged."),
        mint_redacted("Ask the pair whether they met."), tier,
    )  # fmt: skip
