"""Session preps over HTTP: the shape of the command, for the pair and for nobody else."""

from __future__ import annotations

import time

import pytest

from tests.server.conftest import Service


def test_a_prep_has_the_shape_that_others_script_against(service: Service) -> None:
    made = service.client.post("/api/v1/pairs/p1/drafts", headers=service.token("ada"), json={"date": "2026-09-28"})
    assert made.status_code == 201
    draft = made.json()
    assert len(draft["boxes"]) == 6
    assert draft["date"] == "2026-09-28"
    again = service.client.get(made.headers["location"], headers=service.token("ben"))
    assert again.json()["draft"] == draft["draft"]


def test_the_note_line_behind_an_item(service: Service) -> None:
    draft = service.client.post("/api/v1/pairs/p1/drafts", headers=service.token("ada"), json={}).json()
    fact = next(item for box in draft["boxes"] for item in box["items"] if item["citations"])
    path = f"/api/v1/pairs/p1/drafts/{draft['draft']}/items/{fact['id']}/why"
    lines = service.client.get(path, headers=service.token("ada")).json()["lines"]
    assert any(line.startswith(">") or "programme" in line for line in lines)
    assert service.client.get(path.replace(fact["id"], "99.9"), headers=service.token("ada")).status_code == 404


def test_neither_sponsor_nor_stranger_gets_a_prep(service: Service) -> None:
    draft = service.client.post("/api/v1/pairs/p1/drafts", headers=service.token("ada"), json={}).json()["draft"]
    for path in (f"/api/v1/pairs/p1/drafts/{draft}", f"/pairs/p1/prep/{draft}", "/pairs/p1/prep"):
        assert service.client.get(path, headers=service.token("sam")).status_code == 403
    assert service.client.get(f"/api/v1/pairs/p2/drafts/{draft}", headers=service.token("ada")).status_code == 403


def test_the_page_shows_every_line_with_its_note(service: Service) -> None:
    browser = service.browser("ada")
    page = browser.get(browser.get("/pairs/p1/prep", follow=False).headers["location"])
    assert page.status_code == 200
    assert "Ben Carter" in page.text
    assert "&lt;PERSON" not in page.text
    assert page.text.count('class="box"') == 6


def test_a_model_drafts_in_a_job_that_tells_what_it_words(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def endpoint(_self: object, _pair: str) -> str:
        return "endpoint"

    monkeypatch.setattr(type(service.copilot), "engine_name", endpoint)
    ada = service.browser("ada")
    waiting = ada.get("/pairs/p1/prep", follow=False).headers["location"]
    assert waiting.startswith("/pairs/p1/prep/being-drafted/")
    until = time.monotonic() + 20
    while (answer := ada.get(waiting, follow=False)).status_code != 303 and time.monotonic() < until:
        assert answer.status_code == 200
        time.sleep(0.05)
    page = ada.get(answer.headers["location"])
    assert page.status_code == 200
    # the job is its person's alone, also for the other of the pair
    assert service.browser("ben").get(waiting, follow=False).status_code == 404
