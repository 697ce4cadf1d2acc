"""Tokens of a company's OIDC issuer as bearers of our own: who they mean is looked up in the programme of now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from copilot.bootstrap import Copilot
from copilot.oidc import oidc_of, person_of
from copilot.tokens import Bearer, Scope, TokenKind

_ALL: Final = frozenset({Scope.READ, Scope.WRITE})


def bearer_of(copilot: Copilot) -> Callable[[str], Bearer] | None:
    """What verifies a token of the issuer that the settings name; ``None`` where they name none.

    Raises:
        Usage: only some of the issuer's settings are there.
    """
    verifier = oidc_of(copilot.settings, copilot.door)
    if verifier is None:
        return None
    claim = copilot.settings.oidc_claim

    def verified(token: str) -> Bearer:
        now = datetime.now(UTC)
        person = person_of(copilot.programme(), verifier.verify(token, now=now), claim=claim)
        return Bearer(person, TokenKind.API, _ALL, "oidc", now + timedelta(minutes=1))

    return verified
