"""Planted words in every lane, kind of document and place of a text: who gets which of them out of these slices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fastapi.testclient import TestClient

from copilot.bootstrap import Copilot
from copilot.tokens import Scope, TokenKind, issue
from guards.access import Lane
from knowledge.passages import DocumentKind
from server.app import create_app
from tests.doubles import walls

BOTH = frozenset({Scope.READ, Scope.WRITE})
WHO = {"ada": "mentor_coach", "ben": "mentee", "sam": "sponsor", "x-lnd": "lnd", "cem": walls.NOBODY}
PATHS = (
    "/pairs/p/commitments", "/pairs/p/commitments?all=true", "/commitments", "/commitments?all=true", "/sponsor", "/",
    "/api/v1/pairs/p/commitments", "/api/v1/pairs/p/commitments?all=true&limit=200",
    "/api/v1/pairs/p/commitments?date=2026-09-13", "/api/v1/me", "/api/v1/me/commitments?all=true&limit=200",
    "/api/v1/me/follow-through", "/api/v1/me/pauses", "/api/v1/sponsor", "/api/v1/pairs/p/drafts/abcd",
    "/pairs/p/prep", "/pairs/q/commitments", "/api/v1/pairs/q/commitments",
)  # fmt: skip
LINES = tuple(f"{lane}-{DocumentKind.NOTE}-m{number}" for lane in Lane for number in (2, 4, 5))


def answers(client: TestClient, copilot: Copilot, person: str) -> Iterator[tuple[str, str]]:
    """Every page, list and refusal of these slices, as somebody gets it."""
    made = issue(copilot.tokens, person=person, kind=TokenKind.API, scopes=BOTH, now=datetime.now(UTC))
    headers = {"Authorization": f"Bearer {made.secret}"}
    for path in PATHS:
        accept = "application/json" if path.startswith("/api/") else "text/html"
        got = client.get(path, headers={**headers, "Accept": accept})
        assert got.status_code < 500, path
        yield path, f"{got.headers} {got.text}"
    if person not in {"ada", "ben"}:
        yield from errors(client, headers)


def errors(client: TestClient, headers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What comes of words and signatures that somebody may not give, line by line."""
    for line in LINES:
        got = client.post(f"/api/v1/pairs/p/commitments/{line}/words", headers=headers, json={"kind": "confirm"})
        assert got.status_code in {403, 404, 422}
        yield line, got.text
    for body in ({"mark": "0" * 16}, {"mark": "x"}):
        got = client.post("/api/v1/pairs/p/criteria/c1/signature", headers=headers, json=body)
        assert got.status_code in {403, 422}
        yield "signature", got.text


def test_nobody_gets_a_planted_word_that_is_not_for_them(tmp_path: Path) -> None:
    run = walls.home(tmp_path)
    words = {walls.canary(*each): each for each in walls.planted()}
    leaks, seen = set[tuple[str, str, str, str]](), set[tuple[str, str, str]]()
    for state in walls.STATES:
        walls.bring_to(run, state)
        with run.copilot() as copilot, TestClient(create_app(copilot, hosts=("testserver",), warm=False)) as client:
            for person, role in WHO.items():
                for where, text in answers(client, copilot, person):
                    for word, (lane, _, place) in words.items():
                        if word not in text:
                            continue
                        seen.add((state, role, place))
                        if not walls.allowed(role, state, lane, place):
                            leaks.add((state, role, where, place))
    assert leaks == set()
    assert {place for state, role, place in seen if (state, role) == ("open", "sponsor")} == {"shared", "ticket"}
    assert {"committed", "shared", "filename"} <= {
        place for state, who, place in seen if (state, who) == ("open", "mentee")
    }
    assert not [each for each in seen if each[1] in {"lnd", walls.NOBODY}]


def test_the_lane_of_conversation_is_among_what_was_planted() -> None:
    assert any(lane is Lane.CONVERSATION for lane, _, _ in walls.planted())
