"""A real browser on a real service: Chromium by Playwright, the service as a process on a free loopback port."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDTHS: Final = (360, 1280, 2560)
SCHEMES: Final[tuple[Any, ...]] = ("light", "dark")


def chromium() -> str | None:
    """Where Chromium is, if it is there."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class Site:
    """The service's address and the owner's link."""

    base: str
    link: str


@contextmanager
def served(home: Path, *, log: Path) -> Generator[Site]:
    """The service over a home until the block ends; it must end in peace."""
    with log.open("w", encoding="utf-8") as told:
        command = [sys.executable, "-P", "-m", "server", "--home", str(home), "http", "--port", "0"]
        environment = {**os.environ, "COACH_ENGINE": "rules"}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True, env=environment)
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Open http://127.0.0.1:"), log.read_text("utf-8")
            link = line.split()[1]
            yield Site(link.partition("/sign-in/")[0], link)
        finally:
            process.terminate()
            process.wait(30)
            if process.stdout is not None:
                process.stdout.close()


@contextmanager
def browser() -> Generator[Browser]:
    """A headless Chromium."""
    path = chromium()
    assert path is not None
    with sync_playwright() as playwright:
        # no sandbox: CI runs as root, and the pages are our own
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@dataclass(frozen=True, slots=True)
class Seat:
    """A browser window in which the owner has signed in."""

    context: BrowserContext
    page: Page
    site: Site
    problems: list[str]

    def look_as(self, person: str) -> None:
        """Go on as somebody."""
        self.page.goto(f"{self.site.base}/start")
        self.page.locator(f'form:has(input[value="{person}"]) button').click()
        self.page.wait_for_url(f"{self.site.base}/")

    def open(self, path: str) -> None:
        """Open a page; it must answer."""
        answer = self.page.goto(f"{self.site.base}{path}")
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        self.settled()

    def settled(self) -> None:
        """Wait until nothing on the page is still being worked on: it loads itself anew when that ends."""
        self.page.wait_for_selector("[data-job]", state="detached", timeout=60_000)
        self.page.wait_for_load_state()

    def violations(self) -> list[str]:
        """What axe finds wrong with the page at hand."""
        axe: Any = Axe()
        found: list[dict[str, Any]] = axe.run(self.page).response["violations"]
        return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]

    def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"))


def seat(started: Browser, site: Site, *, owner: str) -> Seat:
    """A window with the owner's session; anything on the console or foreign to this host is a problem."""
    context = started.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": "coach_owner", "value": owner, "url": site.base, "httpOnly": True}])
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((site.base, "data:")) else problems.append(sent.url))
    return Seat(context, page, site, problems)
