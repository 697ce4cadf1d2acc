"""A pair's notes on their pages: a note goes from paste to kept and out again without a script; the shelf forgets."""

from __future__ import annotations

import re
from dataclasses import replace
from time import monotonic, sleep

import pytest

from copilot.errors import NotFound
from copilot.previewing import preview
from copilot.sent_notes import Sent
from guards.access import WriteNotes, authorize
from server.notes.shelf import EACH, SECONDS, Shelf
from tests.server.conftest import Browser, Service

PAGE = "/pairs/p1/notes"
NOTE = """Date: 2026-09-28

Objective: agree the <script>alert(1)</script> pilot.
Artifacts: the sheet.
Decisions: two people label.
Commitments:
- Ben: I'll try to ask Sam about quizzaciously odd figures.

I want to end my life.
"""


def looked(browser: Browser, text: str = NOTE) -> str:
    went = browser.post(f"{PAGE}/preview", {"text": text, "title": "", "day": "", "kind": ""})
    assert went.status_code == 303, went.text
    return went.headers["location"]


def until_kept(browser: Browser, at: str) -> str:
    until = monotonic() + 20
    while "data-job" in (page := browser.get(at).text) and monotonic() < until:
        sleep(0.02)
    return page


def test_a_note_goes_from_paste_to_kept_and_out_again(service: Service) -> None:
    browser = service.browser("ada")
    at = looked(browser)
    page = browser.get(at).text
    assert "2 names masked" in page
    assert "1 field missing" in page
    assert "held back: crisis" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    promise = next(iter(re.findall(r'name="is-([0-9a-f]{16})"', page)))
    sent = {
        "field-escalations": "none",
        f"is-{promise}": "yes",
        f"owner-{promise}": "ada",
        f"due-{promise}": "2026-10-09",
    }
    again = browser.post(f"{at}/fields", sent)
    assert "field missing" not in browser.get(again.headers["location"]).text
    went = browser.post(f"{again.headers['location']}/keep", sent)
    page = until_kept(browser, went.headers["location"])
    assert "1 promise confirmed" in page
    assert "Help" in page  # the fixed card
    assert browser.get(again.headers["location"]).status_code == 404  # the shelf let it go
    listed = browser.get(PAGE).text
    document = re.findall(rf"{PAGE}/([0-9a-f]{{20}})", listed)[0]
    one = browser.get(f"{PAGE}/{document}").text
    assert "<mark>person" in one
    assert "Ben Carter" not in one
    gone = browser.post(f"{PAGE}/{document}/withdraw")
    assert gone.headers["location"] == f"{PAGE}?said=withdrawn"
    assert browser.get(f"{PAGE}/{document}").status_code == 404
    assert document not in browser.get(gone.headers["location"]).text


def test_what_cannot_be_taken_is_said_beside_the_text(service: Service) -> None:
    got = service.browser("ben").post(f"{PAGE}/preview", {"text": "Words & <b>no day</b>", "day": "soon"})
    assert got.status_code == 422
    assert "That is no date" in got.text
    assert "Words &amp; &lt;b&gt;no day&lt;/b&gt;" in got.text


def test_forms_from_elsewhere_change_nothing(service: Service) -> None:
    browser = service.browser("ada")
    at = looked(browser)
    paths = (f"{PAGE}/preview", f"{at}/keep", f"{at}/fields", f"{at}/discard", f"{PAGE}/{'0' * 20}/withdraw")
    assert {browser.post(path, {"text": NOTE}, csrf="").status_code for path in paths} == {403}
    assert browser.get(at).status_code == 200


def test_a_preview_is_its_senders_alone(service: Service) -> None:
    at = looked(service.browser("ada"))
    assert service.browser("ben").get(at).status_code == 404
    assert service.browser("ben").post(f"{at}/keep").status_code == 404
    assert service.browser("sam").get(at).status_code == 403
    assert "quizzaciously" not in service.browser("sam").get(PAGE).text


def test_an_owner_who_is_nobody_is_said(service: Service) -> None:
    browser = service.browser("ada")
    at = looked(browser)
    promise = re.findall(r'name="is-([0-9a-f]{16})"', browser.get(at).text)[0]
    got = browser.post(f"{at}/keep", {f"is-{promise}": "yes", f"owner-{promise}": "<script>"})
    assert got.status_code == 422
    assert "Nobody of the programme" in got.text
    assert "quizzaciously" not in browser.get(PAGE).text


def test_nothing_is_kept_of_what_was_discarded(service: Service) -> None:
    browser = service.browser("ada")
    at = looked(browser)
    assert browser.post(f"{at}/discard").headers["location"] == f"{PAGE}?said=discarded"
    assert browser.get(at).status_code == 404
    assert "2026-09-28" not in browser.get(PAGE).text


def test_the_shelf_forgets_by_age_and_number(service: Service) -> None:
    grant = authorize(service.copilot.person("ada"), WriteNotes, "p1")
    seen = preview(service.copilot, Sent(NOTE.encode()), grant=grant)
    now = [0.0]
    shelf = Shelf(clock=lambda: now[0])
    held = [shelf.put(replace(seen), person="ada").id for _ in range(EACH + 1)]
    with pytest.raises(NotFound):
        shelf.of("ada", "p1", held[0])
    assert shelf.of("ada", "p1", held[-1]).preview == seen
    for person, pair in (("ben", "p1"), ("ada", "p2")):
        with pytest.raises(NotFound):
            shelf.of(person, pair, held[-1])
    now[0] = SECONDS + 1
    with pytest.raises(NotFound):
        shelf.of("ada", "p1", held[-1])
