"""Access tokens in memory, a peer of ``copilot.stores.tokens`` under the same contract tests."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

from copilot.tokens import Token


class MemoryTokens:
    """Tokens by id."""

    def __init__(self) -> None:
        self._tokens: dict[str, Token] = {}
        self._lock = threading.Lock()

    def put(self, token: Token) -> None:
        self._tokens[token.id] = token

    def by_digest(self, digest: str) -> Token | None:
        return next((each for each in self._tokens.values() if each.digest == digest), None)

    def find(self, token_id: str) -> Token | None:
        return self._tokens.get(token_id)

    def tokens(self, person: str | None = None) -> tuple[Token, ...]:
        found = [each for each in self._tokens.values() if person in {None, each.person}]
        return tuple(sorted(found, key=lambda each: (each.created, each.id)))

    def touch(self, token_id: str, day: date) -> None:
        if token_id in self._tokens:
            self._tokens[token_id] = replace(self._tokens[token_id], used=day)

    def spend(self, token_id: str, *, at: datetime) -> bool:
        with self._lock:
            ended = self.revoke(token_id, at=at, by="")
            if ended:
                self.touch(token_id, at.astimezone(UTC).date())
        return ended

    def revoke(self, token_id: str, *, at: datetime, by: str) -> bool:
        _ = by  # the audit log's
        token = self._tokens.get(token_id)
        if token is None or token.revoked is not None:
            return False
        self._tokens[token_id] = replace(token, revoked=at.astimezone(UTC))
        return True
