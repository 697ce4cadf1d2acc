"""Writes for one pair: each method is one transaction, and the same write twice is once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from copilot.drafts import Draft
from copilot.errors import NotFound
from copilot.mentions import Decision, Mention
from copilot.stores.codec import decoded, encoded
from copilot.stores.database import Database
from copilot.stores.remasking import PairRemask
from copilot.stores.tables import DECISIONS, DOCUMENTS, DRAFTS, IMPORTED, LINES, MENTIONS, PAIRS, PASSAGES
from copilot.stores.withdrawing import withdraw
from copilot.stores.words import PairWords
from guards.access import Lane
from guards.errors import NotPermitted
from guards.text import RedactedText
from knowledge.passages import Passage, RedactedDocument


class SqlWriter:
    """Writes for one pair and refuses anything that belongs to another."""

    def __init__(self, database: Database, *, pair: str) -> None:
        self._database = database
        self._pair = pair

    def put_document(
        self, document: RedactedDocument, passages: Sequence[Passage], *, missing: tuple[str, ...] = ()
    ) -> bool:
        """Store a version with its passages, superseding older ones; False when it is already the current one."""
        self._own(document.pair, *(passage.pair for passage in passages))
        with self._database.writing() as connection:
            found = self._row(connection, document.id, document.version)
            if found is not None and found[1] and found[2] != IMPORTED:
                return False
            words = self._words(connection)
            self._supersede(connection, document.id, words)
            values: dict[str, object] = {
                "lane": document.lane.value,
                "kind": document.kind.value,
                "session_date": document.session_date.isoformat(),
                "name": str(document.name),
                "missing": "\n".join(missing),
                "passages": len(passages),
                "held": sum(bool(passage.held) for passage in passages),
                "current": True,
                "indexed": False,
            }
            number = self._put_row(connection, document.id, document.version, values)
            _put_lines(connection, number, document)
            _put_passages(connection, number, passages, words)
        return True

    def put_mentions(self, document: str, version: str, mentions: Sequence[Mention]) -> None:
        """Replace the mentions of a version. A document the record has never seen stands for imported history."""
        self._own(*(mention.pair for mention in mentions))
        with self._database.writing() as connection:
            found = self._row(connection, document, version)
            number = found[0] if found else self._put_import(connection, document, version)
            connection.execute(delete(MENTIONS).where(MENTIONS.c.document == number))
            rows = {each.id: {"document": number, "id": each.id, "body": encoded(each)} for each in mentions}
            if rows:
                connection.execute(insert(MENTIONS), list(rows.values()))

    def mark_indexed(self, document: str, version: str) -> None:
        """Say that every passage of the version is in the vector index.

        Raises:
            NotFound: the record has no such version.
        """
        with self._database.writing() as connection:
            found = self._row(connection, document, version)
            if found is None:
                raise NotFound(f"pair {self._pair} has no document {document} of this version")
            connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.no == found[0]).values(indexed=True))

    def withdraw(self, document: str) -> dict[str, int]:
        """Take a document out in every version, with all that rests on it alone; how many rows of each went."""
        with self._database.writing() as connection:
            return withdraw(connection, pair=self._pair, document=document, words=self._words(connection))

    def append_decision(self, decision: Decision) -> Decision:
        """Append a person's word and return it as kept; an id that is already there is left as it is.

        It counts as said after every word before it, whatever the clock says: a clock that was put back, or two people
        at the same moment, must not change the order in which the record took them.
        """
        self._own(decision.pair)
        mine = DECISIONS.c.pair == self._pair
        with self._database.writing() as connection:
            known = connection.execute(select(DECISIONS.c.body).where(mine & (DECISIONS.c.id == decision.id))).scalar()
            if known is not None:
                return decoded(Decision, known)
            before = [
                datetime.fromisoformat(at) for at in connection.execute(select(DECISIONS.c.at).where(mine)).scalars()
            ]
            kept = replace(decision, at=after(decision.at, before))
            values = {"pair": self._pair, "id": kept.id, "at": kept.at.isoformat(), "body": encoded(kept)}
            connection.execute(insert(DECISIONS).values(values))
        return kept

    def put_draft(self, draft: Draft) -> None:
        """Keep a draft; the same id replaces."""
        self._own(draft.pair)
        with self._database.writing() as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.pair == self._pair, DRAFTS.c.id == draft.id))
            connection.execute(insert(DRAFTS).values(pair=self._pair, id=draft.id, body=encoded(draft)))

    def remask(self, needed: Callable[[str], bool], mask: Callable[[RedactedText], RedactedText]) -> tuple[str, ...]:
        """Mask what the vault has learnt since in everything the pair has here; the ids of changed passages."""
        with self._database.writing() as connection:
            return PairRemask(connection, self._pair, needed, mask).run(self._words(connection))

    def _own(self, *pairs: str) -> None:
        if any(pair != self._pair for pair in pairs):
            raise NotPermitted(f"the grant at hand writes for pair {self._pair} alone")

    def _row(self, connection: Connection, document: str, version: str) -> tuple[int, bool, str] | None:
        wanted = select(DOCUMENTS.c.no, DOCUMENTS.c.current, DOCUMENTS.c.kind).where(
            DOCUMENTS.c.pair == self._pair, DOCUMENTS.c.id == document, DOCUMENTS.c.version == version
        )
        row = connection.execute(wanted).one_or_none()
        return None if row is None else (row.no, row.current, row.kind)

    def _put_row(self, connection: Connection, document: str, version: str, values: dict[str, object]) -> int:
        found = self._row(connection, document, version)
        if found:
            connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.no == found[0]).values(values))
            return found[0]
        mine = {"pair": self._pair, "id": document, "version": version}
        made = connection.execute(insert(DOCUMENTS).values(mine | values).returning(DOCUMENTS.c.no))
        return int(made.scalar_one())

    def _put_import(self, connection: Connection, document: str, version: str) -> int:
        self._supersede(connection, document, self._words(connection))
        empty: dict[str, object] = {"lane": Lane.COMMITMENT.value, "kind": IMPORTED, "session_date": "", "name": ""}
        empty |= {"missing": "", "passages": 0, "held": 0, "current": True, "indexed": True}
        return self._put_row(connection, document, version, empty)

    def _supersede(self, connection: Connection, document: str, words: PairWords) -> None:
        mine = (DOCUMENTS.c.pair == self._pair) & (DOCUMENTS.c.id == document) & DOCUMENTS.c.current
        for number in connection.execute(select(DOCUMENTS.c.no).where(mine)).scalars().all():
            gone = select(PASSAGES.c.no, PASSAGES.c.text).where(PASSAGES.c.document == number, PASSAGES.c.held == "")
            words.remove(connection, [(row.no, row.text) for row in connection.execute(gone)])
            connection.execute(delete(PASSAGES).where(PASSAGES.c.document == number))
            connection.execute(delete(LINES).where(LINES.c.document == number))
        connection.execute(update(DOCUMENTS).where(mine).values(current=False, indexed=False))

    def _words(self, connection: Connection) -> PairWords:
        number = connection.execute(select(PAIRS.c.no).where(PAIRS.c.id == self._pair)).scalar()
        if number is not None:
            return PairWords(number)
        words = PairWords(connection.execute(insert(PAIRS).values(id=self._pair).returning(PAIRS.c.no)).scalar_one())
        words.create(connection)
        return words


def after(at: datetime, before: Iterable[datetime]) -> datetime:
    """The moment itself, or one microsecond after the latest of those before it."""
    last = max(before, default=None)
    return at if last is None else max(at, last + timedelta(microseconds=1))


def _put_lines(connection: Connection, number: int, document: RedactedDocument) -> None:
    rows = [
        {"document": number, "position": at, "first": line.first, "last": line.last, "heading": line.heading}
        | {"page": line.page, "turn": line.turn, "text": str(line.text)}
        for at, line in enumerate(document.lines)
    ]
    if rows:
        connection.execute(insert(LINES), rows)


def _put_passages(connection: Connection, number: int, passages: Sequence[Passage], words: PairWords) -> None:
    rows = [
        {"document": number, "pair": each.pair, "id": each.id, "first": each.first, "last": each.last}
        | {"text": str(each.text), "heading": _plain(each.heading), "speaker": _plain(each.speaker), "held": each.held}
        for each in passages
    ]
    if rows:
        connection.execute(insert(PASSAGES), rows)
        shown = select(PASSAGES.c.no, PASSAGES.c.text).where(PASSAGES.c.document == number, PASSAGES.c.held == "")
        words.add(connection, [(row.no, row.text) for row in connection.execute(shown)])


def _plain(value: str | None) -> str | None:
    return None if value is None else str(value)
