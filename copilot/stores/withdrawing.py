"""Takes one document of a pair out of the record within a transaction: every version, and what rests on it alone.

A mention that another document holds as well stays with that one. Drafts that cite the document hold its words, so they
go too and can be made again. Refuses to touch what people said: their decisions stay, without a line to stand on.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, delete, select

from copilot.errors import NotFound
from copilot.stores.tables import DOCUMENTS, DRAFTS, IMPORTED, LINES, MENTIONS, PASSAGES
from copilot.stores.words import PairWords


def withdraw(connection: Connection, *, pair: str, document: str, words: PairWords) -> dict[str, int]:
    """Remove the document; how many rows of each kind went.

    Raises:
        NotFound: the pair has no such document.
    """
    mine = (DOCUMENTS.c.pair == pair) & (DOCUMENTS.c.id == document) & (DOCUMENTS.c.kind != IMPORTED)
    numbers = connection.execute(select(DOCUMENTS.c.no).where(mine)).scalars().all()
    if not numbers:
        raise NotFound("there is no such note of this pair (any more): see the list of its notes")
    shown = select(PASSAGES.c.no, PASSAGES.c.text).where(PASSAGES.c.document.in_(numbers), PASSAGES.c.held == "")
    words.remove(connection, [(row.no, row.text) for row in connection.execute(shown)])
    words.settle(connection)
    counts: Counter[str] = Counter()
    for table in (PASSAGES, LINES, MENTIONS):
        counts[table.name] = connection.execute(delete(table).where(table.c.document.in_(numbers))).rowcount
    counts["versions"] = connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.no.in_(numbers))).rowcount
    cites = (DRAFTS.c.pair == pair) & DRAFTS.c.body.contains(document)  # the id is twenty letters of a digest
    counts["drafts"] = connection.execute(delete(DRAFTS).where(cites)).rowcount
    return dict(counts)
