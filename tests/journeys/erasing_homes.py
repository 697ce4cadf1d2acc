"""Homes of the sample programme with quick doubles, for tests of forgetting: copied, so that each is made once."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.byte_scan import ByteScan, Needle
from copilot.composing import draft_for, rendered
from copilot.ingest import Options
from copilot.intake import prepare, run
from copilot.mentions import Decision, DecisionKind
from copilot.sample.build import build_sample
from copilot.settings import read_settings
from copilot.snapshot import Request
from guards.access import ReadConversation, WriteNotes, authorize
from guards.text import mint_redacted
from tests.copilot.extraction.reading_cases import SilentEngine
from tests.doubles.finding import HashEmbedder
from tests.doubles.redaction import RosterRedactor

DAY = date(2026, 10, 20)


def opened(home: Path) -> Copilot:
    overrides = Overrides(redactor=RosterRedactor(), embedder=HashEmbedder(), engine=SilentEngine())
    return bootstrap(read_settings(home=home), overrides=overrides)


def made(folder: Path) -> Path:
    """A home that has read the sample, drafted for every pair, and keeps a reason with a name in it."""
    notes = build_sample(folder / "notes").folder
    with opened(folder / "home") as copilot:
        assert not [each.problem for each in run(copilot, prepare(copilot, [notes]), options=Options()) if each.problem]
        for pair in copilot.programme().pairs:
            preps(copilot, pair.id)
        writer = copilot.record.writer(authorize(copilot.principal("ada-ben"), WriteNotes, "ada-ben"))
        at = datetime(2026, 10, 13, 9, tzinfo=UTC)
        reason = mint_redacted("Tomasz Wójcik asked for it")  # said before the roster knew him
        writer.append_decision(Decision("d1", "ada-ben", "none", DecisionKind.DROP, "ben", at, DAY, reason=reason))
    return folder / "home"


def copied(home: Path, to: Path) -> Path:
    shutil.copytree(home, to)
    return to


def preps(copilot: Copilot, pair: str) -> str:
    principal = copilot.principal(pair)
    draft = draft_for(copilot, Request(pair, DAY), principal=principal)
    return str(rendered(draft, form="text", reveal=copilot.reveal(pair, principal)))


def state(copilot: Copilot, pair: str) -> dict[str, object]:
    """Everything that a home holds and shows of a pair, in a form that compares."""
    reader = copilot.record.reader(authorize(copilot.principal(pair), ReadConversation, pair))
    assert copilot.index is not None
    return {
        "documents": reader.documents(),
        "passages": reader.all_passages(),
        "mentions": reader.mentions(),
        "decisions": reader.decisions(),
        "vectors": copilot.index.ids(pair),
        "words": reader.search_words("session review", 100),
        "prep": preps(copilot, pair),
    }


def in_bytes(home: Path, *forms: str) -> list[str]:
    """Files of a home in which one of the forms stands, in any encoding."""
    scan = ByteScan([Needle(form, exact=len(form) < 4, parts=True) for form in forms])
    return [path.name for path in home.rglob("*") if path.is_file() and scan.file(path).finds]
