"""A review queue in memory, a peer of ``copilot.stores.reviews`` under the same contract tests; samples of findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from copilot.finding import Finding, FindingKind, Tier, reviewers_of
from copilot.review import Precision, ReviewWord, card_of, precisions
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
        new = [each for each in asked if (each.pair, each.id) not in self._findings]
        self._findings.update({(each.pair, each.id): each for each in new})
        return tuple(each.id for each in new)

    def append(self, word: ReviewWord, grant: Grant[ReviewFlags]) -> None:
        own = (word.pair, word.by, word.role) == (grant.pair, grant.principal.person, grant.role.value)
        if not own or word.finding not in {each.id for each in self.findings(grant)}:
            raise NotPermitted("another person's word")
        self._words.setdefault((word.pair, word.id), word)

    def findings(self, grant: Grant[ReviewFlags]) -> tuple[Finding, ...]:
        if grant.permission is not ReviewFlags:
            raise NotPermitted("another grant")
        mine = [each for each in self._findings.values() if each.pair == grant.pair]
        mine = [each for each in mine if grant.role in reviewers_of(each.kind)]
        return tuple(sorted(mine, key=lambda each: (each.as_of.isoformat(), each.id)))

    def words(self, grant: Grant[ReviewFlags]) -> tuple[ReviewWord, ...]:
        ids = {each.id for each in self.findings(grant)}
        mine = [each for each in self._words.values() if each.pair == grant.pair and each.finding in ids]
        return tuple(sorted(mine, key=lambda each: (each.at.isoformat(), each.id)))

    def precisions(self, *, as_of: date) -> dict[str, Precision]:
        return precisions(
            card_of(each, [word for word in self._words.values() if word.pair == each.pair], as_of=as_of)
            for each in self._findings.values()
        )


def finding(
    name: str = "f1", kind: FindingKind = FindingKind.STALLED, *, pair: str = "p", day: date = date(2026, 9, 28),
    tier: Tier = Tier.REVIEW, category: str = "cadence",
) -> Finding:  # fmt: skip
    """An invented finding."""
    return Finding(
        name, kind, category, pair, day, (mint_redacted("No session for 24 days; agreed every 7."),),
        (mint_redacted("Met elsewhere and not logged."),), mint_redacted("A session is logged."),
        mint_redacted("Ask the pair whether they met."), tier,
    )  # fmt: skip
