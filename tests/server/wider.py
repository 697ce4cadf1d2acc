"""A wider home for what L&D and sponsors see: two pairs, somebody of L&D, a note with words that must stay inside."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fastapi.testclient import TestClient

from copilot.bootstrap import Copilot
from guards.consent import ConsentWord, Purpose
from server.app import create_app
from tests.copilot.cli.home import PROGRAMME, filled, read
from tests.server.conftest import Service

INSIDE = ("heliotrope lanterns", "zanzibar ferries")
"""Words of a note of p1, the second of a passage that is held back."""
NOTE = """# 28 Sept

- <script>alert("heliotrope lanterns")</script> **bold** heliotrope lanterns were bought for the label room.
- Off the record: Ben is afraid of the zanzibar ferries and wants out.
- The DPIA is unsigned, Ben waits for the privacy review before heliotrope lanterns can be lit.
"""
MORE = """people:
  - {id: lou, name: Lou Marsh, roles: [lnd]}
  - {id: cara, name: Cara Lindqvist, roles: [mentor_coach]}
  - {id: dan, name: Dan Okoro, roles: [mentee]}"""
PAIR = """pairs:
  - {id: p2, mentor: cara, mentee: dan, sponsor: sam, kpi: lead-time, started: 2026-09-07}"""
STRANGERS = ("cara", "dan")


@contextmanager
def widened(folder: Path) -> Generator[Service]:
    """The service over that home."""
    run = filled(folder)
    programme = folder / "notes" / "programme.yaml"
    text = PROGRAMME.replace("people:", MORE, 1).replace("pairs:", PAIR, 1)
    programme.write_text(text, "utf-8")
    (folder / "notes" / "p1" / "2026-09-28.md").write_text(NOTE, "utf-8")
    read(run, folder / "notes")
    with run.copilot() as copilot, TestClient(create_app(copilot, hosts=("testserver",), warm=False)) as client:
        yield Service(copilot, client)


def allow(copilot: Copilot, purpose: Purpose, *people: str) -> None:
    """Let people consent."""
    for each in people:
        copilot.record.consents.append(ConsentWord(each, purpose, True, datetime.now(UTC)))


def nothing_inside(text: str) -> bool:
    """Whether an answer holds no word of the note."""
    return not any(each in text for each in INSIDE) and "heliotrope" not in text and "DPIA" not in text
