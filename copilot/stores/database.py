"""The connection to the record: opening, migrating, transactions, and errors without anybody's text in them.

SQLite runs with ``synchronous=FULL``: in WAL mode ``NORMAL`` may lose the last commits when the power fails, and no
write is acknowledged before it is durable. The cost is one fsync per document, far below the reading of it.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from copilot.errors import BadInput, StoreUnavailable

HEAD: Final = "0006"
"""The newest revision; compared in plain SQL so that opening a current record does not load Alembic."""

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "secure_delete=ON")


class Database:
    """An opened and migrated record."""

    def __init__(self, engine: Engine, *, name: str) -> None:
        self._engine = engine
        self._name = name

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """One consistent view, for reads."""
        with self._explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """One transaction: everything in the block is durable when it ends, or nothing is."""
        with self._explained(), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def settle(self) -> None:
        """Rewrite the file without what was removed from it and empty its journal; no text goes to a temporary file."""
        raw = self._engine.raw_connection
        with self._explained(), closing(raw()) as connection, closing(connection.cursor()) as cursor:
            for command in ("PRAGMA temp_store=MEMORY", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(command)

    @property
    def file(self) -> Path | None:
        """The file of the record, where it has one."""
        return Path(self._engine.url.database) if self._engine.url.database else None

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except UnicodeEncodeError:
            raise BadInput("a text holds half a character (a lone surrogate) and cannot be stored") from None
        except SQLAlchemyError as error:
            reason = getattr(error, "orig", None) or type(error).__name__
            raise StoreUnavailable(f"the record {self._name} failed ({reason}): run coach doctor") from None


def open_database(where: Path | str) -> Database:
    """Open a record and bring its schema up to date.

    Args:
        where: a file, made with mode 0600 if need be, or a database URL.

    Raises:
        StoreUnavailable: it cannot be opened, is no record of ours, or is newer than this version.
    """
    url = _url(where)
    name = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(url, hide_parameters=True)
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        database = Database(engine, name=name)
        _migrate(database)
    except OSError as error:
        raise StoreUnavailable(f"the record {name} cannot be opened ({error.strerror}): check the home") from None
    return database


def _url(where: Path | str) -> URL:
    if isinstance(where, str) and "://" in where:
        url = make_url(where)
        if url.get_backend_name() != "sqlite":
            raise StoreUnavailable("only SQLite is built so far: unset COACH_DATABASE_URL")
        return url
    path = Path(where)
    if not path.exists():
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            raise StoreUnavailable(f"the record {path} cannot be made ({error.strerror}): check the home") from None
    return URL.create("sqlite", database=str(path))


def _set_up(connection: Any, _: object) -> None:
    connection.isolation_level = None  # sqlite3's own transaction handling would commit before DDL
    with closing(connection.cursor()) as cursor:
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns into a writer half-way can fail at once instead of waiting its turn.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(database: Database) -> None:
    with database.reading() as connection:
        found = None
        if inspect(connection).has_table("alembic_version"):
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreUnavailable(f"the record is of schema {found}, newer than this version: upgrade mentor-copilot")
    migrate(database, revision="head")


def migrate(database: Database, *, revision: str) -> None:
    """Run revisions up to ``revision``, or down to it (``base`` drops everything)."""
    from alembic import command  # noqa: PLC0415 - half the start-up time, and needed once per record
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    move = command.downgrade if revision == "base" else command.upgrade
    with database.writing() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
