"""Reads of the commitment lane alone.

For the pair itself: what makes up the ledger. For anybody else (a sponsor): only commitments that were shared line
by line, without the note line, the file or the reasons behind them. The wall stands here, where rows are read, so
that no view can forget it. Everything of the conversation lane answers empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from copilot.drafts import Draft
from copilot.mentions import Decision, DecisionKind, Mention, MentionKind
from copilot.programme import SessionRecord
from copilot.stores.protocols import DocumentRow, PairReader
from guards.text import house
from knowledge.passages import Citation, Passage, RedactedLine

_LEDGER: Final = frozenset(
    {
        MentionKind.COMMITMENT,
        MentionKind.CANDIDATE,
        MentionKind.DONE,
        MentionKind.MOVED,
        MentionKind.DROPPED,
        MentionKind.UNPARSED,
    }
)
_OPENS: Final = frozenset({DecisionKind.SHARE})
_CLOSES: Final = frozenset({DecisionKind.UNSHARE, DecisionKind.DENY})


class LedgerReader:
    """The commitment lane of one pair, over a full reader that nobody else gets to see."""

    def __init__(self, reader: PairReader, *, of_the_pair: bool) -> None:
        self._reader = reader
        self._of_the_pair = of_the_pair

    def documents(self) -> tuple[DocumentRow, ...]:
        """Nothing: documents are the conversation lane."""
        return ()

    def lines(self, document: str, first: int, last: int) -> tuple[RedactedLine, ...]:  # noqa: ARG002
        """Nothing."""
        return ()

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:  # noqa: ARG002
        """Nothing."""
        return ()

    def all_passages(self) -> tuple[Passage, ...]:
        """Nothing."""
        return ()

    def search_words(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:  # noqa: ARG002
        """Nothing."""
        return ()

    def draft(self, draft_id: str) -> Draft | None:  # noqa: ARG002
        """Nothing: a draft rests on the conversation."""
        return None

    def mentions(self) -> tuple[Mention, ...]:
        """What makes up the ledger; for others than the pair only what was shared, bare."""
        ledger = [mention for mention in self._reader.mentions() if mention.kind in _LEDGER]
        if self._of_the_pair:
            return tuple(ledger)
        shared = shared_ids(self._reader.decisions())
        return tuple(_bare(mention) for mention in ledger if mention.id in shared)

    def decisions(self) -> tuple[Decision, ...]:
        """People's words; for others than the pair only on what was shared, without the reasons."""
        decisions = self._reader.decisions()
        if self._of_the_pair:
            return decisions
        shared = shared_ids(decisions)
        return tuple(replace(each, reason=None) for each in decisions if each.commitment in shared)

    def sessions(self) -> tuple[SessionRecord, ...]:
        """The calendar, which is no conversation."""
        return self._reader.sessions()


def shared_ids(decisions: Iterable[Decision]) -> frozenset[str]:
    """Commitments whose last word on sharing was yes. A denial ends sharing too."""
    shared: set[str] = set()
    for decision in sorted(decisions, key=lambda each: (each.at, each.id)):
        if decision.kind in _OPENS:
            shared.add(decision.commitment)
        elif decision.kind in _CLOSES:
            shared.discard(decision.commitment)
    return frozenset(shared)


def _bare(mention: Mention) -> Mention:
    nowhere = Citation(document="", source=house(""), first=0, last=0, quote=house(""))
    return replace(mention, citation=nowhere, question=None)
