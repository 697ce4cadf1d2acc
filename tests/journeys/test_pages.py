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
    "ada": ["/", "/pairs/p1/prep"],
    "ben": ["/", "/pairs/p1/prep"],
    "sam": ["/"],
    "lea": ["/"],
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
