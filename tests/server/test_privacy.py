"""Calls, walls, consent and tokens over HTTP: one's own and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guards.consent import Purpose
from server.auth import SESSION, csrf_of
from tests.server.conftest import Service
from tests.server.wider import nothing_inside, widened


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Service]:
    with widened(tmp_path) as service:
        yield service


def test_everybody_has_the_page_and_reads_no_word_of_a_note_there(wide: Service) -> None:
    for person in ("ada", "ben", "sam", "lou", "cara"):
        page = wide.browser(person).get("/privacy")
        assert page.status_code == 200
        assert nothing_inside(page.text)
    assert "What you allow" not in wide.browser("sam").get("/privacy").text
    assert "What you allow" in wide.browser("ben").get("/privacy").text


def test_calls_are_those_of_ones_own_pairs(wide: Service) -> None:
    wide.copilot.door.check_texts([], pair="p1")
    wide.copilot.door.check_texts([], pair="p2")
    seen = {
        person: {each["pair"] for each in wide.client.get("/api/v1/me/calls", headers=wide.token(person)).json()}
        for person in ("ada", "dan", "sam", "lou")
    }
    assert seen == {"ada": {"p1"}, "dan": {"p2"}, "sam": set(), "lou": set()}


def test_the_wall_is_previewed_by_the_pair_and_lnd(wide: Service) -> None:
    for person, status in (("ada", 200), ("ben", 200), ("lou", 200), ("sam", 403), ("cara", 403)):
        found = wide.client.get("/api/v1/pairs/p1/wall?as=sponsor", headers=wide.token(person))
        assert found.status_code == status
        assert nothing_inside(found.text)
        page = wide.browser(person).get("/privacy/wall/p1?as=sponsor")
        assert page.status_code == status
        assert nothing_inside(page.text)
        if person == "lou":
            assert all(each["name"] is None for each in found.json()["sources"])
            assert "2026-09-28.md" not in page.text


def test_a_role_that_nobody_holds_is_said_and_a_made_up_one_refused(wide: Service) -> None:
    assert wide.client.get("/api/v1/pairs/p1/wall?as=king", headers=wide.token("ada")).status_code == 422
    assert wide.client.get("/api/v1/pairs/p1/wall?as=lnd", headers=wide.token("ada")).json()["role"] == "lnd"


def test_consent_is_ones_own_and_counts_at_once(wide: Service) -> None:
    path = "/api/v1/me/consents/programme_review"
    assert wide.client.put(path, headers=wide.token("ben"), json={"allowed": True}).status_code == 200
    assert wide.copilot.consents.allows("ben", Purpose.PROGRAMME_REVIEW)
    assert not wide.copilot.consents.allows("ada", Purpose.PROGRAMME_REVIEW)
    browser = wide.browser("ben")
    assert browser.post("/privacy/consents/programme_review", {"word": "withdraw"}).status_code == 303
    assert not wide.copilot.consents.allows("ben", Purpose.PROGRAMME_REVIEW)
    assert browser.post("/privacy/consents/programme_review", {"word": "give"}, csrf="0" * 64).status_code == 403
    assert not wide.copilot.consents.allows("ben", Purpose.PROGRAMME_REVIEW)
    for person in ("sam", "lou"):
        assert wide.client.put(path, headers=wide.token(person), json={"allowed": True}).status_code == 403
        assert wide.client.get("/api/v1/me/consents", headers=wide.token(person)).json() == []
    for sent in ({"allowed": "maybe"}, {}, {"allowed": True, "person": "ada"}):
        assert wide.client.put(path, headers=wide.token("ben"), json=sent).status_code == 422
    other = path.replace("programme_review", "anything")
    assert wide.client.put(other, headers=wide.token("ben"), json={"allowed": True}).status_code == 422


def test_withdrawing_session_prep_closes_the_notes_to_the_other(wide: Service) -> None:
    assert wide.browser("ben").post("/privacy/consents/session_prep", {"word": "withdraw"}).status_code == 303
    assert wide.client.post("/api/v1/pairs/p1/drafts", headers=wide.token("ada"), json={}).status_code == 403


def test_a_token_is_shown_once_listed_without_its_secret_and_taken_back(wide: Service) -> None:
    browser = wide.browser("ada")
    page = browser.post("/privacy/tokens", {"label": "laptop script", "days": "7"})
    secret = page.text.split("<code>coach_")[1].split("<")[0]
    assert page.headers["cache-control"] == "no-store"
    headers = {"Authorization": f"Bearer coach_{secret}"}
    assert wide.client.get("/api/v1/me", headers=headers).json()["scopes"] == ["read"]
    again = browser.get("/privacy").text
    assert "laptop script" in again
    assert secret not in again
    listed = wide.client.get("/api/v1/me/tokens", headers=headers).json()["items"]
    (mine,) = [each for each in listed if each["label"] == "laptop script"]
    assert browser.post(f"/privacy/tokens/{mine['id']}/revoke").status_code == 303
    assert wide.client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_makes_no_other_and_nobody_takes_back_anothers(wide: Service) -> None:
    headers = wide.token("ada")
    assert wide.client.post("/api/v1/me/tokens", headers=headers, json={}).status_code == 403
    session = wide.browser("ada").secret
    cookie = {"Cookie": f"{SESSION}={session}", "X-CSRF-Token": csrf_of(session)}
    made = wide.client.post("/api/v1/me/tokens", headers=cookie, json={"scopes": ["read", "write"], "days": 1})
    assert made.status_code == 201
    path = f"/api/v1/me/tokens/{made.json()['id']}"
    assert wide.client.delete(path, headers=wide.token("ben")).status_code == 404
    assert wide.client.delete(path, headers=headers).status_code == 204
    bad: list[dict[str, object]] = [
        {"days": 0}, {"days": 366}, {"label": "x" * 41}, {"label": "<b>"}, {"scopes": ["feed"]}, {"scopes": []},
        {"person": "ben"},
    ]  # fmt: skip
    for sent in bad:
        assert wide.client.post("/api/v1/me/tokens", headers=cookie, json=sent).status_code == 422
