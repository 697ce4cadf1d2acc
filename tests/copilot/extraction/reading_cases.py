"""Runs a labelled case: text in, promises out, over the roster-only double."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from copilot.engines.protocol import Found, SessionTask, SessionWording, Told, Usage
from copilot.extraction import PeopleView, read_mentions
from copilot.ledger import fold
from copilot.mentions import Commitment, Mention
from guards.access import Lane
from guards.roster import Roster, RosterPerson
from guards.text import RawText, RedactedText, mint_redacted
from knowledge.note_template import parse_note
from knowledge.passages import DocumentKind, RedactedDocument, RedactedLine
from tests.doubles.redaction import MemoryVault, RosterRedactor

ON = date(2026, 9, 14)
ROSTER = Roster(
    (
        RosterPerson("ada", "Ada Nwosu"),
        RosterPerson("ben", "Ben Carter"),
        RosterPerson("sam", "Sam Reyes"),
        RosterPerson("lin", "Lin Wei"),
        RosterPerson("priya", "Priya Raman"),
    )
)


class SilentEngine:
    """The rules engine's answers: none."""

    name = "rules"
    model = "double"
    words_freely = False

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        return ()

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        return None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        return None

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        return None

    def usage(self) -> Usage:
        return Usage()


def document(text: str, vault: MemoryVault, *, on: date = ON, name: str = "note.md") -> RedactedDocument:
    redacted = RosterRedactor().redact([RawText(text)], vault=vault)[0].text
    lines = tuple(RedactedLine(line, n, n) for n, line in enumerate(redacted.lines(), 1))
    return RedactedDocument(
        name, "v1", vault.pair, Lane.CONVERSATION, DocumentKind.NOTE, on, mint_redacted(name), lines
    )


def mentions(text: str, *, on: date = ON, roster: Roster = ROSTER) -> tuple[Mention, ...]:
    vault = MemoryVault("ada-ben", roster)
    people = PeopleView(vault.person_of, "ada", "ben", "sam")
    note = document(text, vault, on=on)
    return read_mentions(note, fields=parse_note(note), passages=(), people=people, engine=SilentEngine())


def commitments(text: str, *, on: date = ON) -> tuple[Commitment, ...]:
    return fold(mentions(text, on=on), (), (), as_of=on)


def cases(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "cases" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
