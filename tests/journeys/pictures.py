"""Makes the pictures of the README: the sample programme in a real browser, a picture for each user's place.

Not a test: ``make pictures`` runs it where there is a Chromium, and the pictures are committed.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from copilot.bootstrap import bootstrap
from copilot.demo import read_sample
from copilot.settings import Settings
from copilot.tokens import Scope, TokenKind, issue
from server.auth import OWNER
from tests.journeys.browsing import browser, seat, served

FOLDER: Final = Path("docs/pictures")
SHOTS: Final = (
    ("prep", "ada", "/pairs/ada-ben/prep"),
    ("notes", "ada", "/pairs/ada-ben/notes"),
    ("commitments", "ben", "/commitments"),
    ("sponsor", "samira", "/sponsor"),
    ("review", "meiling", "/review"),
    ("programme", "meiling", "/programme"),
    ("privacy", "ben", "/privacy"),
)
"""Name of the picture, whose place, and where it is."""


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        settings = Settings(home=home, engine="rules")
        read_sample(settings, told=_tell)
        with bootstrap(settings) as copilot:
            scopes = frozenset({Scope.READ, Scope.WRITE})
            owner = issue(copilot.tokens, person=OWNER, kind=TokenKind.SESSION, scopes=scopes, now=datetime.now(UTC))
        with browser() as started, served(home, log=Path(folder) / "log.txt") as site:
            for name, person, path in SHOTS:
                taken = seat(started, site, owner=owner.secret)
                taken.look_as(person)
                taken.open(path)
                taken.page.screenshot(path=FOLDER / f"{name}.png")
                taken.context.close()


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
