"""Tokens of a company's OIDC issuer as bearers of our own: who they mean is looked up in the programme of now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from copilot.bootstrap import Copilot
from copilot.oidc import oidc_of, person_of
from copilot.tokens import Bearer, Scope, TokenKind
from guards.errors import NotSignedIn

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
        said = verifier.verify(token, now=now)  # first: what a home lacks is no stranger's business
        programme = copilot.record.programmes.load()
        if programme is None:
            raise NotSignedIn("there is no programme here yet: whoever runs the service reads one first")
        person = person_of(programme, said, claim=claim)
        return Bearer(person, TokenKind.API, _ALL, "oidc", now + timedelta(minutes=1))

    return verified
