"""Each user's way through the pages in a real Chromium, with axe; skipped in one clear line where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.api_schema import build
from copilot.tokens import Scope, TokenKind, issue
from server.auth import OWNER
from tests.doubles.redaction import RosterRedactor
from tests.journeys.browsing import SCHEMES, WIDTHS, Seat, browser, chromium, seat, served

pytestmark = [
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: the pages were not tried (install chromium)"),
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("browser"),
]
PAGES = {
    "ada": ["/", "/pairs/p1/prep", "/pairs/p1/commitments", "/pairs/p1/notes", "/review", "/privacy"],
    "ben": ["/", "/commitments", "/pairs/p1/prep", "/feeds"],
    "sam": ["/", "/sponsor"],
    "lea": ["/", "/review", "/programme", "/evals", "/privacy"],
}


@pytest.fixture(scope="module")
def started() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def seated(started: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    folder: Path = tmp_path_factory.mktemp("pages")
    with build(folder, redactor=RosterRedactor()) as copilot:
        scopes = frozenset({Scope.READ, Scope.WRITE})
        owner = issue(copilot.tokens, person=OWNER, kind=TokenKind.SESSION, scopes=scopes, now=datetime.now(UTC))
    with served(folder / "home", log=folder / "log.txt") as site:
        yield seat(started, site, owner=owner.secret)


@pytest.mark.parametrize("person", PAGES)
def test_a_persons_pages_hold_at_every_width_and_in_both_themes(seated: Seat, person: str) -> None:
    seated.look_as(person)
    for path in PAGES[person]:
        seated.open(path)
        for scheme in SCHEMES:
            seated.page.emulate_media(color_scheme=scheme)
            assert seated.violations() == [], (person, path, scheme)
        for width in WIDTHS:
            seated.page.set_viewport_size({"width": width, "height": 900})
            assert not seated.overflows(), (person, path, width)
        seated.page.set_viewport_size({"width": 1280, "height": 900})
    assert seated.problems == []


def test_the_keyboard_alone_reaches_the_note_behind_a_line(seated: Seat) -> None:
    seated.look_as("ada")
    seated.open("/pairs/p1/prep")
    for _ in range(40):
        seated.page.keyboard.press("Tab")
        if seated.page.evaluate("document.activeElement.classList.contains('mark-note')"):
            break
    seated.page.keyboard.press("Enter")
    assert "#note-" in seated.page.url


def test_a_coachs_week(seated: Seat) -> None:
    seated.look_as("ada")
    page = seated.page
    page.get_by_role("link", name="Session prep").first.click()
    first = page.locator("li.line").first
    struck = first.inner_text().splitlines()[0][:30]
    first.get_by_role("button", name="Strike").click()
    assert page.locator("del, .struck").first.is_visible()
    assert struck in page.content()
    page.goto(f"{seated.site.base}/pairs/p1/notes")
    page.locator("textarea").first.fill("Ben will label 50 more claims by Friday. Call me on +44 20 7946 0958.")
    page.locator("input[type=date]").first.fill("2026-09-21")
    page.get_by_role("button", name="See what would be kept").click()
    assert "7946" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Keep this note").click()
    page.wait_for_selector("dt:has-text('Passages')", timeout=60_000)
    assert seated.problems == []


def test_a_mentee_shares_one_line_and_the_sponsor_sees_that_one(seated: Seat) -> None:
    seated.look_as("sam")
    seated.open("/sponsor")
    assert "Label 200" not in seated.page.locator("main").inner_text()
    seated.look_as("ben")
    seated.open("/commitments")
    seated.page.get_by_role("button", name="It stands").first.click()
    seated.page.get_by_role("button", name="Share with sponsor").first.click()
    seated.look_as("sam")
    seated.open("/sponsor")
    assert "Label 200" in seated.page.locator("main").inner_text()
    assert seated.problems == []
