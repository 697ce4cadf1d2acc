"""The service over a small home: three people of one pair, two notes, a redactor that knows the roster alone."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from copilot.bootstrap import Copilot
from copilot.tokens import Scope, TokenKind, issue
from server.app import create_app
from server.auth import CSRF_FIELD, SESSION, csrf_of
from server.limits import Rates
from tests.copilot.cli.home import filled

BOTH = frozenset({Scope.READ, Scope.WRITE})


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, and clients for it by person."""

    copilot: Copilot
    client: TestClient

    def token(self, person: str, *, scopes: frozenset[Scope] = BOTH) -> dict[str, str]:
        """Headers with an API token of a person."""
        made = issue(self.copilot.tokens, person=person, kind=TokenKind.API, scopes=scopes, now=datetime.now(UTC))
        return {"Authorization": f"Bearer {made.secret}"}

    def browser(self, person: str) -> Browser:
        """A browser in which a person has signed in."""
        made = issue(self.copilot.tokens, person=person, kind=TokenKind.SESSION, scopes=BOTH, now=datetime.now(UTC))
        return Browser(self.client, made.secret)


@dataclass(frozen=True, slots=True)
class Browser:
    """Sends a session's cookie and, with forms, its token."""

    client: TestClient
    secret: str

    def get(self, path: str, *, accept: str = "text/html", follow: bool = True) -> Response:
        headers = {"Cookie": f"{SESSION}={self.secret}", "Accept": accept}
        return self.client.get(path, headers=headers, follow_redirects=follow)

    def post(self, path: str, data: dict[str, str] | None = None, *, csrf: str | None = None) -> Response:
        sent = {CSRF_FIELD: csrf_of(self.secret) if csrf is None else csrf, **(data or {})}
        return self.client.post(
            path, data=sent, headers={"Cookie": f"{SESSION}={self.secret}", "Accept": "text/html"},
            follow_redirects=False,
        )  # fmt: skip


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path) as found:
        yield found


@contextmanager
def serving(folder: Path) -> Generator[Service]:
    """The service over a home in a folder."""
    run = filled(folder)
    with (
        run.copilot() as copilot,
        TestClient(create_app(copilot, hosts=("testserver",), warm=False, rates=Rates(10**6, 10**6, 10**6))) as client,
    ):
        yield Service(copilot, client)
