"""Erasure over HTTP: one's own person, a pair by both of its people, anything by the home's owner, nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from copilot import erasure_asking
from copilot.erasure_records import Target
from copilot.tokens import TokenKind, issue
from guards.errors import NotPermitted
from server.auth import CSRF_FIELD, OWNER, OWNER_SESSION, csrf_of
from tests.server.conftest import BOTH, Service
from tests.server.wider import INSIDE, widened


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Service]:
    with widened(tmp_path) as service:
        yield service


def until_erased(service: Service, path: str) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page = service.client.get(path, headers={"Accept": "text/html"})
        assert page.status_code == 200
        if "Erasing" not in page.text:
            return page.text
        time.sleep(0.05)
    raise AssertionError("the erasure did not end")


THEIRS = (("sam", "pair", "p1"), ("lou", "pair", "p1"), ("cara", "pair", "p1"), ("ada", "pair", "nope"),
          ("ada", "person", "ben"), ("lou", "person", "ada"), ("ada", "person", "nope"))  # fmt: skip


def test_nobody_erases_what_is_not_theirs(wide: Service) -> None:
    for person, kind, of in THEIRS:
        refused(wide, person, kind, of)
    assert wide.copilot.programme().pair("p1") is not None


def refused(wide: Service, person: str, kind: str, of: str) -> None:
    sent = {"kind": kind, "id": of, "confirm": of}
    found = wide.client.post("/api/v1/me/erasures", headers=wide.token(person), json=sent)
    assert found.status_code == 403
    assert wide.browser(person).get(f"/privacy/erase?kind={kind}&id={of}").status_code == 403
    form = {"kind": kind, "id": of, "typed": of}
    assert wide.browser(person).post("/privacy/erase", form).status_code == 403


def test_what_is_typed_must_be_the_id(wide: Service) -> None:
    for typed in ("", "p2", "P1", "x" * 65):
        sent = {"kind": "pair", "id": "p1", "confirm": typed}
        assert wide.client.post("/api/v1/me/erasures", headers=wide.token("ada"), json=sent).status_code == 422
    assert wide.client.get("/api/v1/me/erasures", headers=wide.token("ada")).json() == []


def test_a_pair_is_erased_when_both_ask_and_the_certificate_is_shown(wide: Service) -> None:
    ada, ben = wide.browser("ada"), wide.browser("ben")
    form = {"kind": "pair", "id": "p1", "typed": "p1"}
    assert ada.post("/privacy/erase", form, csrf="0" * 64).status_code == 403
    assert ada.post("/privacy/erase", form).headers["location"] == "/privacy?said=asked#erase"
    assert ada.post("/privacy/erase", form).headers["location"] == "/privacy?said=asked#erase"  # twice is once
    assert "Ada Nwosu asked" in ben.get("/privacy").text
    assert "waits for Ben Carter" in ada.get("/privacy").text
    assert wide.client.get("/api/v1/me/erasures", headers=wide.token("cara")).json() == []
    done = ben.post("/privacy/erase", form)
    page = until_erased(wide, done.headers["location"])
    assert "<h1>Erased</h1>" in page
    assert "found 0" in page
    assert not [each for each in (*INSIDE, "Carter", "Nwosu", "p1") if each in page.partition("<main")[2]]
    assert wide.copilot.programme().pair("p1") is None
    assert wide.client.get("/api/v1/me/erasures", headers=wide.token("ada")).json() == []


def test_a_first_word_is_taken_back_and_ends_by_itself(wide: Service) -> None:
    sent = {"kind": "pair", "id": "p1", "confirm": "p1"}
    first = wide.client.post("/api/v1/me/erasures", headers=wide.token("ada"), json=sent).json()["asked"]
    assert (first["by"], first["waits_for"]) == ("ada", "ben")
    assert date.fromisoformat(first["until"]) - date.fromisoformat(first["date"]) == timedelta(days=14)
    assert wide.client.delete("/api/v1/me/erasures/p1", headers=wide.token("sam")).status_code == 403
    assert wide.browser("ben").post("/privacy/erase/p1/take-back").status_code == 303
    assert wide.client.delete("/api/v1/me/erasures/p1", headers=wide.token("ada")).status_code == 404
    old = (wide.copilot.today - timedelta(days=15)).isoformat()
    (wide.copilot.home.path / "erasures-asked.json").write_text(f'{{"p1": ["ada", "{old}"]}}', "utf-8")
    assert erasure_asking.ask(wide.copilot, Target("pair", "p1"), by="ben", typed="p1") is not None


def test_ones_own_person_is_erased_and_signed_out(wide: Service) -> None:
    ben = wide.browser("ben")
    assert "signed out" in ben.get("/privacy/erase?kind=person&id=ben").text
    done = ben.post("/privacy/erase", {"kind": "person", "id": "ben", "typed": "ben"})
    page = until_erased(wide, done.headers["location"])
    assert "<h1>Erased</h1>" in page
    assert ben.get("/privacy").status_code == 401
    assert "Carter" not in wide.browser("ada").get("/pairs/p1/prep").text
    with pytest.raises(NotPermitted):
        erasure_asking.ask(wide.copilot, Target("person", "ben"), by="ada", typed="ben")


def test_the_owner_erases_what_they_are_asked_to(wide: Service) -> None:
    made = issue(wide.copilot.tokens, person=OWNER, kind=TokenKind.SESSION, scopes=BOTH, now=datetime.now(UTC))
    headers = {"Cookie": f"{OWNER_SESSION}={made.secret}", "Accept": "text/html"}
    assert "p2" in wide.client.get("/start/erase", headers=headers).text
    form = {"kind": "pair", "id": "p2", "typed": "p2", CSRF_FIELD: csrf_of(made.secret)}
    wrong = wide.client.post("/start/erase", data={**form, "typed": "p1"}, headers=headers, follow_redirects=False)
    assert wrong.status_code == 422
    assert wide.browser("ada").post("/start/erase", {"kind": "pair", "id": "p2", "typed": "p2"}).status_code == 401
    done = wide.client.post("/start/erase", data=form, headers=headers, follow_redirects=False)
    assert "<h1>Erased</h1>" in until_erased(wide, done.headers["location"])
    assert wide.copilot.programme().pair("p2") is None


def test_a_made_up_address_of_a_certificate_shows_nothing(wide: Service) -> None:
    assert wide.client.get("/erasures/abcdefgh12345678", headers={"Accept": "text/html"}).status_code == 404
