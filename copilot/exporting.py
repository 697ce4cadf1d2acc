"""Which commitments a viewer may take to another tool, as tickets.

Reads the commitment lane alone, so a sponsor gets what was shared, names as plain words; where and how a thing was said
stays with the pair. Writes nothing and sends nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from copilot.bootstrap import Copilot
from copilot.commitment_pages import masked
from copilot.ledger import fold
from copilot.mentions import CommitmentStatus
from copilot.ticket_texts import Ticket, ticket_of
from guards.access import Principal, ReadCommitments, Role, authorize


def tickets(
    copilot: Copilot, pair: str, *, principal: Principal, as_of: date, every: bool = False
) -> tuple[Ticket, ...]:
    """Open commitments that have no ticket yet, with ``every`` those that have one too; by due date, undated last.

    Raises:
        NotFound: the programme has no such pair.
        NotPermitted: the principal may not read the pair's commitments.
    """
    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    folded = fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=as_of)
    open_ones = [each for each in folded if each.status is CommitmentStatus.OPEN and (every or each.ticket is None)]
    programme = copilot.programme()
    known = programme.pair(pair)
    shown: Callable[[str], str] = masked
    people = {each.id: replace(each, also=()) for each in programme.people}  # a sponsor reads the owner's name, no more
    if principal.roles.get(pair) is not Role.SPONSOR:
        shown = copilot.reveal(pair, principal)
        people = {each.id: each for each in programme.people}
    made = (ticket_of(each, people, shown, kpi=known.kpi if known else None) for each in open_ones)
    return tuple(sorted(made, key=lambda each: (each.due or date.max, each.agreed, each.id)))
