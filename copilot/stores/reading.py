"""Reads for one pair. A reader selects rows of its own pair and its grant's lanes only and answers for nobody else's.

Without the conversation lane there are no drafts, decisions or calendar, and nothing that was held back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Select, exists, func, select

from copilot.drafts import Draft
from copilot.mentions import Decision, Mention
from copilot.programme import SessionRecord, SessionStatus
from copilot.stores.codec import decoded, redacted, redacted_or_none
from copilot.stores.database import Database
from copilot.stores.programmes import SqlProgrammes
from copilot.stores.protocols import DocumentRow, SourceRow
from copilot.stores.tables import DECISIONS, DOCUMENTS, DRAFTS, IMPORTED, LINES, MENTIONS, PAIRS, PASSAGES
from copilot.stores.words import PairWords
from guards.access import Lane
from knowledge.passages import DocumentKind, Passage, RedactedLine

SHORTEST_PREFIX: Final = 4
"""Fewest characters of a draft's id that may stand for it."""

_AT_ONCE: Final = 500
_OF_SESSIONS: Final = (DocumentKind.NOTE.value, DocumentKind.TRANSCRIPT.value)


class SqlReader:
    """Reads for one pair."""

    def __init__(self, database: Database, *, pair: str, lanes: frozenset[Lane], programmes: SqlProgrammes) -> None:
        self._database = database
        self._pair = pair
        self._lanes = sorted(lanes)
        self._conversation = Lane.CONVERSATION in lanes
        self._programmes = programmes

    def documents(self) -> tuple[DocumentRow, ...]:
        """Current documents by session date, then name."""
        current = select(DOCUMENTS).where(self._current(), DOCUMENTS.c.kind != IMPORTED)
        ordered = current.order_by(DOCUMENTS.c.session_date, DOCUMENTS.c.name, DOCUMENTS.c.id)
        return tuple(_document(row) for row in self._rows(ordered))

    def lines(self, document: str, first: int, last: int) -> tuple[RedactedLine, ...]:
        """Lines of the current version that touch ``first``..``last``."""
        wanted = (
            select(LINES)
            .join(DOCUMENTS, DOCUMENTS.c.no == LINES.c.document)
            .where(self._current(), DOCUMENTS.c.id == document, LINES.c.first <= last, LINES.c.last >= first)
            .order_by(LINES.c.position)
        )
        if not self._conversation:
            overlap = (PASSAGES.c.first <= LINES.c.last) & (PASSAGES.c.last >= LINES.c.first) & (PASSAGES.c.held != "")
            wanted = wanted.where(~exists().where((PASSAGES.c.document == DOCUMENTS.c.no) & overlap))
        return tuple(
            RedactedLine(redacted(row.text), row.first, row.last, row.heading, row.page, row.turn)
            for row in self._rows(wanted)
        )

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """Current passages of these ids, in the order asked."""
        found: dict[str, Passage] = {}
        for start in range(0, len(ids), _AT_ONCE):  # SQLite bounds the number of parameters
            some = self._select_passages().where(PASSAGES.c.id.in_(ids[start : start + _AT_ONCE]))
            found |= {row.id: _passage(row) for row in self._rows(some)}
        return tuple(found[each] for each in ids if each in found)

    def all_passages(self) -> tuple[Passage, ...]:
        """Every current passage, held ones included, by session date and line."""
        ordered = self._select_passages().order_by(DOCUMENTS.c.session_date, DOCUMENTS.c.id, PASSAGES.c.first)
        return tuple(_passage(row) for row in self._rows(ordered))

    def search_words(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Passage ids by full-text rank, best first. Held passages were never indexed."""
        with self._database.reading() as connection:
            number = connection.execute(select(PAIRS.c.no).where(PAIRS.c.id == self._pair)).scalar()
            if number is None:
                return ()
            lanes = self._lanes if len(self._lanes) < len(Lane) else ()
            hits = PairWords(number).search(connection, query, limit=limit, lanes=lanes)
            named = select(PASSAGES.c.no, PASSAGES.c.id).where(PASSAGES.c.no.in_([no for no, _ in hits]))
            ids = {row.no: row.id for row in connection.execute(named)}
        return tuple((ids[no], score) for no, score in hits if no in ids)

    def mentions(self) -> tuple[Mention, ...]:
        """Mentions of every current version, plus imported history, each id once."""
        return tuple(decoded(Mention, body) for body in self._mentioned(self._current()).values())

    def superseded(self) -> tuple[Mention, ...]:
        """Mentions of changed notes as they were, without those that a current note still holds."""
        now = self._mentioned(self._current())
        before = self._mentioned((DOCUMENTS.c.pair == self._pair) & DOCUMENTS.c.lane.in_(self._lanes))
        return tuple(decoded(Mention, body) for known, body in before.items() if known not in now)

    def _mentioned(self, where: Any) -> dict[str, str]:
        wanted = select(MENTIONS.c.id, MENTIONS.c.body).join(DOCUMENTS, DOCUMENTS.c.no == MENTIONS.c.document)
        rows = self._rows(wanted.where(where).order_by(DOCUMENTS.c.session_date, DOCUMENTS.c.id, MENTIONS.c.id))
        return {row.id: row.body for row in rows}

    def decisions(self) -> tuple[Decision, ...]:
        """People's words, oldest first."""
        if not self._conversation:
            return ()
        mine = select(DECISIONS.c.body).where(DECISIONS.c.pair == self._pair)
        found = [decoded(Decision, row.body) for row in self._rows(mine)]
        return tuple(sorted(found, key=lambda decision: (decision.at, decision.id)))

    def sessions(self) -> tuple[SessionRecord, ...]:
        """Calendar entries of the pair and the days that have a note, oldest first; the calendar's word counts."""
        if not self._conversation:
            return ()
        days = select(DOCUMENTS.c.session_date).where(self._current(), DOCUMENTS.c.kind.in_(_OF_SESSIONS)).distinct()
        noted = (date.fromisoformat(row.session_date) for row in self._rows(days))
        by_day = {day: SessionRecord(self._pair, day, SessionStatus.HELD) for day in noted}
        programme = self._programmes.load()
        calendar = programme.sessions if programme else ()
        by_day |= {session.day: session for session in calendar if session.pair == self._pair}
        return tuple(by_day[day] for day in sorted(by_day))

    def draft(self, draft_id: str) -> Draft | None:
        """A draft by id or unambiguous prefix."""
        if not self._conversation:
            return None
        mine = select(DRAFTS.c.body).where(DRAFTS.c.pair == self._pair)
        exact = self._rows(mine.where(DRAFTS.c.id == draft_id))
        if not exact and len(draft_id) >= SHORTEST_PREFIX:
            exact = self._rows(mine.where(DRAFTS.c.id.startswith(draft_id, autoescape=True)).limit(2))
        return decoded(Draft, exact[0].body) if len(exact) == 1 else None

    def _current(self) -> Any:
        return (DOCUMENTS.c.pair == self._pair) & DOCUMENTS.c.current & DOCUMENTS.c.lane.in_(self._lanes)

    def _select_passages(self) -> Select[Any]:
        about = (DOCUMENTS.c.id.label("of"), DOCUMENTS.c.version, DOCUMENTS.c.lane, DOCUMENTS.c.session_date)
        joined = select(PASSAGES, *about, DOCUMENTS.c.name).join(DOCUMENTS, DOCUMENTS.c.no == PASSAGES.c.document)
        mine = joined.where(PASSAGES.c.pair == self._pair, self._current())
        return mine if self._conversation else mine.where(PASSAGES.c.held == "")

    def _rows(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(wanted).all()


def sources_of(database: Database, pair: str) -> tuple[SourceRow, ...]:
    """Current documents of a pair as a preview counts them: no name, no text is selected."""
    mine = (DOCUMENTS.c.pair == pair) & DOCUMENTS.c.current & (DOCUMENTS.c.kind != IMPORTED)
    columns = (DOCUMENTS.c.no, DOCUMENTS.c.id, DOCUMENTS.c.lane, DOCUMENTS.c.kind, DOCUMENTS.c.session_date)
    counted = (PASSAGES.c.document, PASSAGES.c.held, func.count().label("many"))
    with database.reading() as connection:
        rows = connection.execute(
            select(*columns, DOCUMENTS.c.passages).where(mine).order_by(DOCUMENTS.c.session_date, DOCUMENTS.c.id)
        ).all()
        held = connection.execute(
            select(*counted)
            .where(PASSAGES.c.pair == pair, PASSAGES.c.held != "")
            .group_by(PASSAGES.c.document, PASSAGES.c.held)
            .order_by(PASSAGES.c.held)
        ).all()
    return tuple(
        SourceRow(
            row.id, Lane(row.lane), DocumentKind(row.kind), date.fromisoformat(row.session_date), row.passages,
            tuple((each.held, each.many) for each in held if each.document == row.no),
        )
        for row in rows
    )  # fmt: skip


def _document(row: Row[Any]) -> DocumentRow:
    return DocumentRow(
        id=row.id,
        version=row.version,
        pair=row.pair,
        lane=Lane(row.lane),
        kind=DocumentKind(row.kind),
        session_date=date.fromisoformat(row.session_date),
        name=redacted(row.name),
        passages=row.passages,
        fields_missing=tuple(row.missing.split("\n")) if row.missing else (),
        held=row.held,
        indexed=row.indexed,
    )


def _passage(row: Row[Any]) -> Passage:
    return Passage(
        id=row.id,
        document=row.of,
        version=row.version,
        pair=row.pair,
        lane=Lane(row.lane),
        session_date=date.fromisoformat(row.session_date),
        source=redacted(row.name),
        first=row.first,
        last=row.last,
        text=redacted(row.text),
        heading=redacted_or_none(row.heading),
        speaker=redacted_or_none(row.speaker),
        held=row.held,
    )
