"""Reads of the commitment lane alone.

For the pair itself: what makes up the ledger. For anybody else (a sponsor): only commitments that were shared line
by line, without the note line, the file or the reasons behind them. Where somebody withdrew consent, each of the others
gets what they owe themselves, as bare as that. The wall stands here, where rows are read, so
that no view can forget it. Everything of the conversation lane answers empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.drafts import Draft
from copilot.ledger import fold, is_open
from copilot.ledger_links import says_takes_over
from copilot.ledger_threads import is_span
from copilot.mentions import Commitment, CommitmentStatus, Decision, Mention, MentionKind
from copilot.programme import SessionRecord
from copilot.stores.protocols import DocumentRow, PairReader
from guards.access import Grant, ReadCommitments, ReadConversation, Role
from guards.text import RedactedText, house
from knowledge.passages import Citation, Passage, RedactedLine

_LEDGER: Final = frozenset(
    {
        MentionKind.COMMITMENT,
        MentionKind.CANDIDATE,
        MentionKind.DONE,
        MentionKind.MOVED,
        MentionKind.DROPPED,
        MentionKind.STILL_OPEN,
        MentionKind.UNCLEAR,
        MentionKind.TOLD,
        MentionKind.REMARK,
        MentionKind.UNPARSED,
    }
)
_FATES: Final = frozenset({MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED})


Shown = Callable[[Commitment], bool]


def shown_to(grant: Grant[ReadCommitments]) -> Shown | None:
    """What a grant may see of the ledger: a sponsor what was shared, the pair everything while nobody withdrew."""
    if grant.role is Role.SPONSOR:
        return for_others
    person = grant.principal.person
    if any(ReadConversation in each.permissions for each in grant.principal.closed.get(grant.pair, ())):
        return lambda commitment: commitment.owner == person
    return None


class LedgerReader:
    """The commitment lane of one pair, over a full reader that nobody else gets to see."""

    def __init__(self, reader: PairReader, *, shown: Shown | None) -> None:
        """Take what is shown of the folded commitments, ``None`` for everything as it stands."""
        self._reader = reader
        self._shown_to = shown

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
        if self._shown_to is None:
            return tuple(ledger)
        told = {each.id: each for each in ledger}
        return tuple(bare for each in self._shared() for bare in bare_mentions(each, told))

    def superseded(self) -> tuple[Mention, ...]:
        """What changed notes said before, for the pair itself alone."""
        return self._reader.superseded() if self._shown_to is None else ()

    def decisions(self) -> tuple[Decision, ...]:
        """People's words; for others than the pair only on what was shared, without the reasons."""
        decisions = self._reader.decisions()
        if self._shown_to is None:
            return decisions
        named = {known: each.id for each in self._shared() for known in (each.id, *each.aliases)}
        return tuple(
            replace(each, commitment=named[each.commitment], reason=None)
            for each in decisions
            if each.commitment in named
        )

    def sessions(self) -> tuple[SessionRecord, ...]:
        """The calendar, which is no conversation."""
        return self._reader.sessions()

    def _shared(self) -> tuple[Commitment, ...]:
        """Commitments that others may see. Folded over everything, so that a later line counts wherever it stands."""
        folded = fold(self._reader.mentions(), self._reader.decisions(), (), as_of=date.max)
        return tuple(each for each in folded if self._shown_to is None or self._shown_to(each))


def for_others(commitment: Commitment) -> bool:
    """Whether somebody shared it and it is no mere candidate: confirmed by a person, or finished."""
    if not commitment.shared or commitment.status is CommitmentStatus.CANDIDATE:
        return False
    return commitment.confirmed or not is_open(commitment)


def bare_mentions(commitment: Commitment, told: Mapping[str, Mention]) -> Iterator[Mention]:
    """The promise, then what became of it, in the promise's words alone: a status line is conversation.

    Folded again they give the same status, owner, due date and ticket on every day.
    """
    group = sorted((told[each] for each in (commitment.id, *commitment.aliases) if each in told), key=_order)
    first = next(each for each in group if each.id == commitment.id)
    place = f"{first.citation.document}\0{first.citation.first}"
    nowhere = Citation(hashlib.sha256(place.encode()).hexdigest()[:12], house(""), 0, 0, house(""))
    firm = any(each.kind is MentionKind.COMMITMENT for each in group)
    promise = replace(
        first, kind=MentionKind.COMMITMENT if firm else first.kind, citation=nowhere, question=None, due_text=None,
        ticket=commitment.ticket, about=first.id,
    )  # fmt: skip
    yield promise
    for each in group:
        bare = replace(promise, id=each.id, session_date=each.session_date, due=each.due, to=each.to)
        if each.kind in _FATES:
            yield replace(bare, kind=each.kind, due_text=_span(each))
        elif each.id != first.id and (each.due is not None or _names_owner(each, first)):
            yield replace(bare, kind=MentionKind.MOVED, to=each.owner if _names_owner(each, first) else None)


def _names_owner(mention: Mention, first: Mention) -> bool:
    """Whether a later line says who owes what nobody owed, or that somebody else takes it over."""
    unowned = first.owner is None and first.owner_text is None
    return mention.owner is not None and mention.owner != first.owner and (unowned or says_takes_over(mention))


def _span(mention: Mention) -> RedactedText | None:
    """A move by a span ("a week") in its own words, which hold nothing else; any other words without a date as such."""
    if mention.kind is not MentionKind.MOVED or mention.due is not None or mention.due_text is None:
        return None
    return mention.due_text if is_span(mention.due_text) else house("no date")


def _order(mention: Mention) -> tuple[date, str]:
    return mention.session_date, mention.id
