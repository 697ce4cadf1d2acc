"""The programme's store."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, func, insert, select, update

from copilot.errors import NotFound
from copilot.programme import Programme
from copilot.stores.codec import decoded, encoded
from copilot.stores.database import Database
from copilot.stores.tables import PROGRAMMES


class SqlProgrammes:
    """Keeps the programme; the last one saved is the home's. Read once per process and after each save."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._loaded: Programme | None = None

    def save(self, programme: Programme) -> None:
        """Replace the programme of that id."""
        with self._database.writing() as connection:
            turn = connection.execute(select(func.coalesce(func.max(PROGRAMMES.c.saved), 0))).scalar_one() + 1
            connection.execute(delete(PROGRAMMES).where(PROGRAMMES.c.id == programme.id))
            connection.execute(insert(PROGRAMMES).values(id=programme.id, saved=turn, body=encoded(programme)))
        self._loaded = programme

    def change(self, edit: Callable[[Programme], Programme]) -> None:
        """Change the home's programme in one step: no other write comes between reading and keeping it.

        Raises:
            NotFound: there is none.
        """
        with self._database.writing() as connection:
            last = select(PROGRAMMES.c.id, PROGRAMMES.c.body).order_by(PROGRAMMES.c.saved.desc()).limit(1)
            row = connection.execute(last).one_or_none()
            if row is None:
                raise NotFound("this home has no programme yet: run coach ingest on a folder that has a programme.yaml")
            made = edit(decoded(Programme, row.body))
            connection.execute(update(PROGRAMMES).where(PROGRAMMES.c.id == row.id).values(body=encoded(made)))
        self._loaded = made

    def load(self) -> Programme | None:
        """The programme of this home."""
        if self._loaded is None:
            with self._database.reading() as connection:
                last = select(PROGRAMMES.c.body).order_by(PROGRAMMES.c.saved.desc()).limit(1)
                body = connection.execute(last).scalar()
            self._loaded = decoded(Programme, body) if body is not None else None
        return self._loaded
