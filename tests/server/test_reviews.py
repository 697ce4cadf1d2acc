"""The review queue over HTTP: who judges what, a decision with its reason, nothing of a note to L&D."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from copilot.flags.flag import FlagKind
from copilot.reviewing import enqueue
from guards.consent import Purpose
from guards.text import mint_redacted
from tests.doubles.reviews import finding
from tests.server.conftest import Service
from tests.server.wider import INSIDE, allow, nothing_inside, widened

DAY = date(2026, 11, 20)


@pytest.fixture
def wide(tmp_path: Path) -> Iterator[Service]:
    with widened(tmp_path) as service:
        own = finding("bbbb2222", FlagKind.TICKBOX, pair="p1", day=DAY)
        quoting = mint_redacted("+1.0 heliotrope lanterns were bought for the label room")
        markup = mint_redacted("+0.5 <script>alert(1)</script>")
        assert enqueue(
            service.copilot,
            [
                replace(finding("aaaa1111", pair="p1", day=DAY), evidence=(quoting, markup)),
                finding("cccc3333", FlagKind.BLOCKER, pair="p1", day=DAY, category="data_access"),
                own,
            ],
        )
        yield service


def ids(service: Service, person: str, query: str = "") -> set[str]:
    found = service.client.get(f"/api/v1/reviews{query}", headers=service.token(person))
    assert found.status_code == 200
    return {each["id"] for each in found.json()["items"]}


def test_each_role_judges_its_own_cards(wide: Service) -> None:
    assert ids(wide, "lou") == set()
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    assert ids(wide, "lou") == {"aaaa1111", "cccc3333"}
    assert ids(wide, "ada") == ids(wide, "ben") == {"bbbb2222"}
    for person in ("sam", "cara", "dan"):
        assert ids(wide, person) == set()


def test_pages_of_the_queue_together_are_the_queue(wide: Service) -> None:
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    first = wide.client.get("/api/v1/reviews?limit=1", headers=wide.token("lou")).json()
    second = wide.client.get(f"/api/v1/reviews?limit=1&cursor={first['next']}", headers=wide.token("lou")).json()
    assert [each["id"] for page in (first, second) for each in page["items"]] == ["aaaa1111", "cccc3333"]
    assert second["next"] is None


@pytest.mark.parametrize(("person", "card"), [("sam", "aaaa1111"), ("ada", "aaaa1111"), ("cara", "bbbb2222"),
                                              ("lou", "bbbb2222")])  # fmt: skip
def test_what_is_not_theirs_reads_as_unknown(wide: Service, person: str, card: str) -> None:
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    said = {"event": "confirm", "reason": "x"}
    for path in (f"/api/v1/reviews/{card}", f"/review/{card}"):
        hidden, unknown = (
            wide.client.get(each, headers={**wide.token(person), "Accept": "application/json"})
            for each in (path, path.replace(card, "dddd4444"))
        )
        assert (hidden.status_code, hidden.text) == (404, unknown.text)
    assert wide.client.post(f"/api/v1/reviews/{card}/words", headers=wide.token(person), json=said).status_code == 404
    assert wide.browser(person).post(f"/review/{card}", said).status_code == 404


def test_a_decision_needs_a_reason_and_is_kept_masked(wide: Service) -> None:
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    headers, path = wide.token("lou"), "/api/v1/reviews/aaaa1111/words"
    for reason in ("", "   ", "x" * 501):
        sent = {"event": "dismiss", "reason": reason}
        assert wide.client.post(path, headers=headers, json=sent).status_code == 422
    for sent in (
        {"event": "raised", "reason": "x"},
        {"event": "dismiss"},
        {"event": "dismiss", "reason": "x", "by": 1},
    ):
        assert wide.client.post(path, headers=headers, json=sent).status_code == 422
    sent = {"event": "dismiss", "reason": "Ada Nwosu met him on site"}
    after = wide.client.post(path, headers=headers, json=sent)
    assert (after.status_code, after.json()["state"]) == (201, "dismissed")
    assert "Nwosu" not in after.text
    assert wide.client.post(path, headers=headers, json={"event": "confirm", "reason": "x"}).status_code == 422
    assert ids(wide, "lou", "?state=dismissed") == {"aaaa1111"}


def test_in_the_page_a_decision_is_one_form_and_needs_its_token(wide: Service) -> None:
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    browser = wide.browser("lou")
    said = {"event": "dismiss", "reason": "Met elsewhere and not logged."}
    assert browser.post("/review/aaaa1111", said, csrf="0" * 64).status_code == 403
    assert browser.post("/review/aaaa1111", {"event": "dismiss", "reason": " "}).status_code == 422
    done = browser.post("/review/aaaa1111", said)
    assert (done.status_code, done.headers["location"]) == (303, "/review?said=dismiss")
    assert "dismissed" in browser.get(done.headers["location"]).text
    card = browser.get("/review/aaaa1111").text
    assert "Met elsewhere" in card
    assert "Reopen" in card
    assert "Lou Marsh" in card


def test_lnd_reads_no_word_of_a_note_and_no_markup_runs(wide: Service) -> None:
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    browser, headers = wide.browser("lou"), wide.token("lou")
    pages = [browser.get(path).text for path in ("/review", "/review/aaaa1111", "/review/cccc3333")]
    answers = [wide.client.get(f"/api/v1/reviews{each}", headers=headers).text for each in ("", "/aaaa1111")]
    for text in [*pages, *answers]:
        assert nothing_inside(text), [each for each in INSIDE if each in text]
        assert "Carter" not in text
    assert not [each for each in pages if "<script>alert" in each]
    assert "&lt;script&gt;" in pages[1]
    assert "words of a note" in pages[1]


def test_opening_the_queue_looks_at_todays_record_once(wide: Service) -> None:
    """A home whose one pair met in September and never since has something to say by now."""
    allow(wide.copilot, Purpose.PROGRAMME_REVIEW, "ada", "ben", "cara", "dan")
    before = ids(wide, "lou")
    browser = wide.browser("lou")
    browser.get("/review")
    browser.get("/review")
    jobs = wide.client.app.state.jobs  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType, reportFunctionMemberAccess]
    mine = jobs.mine("lou", kind="flags")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    assert len(mine) == 1  # pyright: ignore[reportUnknownArgumentType]
    deadline = time.monotonic() + 20
    while not mine[0].ended and time.monotonic() < deadline:  # pyright: ignore[reportUnknownMemberType]
        time.sleep(0.02)
    assert mine[0].result["new"] > 0, mine[0].problem  # pyright: ignore[reportUnknownMemberType]
    assert ids(wide, "lou") > before
    assert nothing_inside(browser.get("/review").text)


def test_a_sponsor_finds_an_empty_queue_and_starts_no_look(wide: Service) -> None:
    page = wide.browser("sam").get("/review")
    assert page.status_code == 200
    assert "Nothing here for you to judge" in page.text
    assert wide.client.post("/api/v1/reviews", headers=wide.token("sam")).status_code == 403
    assert wide.client.post("/api/v1/reviews", headers=wide.token("lou")).status_code == 202


@pytest.mark.parametrize("card", ["a", "x" * 81, "aaaa%00", "..%2f..", "<script>"])
def test_hostile_ids_are_refused(wide: Service, card: str) -> None:
    assert wide.client.get(f"/api/v1/reviews/{card}", headers=wide.token("lou")).status_code in {404, 422}
