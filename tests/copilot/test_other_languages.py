"""A note in another language is never half-masked: its words are kept nowhere and reach no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot import intake
from copilot.bootstrap import Overrides, bootstrap
from copilot.ingest import FileResult, Options
from guards.access import ReadConversation, authorize
from guards.language import WITHHELD
from tests.copilot.cli.home import PROGRAMME, HomeRun
from tests.copilot.test_sensitive_passages import RecordingEngine
from tests.doubles.redaction import RosterRedactor

NOTE = """# Session note

Ben will label 200 claims by Friday and asks the team for a second reviewer.

Herr Wackelzahn hat gesagt, dass die Schwelle noch nicht mit dem Vorstand abgestimmt ist.
Bis Freitag soll Frau Knusperkeks die Daten noch einmal mit ihm ansehen.

Next step is the demo for the claims team.
"""
GERMAN = ("Wackelzahn", "Knusperkeks", "Vorstand")


def ingested(folder: Path, note: str, programme: str = PROGRAMME) -> tuple[FileResult, list[str], list[str], bytes]:
    """The file's result, the record's lines, what the engine saw, and the bytes of the record."""
    notes = folder / "notes" / "p1"
    notes.mkdir(parents=True, exist_ok=True)
    (notes.parent / "programme.yaml").write_text(programme, encoding="utf-8")
    (notes / "2026-09-14.md").write_text(note, encoding="utf-8")
    engine = RecordingEngine("endpoint")
    settings = HomeRun(home=folder / "home").settings()
    with bootstrap(settings, overrides=Overrides(redactor=RosterRedactor(), engine=engine)) as copilot:
        (result,) = intake.run(copilot, intake.prepare(copilot, [folder / "notes"]), options=Options())
        reader = copilot.record.reader(authorize(copilot.principal("p1"), ReadConversation, "p1"))
        (document,) = reader.documents()
        lines = [str(each.text) for each in reader.lines(document.id, 1, 99)]
    written = b"".join(each.read_bytes() for each in (folder / "home").rglob("*") if each.is_file())
    return result, lines, engine.seen, written


def test_its_words_are_kept_nowhere_and_its_lines_are_told(tmp_path: Path) -> None:
    result, lines, seen, written = ingested(tmp_path, NOTE)
    assert [(each.first, each.last, each.kind) for each in result.held_lines] == [(5, 6, "another language")]
    assert lines[4:6] == [WITHHELD, WITHHELD]
    assert "label 200 claims" in lines[2]
    for word in GERMAN:
        assert word.encode() not in written
        assert not [text for text in seen if word in text]


def test_a_programme_may_allow_it_and_the_file_is_read_again(tmp_path: Path) -> None:
    ingested(tmp_path, NOTE)
    result, lines, _, _ = ingested(tmp_path, NOTE, f"{PROGRAMME}\nlanguages: [en, de]\n")
    assert (result.outcome.value, result.held_lines) == ("changed", ())
    assert "Vorstand" in lines[4]


@pytest.mark.parametrize("note", ["x", "42", "- CLM-12 F1 0.83"])
def test_lines_that_say_little_are_read(tmp_path: Path, note: str) -> None:
    result, lines, _, _ = ingested(tmp_path, f"We pick the bar for the pilot today.\n{note}\n")
    assert (result.held_lines, lines[1]) == ((), note)
