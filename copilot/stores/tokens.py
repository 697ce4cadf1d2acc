"""Keeps access tokens, by the hash of their secret; a secret never comes near this file. Reads anew each time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from copilot.stores.database import Database
from copilot.stores.tables import TOKENS
from copilot.tokens import Scope, Token, TokenKind


class SqlTokens:
    """The tokens of one home."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, token: Token) -> None:
        """Keep a new token."""
        values = {
            "id": token.id,
            "digest": token.digest,
            "person": token.person,
            "kind": token.kind.value,
            "scopes": " ".join(sorted(token.scopes)),
            "label": token.label,
            "created": _stored(token.created),
            "expires": _stored(token.expires),
            "used": token.used.isoformat() if token.used else None,
            "revoked": _stored(token.revoked) if token.revoked else None,
        }
        with self._database.writing() as connection:
            connection.execute(insert(TOKENS).values(values))

    def by_digest(self, digest: str) -> Token | None:
        """The token whose secret has this hash, good or not."""
        return next(iter(self._read(select(TOKENS).where(TOKENS.c.digest == digest))), None)

    def find(self, token_id: str) -> Token | None:
        """The token of this id, good or not."""
        return next(iter(self._read(select(TOKENS).where(TOKENS.c.id == token_id))), None)

    def tokens(self, person: str | None = None) -> tuple[Token, ...]:
        """Every token, or a person's, good or not, oldest first."""
        wanted = select(TOKENS).order_by(TOKENS.c.created, TOKENS.c.id)
        return self._read(wanted if person is None else wanted.where(TOKENS.c.person == person))

    def touch(self, token_id: str, day: date) -> None:
        """Note the day of the last use."""
        with self._database.writing() as connection:
            connection.execute(update(TOKENS).where(TOKENS.c.id == token_id).values(used=day.isoformat()))

    def spend(self, token_id: str, *, at: datetime) -> bool:
        """Use up a token that is not revoked yet, in one step; False for whoever comes second."""
        used = {"revoked": _stored(at), "used": at.astimezone(UTC).date().isoformat()}
        return self._end(token_id, used)

    def revoke(self, token_id: str, *, at: datetime, by: str) -> bool:  # noqa: ARG002 - the audit log has who
        """Take a token back; False where it is not there or was before."""
        return self._end(token_id, {"revoked": _stored(at)})

    def _end(self, token_id: str, values: dict[str, str]) -> bool:
        good = (TOKENS.c.id == token_id) & TOKENS.c.revoked.is_(None)
        with self._database.writing() as connection:
            return connection.execute(update(TOKENS).where(good).values(values)).rowcount == 1

    def _read(self, wanted: Select[Any]) -> tuple[Token, ...]:
        with self._database.reading() as connection:
            return tuple(_token(row) for row in connection.execute(wanted))


def _token(row: Row[Any]) -> Token:
    return Token(
        id=row.id,
        digest=row.digest,
        person=row.person,
        kind=TokenKind(row.kind),
        scopes=frozenset(Scope(each) for each in row.scopes.split()),
        created=datetime.fromisoformat(row.created),
        expires=datetime.fromisoformat(row.expires),
        label=row.label,
        used=date.fromisoformat(row.used) if row.used else None,
        revoked=datetime.fromisoformat(row.revoked) if row.revoked else None,
    )


def _stored(at: datetime) -> str:
    """In UTC and to the microsecond, so that the text of moments sorts as they do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
