"""Tokens with their audit lines: a store that logs what is issued, revoked and used up, around one that keeps it.

An issue is logged before it is done, so that no token is without its line. A revocation and a link's use are done
first: a log that cannot be kept must leave no door open. What is read, and the day of the last use, is not logged.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from copilot.tokens import Token, TokenStore
from guards.audit_log import Act, AuditLog, Entry

OPERATOR: Final = "operator"
"""The role in the log of whoever runs the home, for whom no person is known."""


class LoggedTokens:
    """The tokens of one home, logged."""

    def __init__(self, store: TokenStore, audit: AuditLog) -> None:
        self._store = store
        self._audit = audit

    def put(self, token: Token) -> None:
        """Log and keep a new token."""
        self._audit.append(Entry(Act.ISSUE, who=token.person, what=token.id, detail=token.kind.value))
        self._store.put(token)

    def by_digest(self, digest: str) -> Token | None:
        """The token whose secret has this hash."""
        return self._store.by_digest(digest)

    def find(self, token_id: str) -> Token | None:
        """The token of this id."""
        return self._store.find(token_id)

    def tokens(self, person: str | None = None) -> tuple[Token, ...]:
        """Every token, or a person's."""
        return self._store.tokens(person)

    def touch(self, token_id: str, day: date) -> None:
        """Note the day of the last use."""
        self._store.touch(token_id, day)

    def spend(self, token_id: str, *, at: datetime) -> bool:
        """Use up a token, and log the sign-in that it is."""
        won = self._store.spend(token_id, at=at)
        if won:
            self._say(Act.SIGN_IN, token_id)
        return won

    def revoke(self, token_id: str, *, at: datetime, by: str) -> bool:
        """Take a token back, and log by whom; by nobody known, the line is its person's, with the operator's role."""
        changed = self._store.revoke(token_id, at=at, by=by)
        if changed:
            self._say(Act.REVOKE, token_id, by=by, role="" if by else OPERATOR)
        return changed

    def _say(self, act: Act, token_id: str, *, by: str = "", role: str = "") -> None:
        token = self._store.find(token_id)
        kind, person = (token.kind.value, token.person) if token else ("", "")
        self._audit.append(Entry(act, who=by or person, role=role, what=token_id, detail=kind))
