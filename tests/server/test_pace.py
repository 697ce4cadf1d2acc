"""Rates, repeated writes and ETags."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from server.app import create_app
from server.limits import Limits, Rates
from server.once import Once
from server.problems import Conflict, Refused
from tests.copilot.cli.home import filled
from tests.server.conftest import Service


def test_one_person_too_fast_costs_nobody_else_anything() -> None:
    limits = Limits(Rates(reads=3, writes=2))
    for _ in range(3):
        limits.count("ada", writes=False)
    with pytest.raises(Refused) as refused:
        limits.count("ada", writes=False)
    assert refused.value.status == 429
    assert 1 <= int(refused.value.headers["Retry-After"]) <= 60
    limits.count("ben", writes=False)
    limits.count("ada", writes=True)


def test_guessing_is_stopped_and_the_right_token_does_not_wait(tmp_path: Path) -> None:
    with filled(tmp_path).copilot() as copilot:
        app = create_app(copilot, hosts=("testserver",), warm=False, rates=Rates(strangers=3))
        with TestClient(app) as client:
            service = Service(copilot, client)
            good = service.token("ada")
            assert client.get("/api/v1/me", headers=good).status_code == 200
            for _ in range(3):
                assert client.get("/api/v1/me", headers={"Authorization": "Bearer coach_x"}).status_code == 401
            assert client.get("/api/v1/me", headers={"Authorization": "Bearer coach_x"}).status_code == 429
            assert client.post(f"/sign-in/{'x' * 49}").status_code == 429
            assert client.get("/api/v1/me", headers=good).status_code == 200


def test_a_write_sent_twice_is_done_once(service: Service) -> None:
    headers = {**service.token("ada"), "Idempotency-Key": "monday-1"}
    first = service.client.post("/api/v1/pairs/p1/drafts", headers=headers, json={"date": "2026-09-28"})
    before = len(Path(service.copilot.home.path / "audit.jsonl").read_bytes().splitlines())
    second = service.client.post("/api/v1/pairs/p1/drafts", headers=headers, json={"date": "2026-09-28"})
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert second.headers["location"] == first.headers["location"]
    assert second.headers["idempotency-replayed"] == "true"
    assert len(Path(service.copilot.home.path / "audit.jsonl").read_bytes().splitlines()) == before
    other = service.client.post("/api/v1/pairs/p1/drafts", headers=headers, json={"date": "2026-10-05"})
    assert other.status_code == 422
    # somebody else's key of the same name is their own, and what was refused may be sent again
    theirs = service.client.post(
        "/api/v1/pairs/p1/drafts", headers={**headers, **service.token("ben")}, json={"date": "2026-10-05"}
    )
    assert theirs.status_code == 201


def test_a_repetition_passes_the_checks_again(service: Service) -> None:
    headers = {**service.token("ada"), "Idempotency-Key": "monday-2"}
    assert service.client.post("/api/v1/pairs/p1/drafts", headers=headers, json={}).status_code == 201
    sponsor = {**service.token("sam"), "Idempotency-Key": "monday-2"}
    assert service.client.post("/api/v1/pairs/p1/drafts", headers=sponsor, json={}).status_code == 403


def test_the_first_must_end_before_the_second_is_answered() -> None:
    clock = [0.0]
    once = Once(clock=lambda: clock[0])
    assert once.begin(("ada", "k"), "asked") is None
    with pytest.raises(Conflict):
        once.begin(("ada", "k"), "asked")
    once.finish(("ada", "k"), "answer", {})
    found = once.begin(("ada", "k"), "asked")
    assert found is not None
    assert found.value == "answer"
    clock[0] = 25 * 3600.0
    assert once.begin(("ada", "k"), "asked") is None


def test_what_has_not_changed_is_not_sent_again(service: Service) -> None:
    headers = service.token("ada")
    first = service.client.get("/api/v1/me", headers=headers)
    again = service.client.get("/api/v1/me", headers={**headers, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = service.client.get("/api/v1/me", headers={**service.token("ben"), "If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
