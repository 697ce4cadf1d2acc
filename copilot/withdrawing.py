"""Takes one note out of a home on the word of somebody of its pair: document, passages, mentions, drafts that cite it.

The act is in the audit log before anything goes. People's decisions stay, as the ledger keeps words without a line, and
so do names in the sealed vault and cards of the review queue. Not reached: the file that the note came from; whoever
ingests it again brings the note back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copilot.bootstrap import Copilot
from copilot.errors import NotFound
from copilot.ingest import mend_index
from copilot.intake import ingest_parts
from copilot.stores.erasing import open_erasing
from guards.access import Grant, ReadConversation, WriteNotes, authorize
from guards.audit_log import Act, Entry


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What went, by kind of row."""

    document: str
    counts: Mapping[str, int]


def withdraw(copilot: Copilot, document: str, *, grant: Grant[WriteNotes]) -> Withdrawn:
    """Withdraw a note; safe to stop anywhere and to run again.

    Raises:
        NotFound: the pair has no such note.
        AuditUnwritable: the act cannot be logged, so nothing went.
    """
    reader = copilot.record.reader(authorize(grant.principal, ReadConversation, grant.pair))
    if all(row.id != document for row in reader.documents()):
        raise NotFound("there is no such note of this pair (any more): see the list of its notes")
    copilot.audit.append(
        Entry(Act.WITHDRAW, grant.pair, grant.principal.person, grant.role.value, what=document)
    )  # fmt: skip
    counts = copilot.record.writer(grant).withdraw(document)
    mend_index(grant.pair, parts=ingest_parts(copilot))
    with open_erasing(copilot.settings.database_url or copilot.home.database) as store:
        store.database.settle()  # what went must not stay in free pages or in the journal
    return Withdrawn(document, counts)
