"""A person's own due dates over all their pairs, as the bytes of a calendar feed.

Reads the commitment lane alone, pair by pair with a grant for each; a pair that is closed to them for now is left out
rather than refusing the rest. Only what the person owns and what is open goes in: no candidate, nobody else's promise,
no line of a note. Knows nothing of links: who may fetch a feed is decided where it is served.
"""

from __future__ import annotations

from copilot.bootstrap import Copilot
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus
from copilot.rendering.feed import calendar, due_of
from guards.access import Principal, ReadCommitments, authorize
from guards.audit_log import Act, Entry
from guards.errors import NotPermitted


def feed_of(copilot: Copilot, *, principal: Principal, full: bool | None = None) -> bytes:
    """The feed; an empty calendar where nothing of theirs is due.

    Args:
        copilot: an opened home.
        principal: whose feed it is.
        full: the words of each commitment, or (``False``) a count per day; ``None`` goes by ``COACH_FEED_TEXT``.

    Raises:
        AuditUnwritable: that the words left could not be logged.
    """
    words = copilot.settings.feed_text if full is None else full
    mine = [each for pair in sorted(principal.roles) for each in _own(copilot, pair, principal)]
    dues = [due_of(each, each.due) for each in mine if each.status is CommitmentStatus.OPEN and each.due is not None]
    if words:
        for pair in sorted({each.pair for each in mine}):
            role = principal.roles[pair].value
            copilot.audit.append(Entry(Act.EXPORT, pair, principal.person, role, detail="feed", count=len(dues)))
    revision = sum(len(each.history) for each in mine)
    return calendar(dues, person=principal.person, full=words, revision=revision)


def _own(copilot: Copilot, pair: str, principal: Principal) -> list[Commitment]:
    try:
        reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    except NotPermitted:
        return []
    folded = fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=copilot.today)
    return [each for each in folded if each.owner == principal.person]
