"""Takes what became of tickets back into a pair's ledger, as the word of the person who imports.

Without ``apply`` nothing is written: a decision is appended for good and in somebody's name, and a board is moved by
anybody, so a look comes first. With it only what contradicts nobody is written; the same file twice changes nothing.
Keeps no text of the file, and asks for the right to decide also for a look.
"""

from __future__ import annotations

from datetime import UTC, datetime

from copilot.bootstrap import Copilot
from copilot.deciding import Decided, decide
from copilot.ledger import fold
from copilot.ticket_rows import read_tickets
from copilot.ticket_status import Compared, Outcome, compare
from guards.access import DecideCommitments, Principal, ReadCommitments, WriteNotes, authorize
from guards.audit_log import Act, Entry


def import_tickets(copilot: Copilot, pair: str, data: bytes, *, principal: Principal, apply: bool = False) -> Compared:
    """Compare a tool's export (bytes of CSV) with the pair's commitments; with ``apply`` write the changes.

    Raises:
        BadInput: the file is no table of tickets.
        NotPermitted: the person may not decide on the pair's commitments, or the pair is closed to them.
    """
    grant = authorize(principal, DecideCommitments, pair)
    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    said, today = reader.decisions(), copilot.today
    found = fold(reader.mentions(), said, reader.sessions(), as_of=today)
    people = copilot.programme().people
    compared = compare(read_tickets(data), found, said=said, people=people, today=today)
    if not apply:
        return compared
    at = datetime.now(UTC)
    decided: list[Decided] = []
    for each in compared.of(Outcome.CHANGE):
        if each.word is not None:
            decided += decide([each.commitment.id], each.word, commitments=found, said=said, grant=grant, at=at)
    writer = copilot.record.writer(authorize(principal, WriteNotes, pair))
    for one in (decision for each in decided for decision in each.decisions):
        copilot.audit.append(Entry(Act.DECISION, pair, one.by, grant.role.value, one.id, one.kind.value))
        writer.append_decision(one)
    who, role = principal.person, grant.role.value
    copilot.audit.append(Entry(Act.IMPORT, pair, who, role, detail="tickets", count=len(decided)))
    return compared
