"""Keeps people's words on consent: appended, never edited, read anew each time so that a withdrawal counts at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from copilot.stores.database import Database
from copilot.stores.tables import CONSENTS
from guards.consent import ConsentWord, Purpose


class SqlConsents:
    """The store of consent of one home."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, word: ConsentWord) -> None:
        """Keep one more word, as said after every earlier one: a clock that was put back must not undo a withdrawal."""
        with self._database.writing() as connection:
            last = select(CONSENTS.c.at).order_by(CONSENTS.c.no.desc()).limit(1)
            before = connection.execute(last).scalar()
            at = word.at if before is None else max(word.at, datetime.fromisoformat(before) + timedelta(microseconds=1))
            values = {"person": word.person, "purpose": word.purpose.value, "at": at.isoformat(), "given": word.given}
            connection.execute(insert(CONSENTS).values(values))

    def words(self) -> tuple[ConsentWord, ...]:
        """Every word, in the order it was kept; a purpose that this version does not know is passed over."""
        with self._database.reading() as connection:
            rows = connection.execute(select(CONSENTS).order_by(CONSENTS.c.no)).all()
        known = {each.value for each in Purpose}
        return tuple(
            ConsentWord(row.person, Purpose(row.purpose), row.given, datetime.fromisoformat(row.at))
            for row in rows
            if row.purpose in known
        )
