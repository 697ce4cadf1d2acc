"""Takes a person's word on commitments: looks up which ones, masks the reason, asks ``deciding.py``, logs and keeps it.

Behind ``coach commit`` and the pages alike. Refuses to write anything before every id holds, and to write a word that
the audit log did not take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from copilot.bootstrap import Copilot
from copilot.deciding import Decided, Word, checked_word, decide
from copilot.errors import NotFound, Usage
from copilot.ledger import at_once, fold
from copilot.ledger_views import by_prefix
from copilot.mentions import Commitment, Decision, DecisionKind
from guards.access import DecideCommitments, Principal, ReadCommitments, Role, WriteNotes, authorize
from guards.audit_log import Act, Entry
from guards.errors import NotPermitted
from guards.text import RawText, RedactedText


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says, before it is masked: the kind, when, the day it counts from, and what goes with it.

    ``seen`` is the latest word that they knew of when they said it (``listing.Listed``), ``None`` for all there are.
    """

    kind: DecisionKind
    at: datetime
    day: date
    reason: str | None = None
    due: date | None = None
    owner: str | None = None
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What was decided, and the ids of commitments on which somebody else spoke meanwhile: both words are kept."""

    decided: tuple[Decided, ...]
    at_once: tuple[str, ...] = ()


def check_said(copilot: Copilot, said: Said) -> None:
    """Whether the word is complete, before anything is looked up.

    Raises:
        Usage: a reason, a date or a person is missing, unknown or out of place.
    """
    people = [each.id for each in copilot.programme().people]
    has_reason = bool(said.reason and said.reason.strip())
    checked_word(said.kind, has_reason=has_reason, due=said.due, owner=said.owner, known=people)


def pair_of(copilot: Copilot, ids: Sequence[str], role: Role) -> tuple[str, Principal]:
    """The one pair that knows all ids, and whoever holds the role in it.

    Raises:
        NotFound: no pair knows them all.
        NotPermitted: none does of those that are open, and another is closed.
        Usage: an id is too short, or they fit several pairs.
    """
    fits: list[tuple[str, Principal]] = []
    closed: NotPermitted | None = None
    for pair in copilot.programme().pairs:
        principal = copilot.principal(pair.id, role)
        try:
            found = _commitments(copilot, pair.id, principal)[0]
        except NotPermitted as error:
            closed = closed or error
            continue
        try:
            for each in ids:
                by_prefix(found, each)
        except NotFound:
            continue
        fits.append((pair.id, principal))
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise Usage(f"these ids fit commitments of {len(fits)} pairs; give more of their characters")
    if closed is not None:
        raise closed
    raise NotFound("no pair has all these commitments; see `coach commitments PAIR --all` for their ids")


def take(copilot: Copilot, pair: str, ids: Sequence[str], said: Said, *, principal: Principal) -> Taken:
    """Decide and keep a word on commitments of a pair.

    Raises:
        NotPermitted: the principal may not decide here, or shares a line that is not theirs to share.
        NotFound: an id fits no commitment that they may see.
        Usage: the word is not complete, an id fits several, or a commitment is in no state for it.
        AuditUnwritable: the audit log cannot be kept; what it did not take is not decided.
    """
    check_said(copilot, said)
    grant = authorize(principal, DecideCommitments, pair)
    found, words = _commitments(copilot, pair, principal)
    why = _redacted(copilot, pair, said.reason) if said.reason else None
    word = Word(said.kind, said.day, why, said.due, said.owner)
    decided = decide(ids, word, commitments=found, said=_known(words, said.seen), grant=grant, at=said.at)
    writer = copilot.record.writer(authorize(principal, WriteNotes, pair))
    for each in (decision for one in decided for decision in one.decisions):
        copilot.audit.append(Entry(Act.DECISION, pair, each.by, grant.role.value, each.id, each.kind.value))
        writer.append_decision(each)
    ids_decided = {one.commitment.id for one in decided}
    after = _commitments(copilot, pair, principal)[0]
    both = tuple(each.id for each in after if at_once(each) and ids_decided & {each.id, *each.aliases})
    return Taken(decided, both)


def _commitments(copilot: Copilot, pair: str, principal: Principal) -> tuple[tuple[Commitment, ...], list[Decision]]:
    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    words = reader.decisions()
    return fold(reader.mentions(), words, reader.sessions(), as_of=date.max), list(words)


def _known(words: list[Decision], seen: str | None) -> list[Decision]:
    """The words up to the latest that the person knew of; none where that one is not on record."""
    if seen is None:
        return words
    ids = [each.id for each in words]
    return words[: ids.index(seen) + 1] if seen in ids else []


def _redacted(copilot: Copilot, pair: str, reason: str) -> RedactedText:
    with copilot.record.vaults.open(pair) as vault:
        return copilot.redactor.redact([RawText(" ".join(reason.split()))], vault=vault)[0].text
