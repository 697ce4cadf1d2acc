"""The one narrow way by which rows leave the record for good: for ``coach erase`` and retention, and for nobody else.

Works below grants, because whoever owns the home answers for it; it hands out counts and redacted text, never a vault.
Triggers that keep people's decisions from being edited are taken off and put back within one transaction, here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Select, Table, create_engine, delete, func, select, text, union, update
from sqlalchemy.exc import SQLAlchemyError

from copilot.criterion_signing import CriterionWord
from copilot.draft_words import DraftWord
from copilot.finding import Finding
from copilot.mentions import Decision
from copilot.programme import Programme
from copilot.review import ReviewWord
from copilot.stores.codec import decoded, encoded, mapped, redacted
from copilot.stores.database import Database, open_database
from copilot.stores.remasking import Mask, PairRemask
from copilot.stores.tables import (
    CRITERION_WORDS,
    DECISIONS,
    DOCUMENTS,
    DRAFT_WORDS,
    FINDINGS,
    LINES,
    MENTIONS,
    METADATA,
    PAIRS,
    PASSAGES,
    PROGRAMMES,
    REVIEW_WORDS,
    TOKENS,
    VAULTS,
)
from copilot.stores.words import PairWords
from guards.access import Lane
from guards.text import RedactedText

_PASSAGE_TEXTS = (PASSAGES.c.text, PASSAGES.c.heading, PASSAGES.c.speaker)
_OF_DOCUMENTS = (LINES, MENTIONS, PASSAGES)


_WORDS = (
    (DECISIONS, Decision), (CRITERION_WORDS, CriterionWord), (FINDINGS, Finding), (REVIEW_WORDS, ReviewWord),
    (DRAFT_WORDS, DraftWord),
)  # fmt: skip


class ErasingStore:
    """The record as forgetting sees it; a context manager."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def __enter__(self) -> ErasingStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.database.close()

    def pairs(self) -> tuple[str, ...]:
        """Every pair that has a row anywhere, whether or not the programme still lists it."""
        columns = [table.c.pair for table in _with_column("pair")]
        with self.database.reading() as connection:
            found = connection.execute(union(select(PAIRS.c.id), *(select(column) for column in columns)))
            return tuple(sorted(str(row[0]) for row in found))

    def vaults(self) -> tuple[str, ...]:
        """Every pair that has a vault."""
        with self.database.reading() as connection:
            return tuple(sorted(connection.execute(select(VAULTS.c.pair)).scalars().all()))

    def counts(self, pair: str) -> dict[str, int]:
        """Rows of a pair by table, superseded versions included."""
        mine = select(DOCUMENTS.c.no).where(DOCUMENTS.c.pair == pair)
        wanted: dict[str, Select[Any]] = {
            table.name: select(func.count()).select_from(table).where(table.c.document.in_(mine))
            for table in _OF_DOCUMENTS
        }
        wanted |= {
            table.name: select(func.count()).select_from(table).where(table.c.pair == pair)
            for table in _with_column("pair")
        }
        with self.database.reading() as connection:
            found = {name: int(connection.execute(each).scalar_one()) for name, each in sorted(wanted.items())}
        return {name: count for name, count in found.items() if count}

    def texts(self, pair: str) -> Iterator[str]:
        """Every text of a pair, one value at a time: lines, passages, and the bodies of mentions, decisions, drafts."""
        mine = select(DOCUMENTS.c.no).where(DOCUMENTS.c.pair == pair)
        queries: list[Select[Any]] = [
            select(DOCUMENTS.c.name).where(DOCUMENTS.c.pair == pair),
            select(LINES.c.text).where(LINES.c.document.in_(mine)),
            *(select(each).where(PASSAGES.c.document.in_(mine)) for each in _PASSAGE_TEXTS),
            select(MENTIONS.c.body).where(MENTIONS.c.document.in_(mine)),
            *(select(table.c.body).where(table.c.pair == pair) for table in _with_column("pair") if "body" in table.c),
        ]
        with self.database.reading() as connection:
            for query in queries:
                yield from (str(value) for value in connection.execute(query).scalars() if value)

    def searchable(self, pair: str, lane: Lane) -> dict[str, RedactedText]:
        """Every current passage of a pair's lane that search may find, by id; below grants, to build the index."""
        wanted = (
            select(PASSAGES.c.id, PASSAGES.c.text)
            .join(DOCUMENTS, DOCUMENTS.c.no == PASSAGES.c.document)
            .where(DOCUMENTS.c.pair == pair, DOCUMENTS.c.lane == lane.value)
            .where(DOCUMENTS.c.current, PASSAGES.c.held == "")
        )
        with self.database.reading() as connection:
            return {str(row.id): redacted(row.text) for row in connection.execute(wanted)}

    def remove_pair(self, pair: str) -> None:
        """Take out everything of a pair in one transaction, its word index and sealed vault included."""
        with self.database.writing() as connection, _without_triggers(connection):
            mine = select(DOCUMENTS.c.no).where(DOCUMENTS.c.pair == pair)
            for table in _OF_DOCUMENTS:
                connection.execute(delete(table).where(table.c.document.in_(mine)))
            for table in reversed(_with_column("pair")):
                connection.execute(delete(table).where(table.c.pair == pair))
            number = connection.execute(select(PAIRS.c.no).where(PAIRS.c.id == pair)).scalar()
            if number is not None:
                PairWords(number).drop(connection)
                connection.execute(delete(PAIRS).where(PAIRS.c.no == number))

    def scrub(self, pair: str, needed: Callable[[str], bool], mask: Mask) -> None:
        """Mask forms in everything a pair has on record, people's words included, in one transaction."""
        with self.database.writing() as connection, _without_triggers(connection):
            number = connection.execute(select(PAIRS.c.no).where(PAIRS.c.id == pair)).scalar()
            if number is not None:
                PairRemask(connection, pair, needed, mask).run(PairWords(number))
            for table, kind in _WORDS:
                rows = connection.execute(select(table.c.id, table.c.body).where(table.c.pair == pair)).all()
                for row in rows:
                    if needed(row.body):
                        body = encoded(mapped(decoded(kind, row.body), mask))
                        this = (table.c.pair == pair) & (table.c.id == row.id)
                        connection.execute(update(table).where(this).values(body=body))

    def remove_tokens(self, person: str) -> int:
        """Take out a person's access tokens, good ones too: from this moment none of them is known."""
        with self.database.writing() as connection:
            return connection.execute(delete(TOKENS).where(TOKENS.c.person == person)).rowcount

    def clear_labels(self, needed: Callable[[str], bool]) -> None:
        """Empty the label of each access token, whosever it is, that holds what must go."""
        with self.database.writing() as connection:
            for row in connection.execute(select(TOKENS.c.id, TOKENS.c.label).where(TOKENS.c.label != "")).all():
                if needed(row.label):
                    connection.execute(update(TOKENS).where(TOKENS.c.id == row.id).values(label=""))

    def change_programmes(self, change: Callable[[Programme], Programme]) -> None:
        """Rewrite every programme the home has kept, older ones too."""
        with self.database.writing() as connection:
            for row in connection.execute(select(PROGRAMMES.c.id, PROGRAMMES.c.body)).all():
                body = encoded(change(decoded(Programme, row.body)))
                connection.execute(update(PROGRAMMES).where(PROGRAMMES.c.id == row.id).values(body=body))


def open_erasing(where: Path | str) -> ErasingStore:
    """The record in a file or at a database URL, for forgetting.

    Raises:
        StoreUnavailable: it cannot be opened.
    """
    return ErasingStore(open_database(where))


def values_in(path: Path) -> Iterator[str | bytes]:
    """Every value of an SQLite file one by one, and the terms of its full-text indexes, which share their beginnings.

    A file that does not open as a database yields nothing: its bytes are looked through all the same.
    """
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", hide_parameters=True)
    try:
        with engine.connect() as connection:
            tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
            for name, made in tables:
                yield from _values(connection, str(name))
                if "fts5" in str(made or "").casefold():
                    yield from _terms(connection, str(name))
    except SQLAlchemyError:
        return
    finally:
        engine.dispose()


def _values(connection: Connection, table: str) -> Iterator[str | bytes]:
    quoted = table.replace('"', '""')
    for row in connection.execution_options(stream_results=True).execute(text(f'SELECT * FROM "{quoted}"')):  # noqa: S608
        yield from (value for value in row if isinstance(value, str | bytes))


def _terms(connection: Connection, table: str) -> Iterator[str]:
    quoted = table.replace("'", "''")
    connection.execute(text(f"CREATE VIRTUAL TABLE temp.terms_seen USING fts5vocab('main', '{quoted}', 'row')"))
    yield from (str(term) for term in connection.execute(text("SELECT term FROM temp.terms_seen")).scalars())
    connection.execute(text("DROP TABLE temp.terms_seen"))


def _with_column(column: str) -> list[Table]:
    """The tables with a column of that name, parents first; a table that is added later is not forgotten."""
    return [table for table in METADATA.sorted_tables if column in table.c]


@contextmanager
def _without_triggers(connection: Connection) -> Generator[None]:
    """Triggers off, then the very same on again; in the transaction at hand, so that nobody ever sees them off."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in found:
        connection.execute(text(f'DROP TRIGGER "{name}"'))
    yield
    for _, made in found:
        connection.exec_driver_sql(str(made))
