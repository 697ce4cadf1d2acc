"""Signs of crisis in a note, through the whole product: the help card and nothing of the passage, for nobody."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from copilot import intake
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.cli.commitments import commitments
from copilot.cli.ingest import ingest
from copilot.cli.search import search
from copilot.composing import draft_for, rendered
from copilot.ingest import Options
from copilot.snapshot import Request
from guards.access import ReadConversation, authorize
from guards.consent import Consents, ConsentWord, Purpose
from guards.held import help_card
from tests.copilot.cli.home import PROGRAMME, HomeRun
from tests.copilot.test_sensitive_passages import RecordingEngine
from tests.doubles.redaction import RosterRedactor

_CASES = Path(__file__).parents[1] / "guards" / "cases" / "crisis.yaml"
SIGNS: list[str] = [
    re.sub(r"<PERSON_\d+>", "Sam Reyes", each) for each in yaml.safe_load(_CASES.read_text("utf-8"))["tuned"]["crisis"]
]
NOTE = (
    "# Session note\n\n- Open: which threshold goes live, 0.62 or 0.70?\n- Ben: Label 200 claims. Due 2026-09-21.\n\n"
)
DAY = date(2026, 9, 21)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes" / "p1"
    notes.mkdir(parents=True)
    (tmp_path / "notes" / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    said = "\n\n".join(f"- {each} I'll send Ada the export marker{at} by Friday." for at, each in enumerate(SIGNS))
    (notes / "2026-09-14.md").write_text(NOTE + said, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["rules", "endpoint"])
def test_nothing_of_a_sign_of_crisis_is_drafted_nor_shown_to_a_model(folder: Path, name: str) -> None:
    engine = RecordingEngine(name)
    overrides = Overrides(redactor=RosterRedactor(), engine=engine)
    with bootstrap(HomeRun(home=folder / "home").settings(), overrides=overrides) as copilot:
        (result,) = intake.run(copilot, intake.prepare(copilot, [folder / "notes"]), options=Options())
        assert result.problem == ""
        principal = copilot.principal("p1")
        draft = draft_for(copilot, Request("p1", DAY), principal=principal)
        shown = "\n".join(str(rendered(draft, form=form, reveal=str)) for form in ("text", "md", "json", "ics"))
        reader = copilot.record.reader(authorize(principal, ReadConversation, "p1"))
        assert not any("marker" in each.text for each in reader.mentions())
    assert "findahelpline.com" in shown
    assert "marker" not in shown
    assert not any("marker" in text for text in engine.seen)


def test_ingest_shows_the_help_card_and_no_word(folder: Path) -> None:
    run = HomeRun(home=folder / "home")
    told = CliRunner().invoke(ingest, [str(folder / "notes")], obj=run)
    assert help_card() in told.stderr
    assert "marker" not in told.output
    as_json = CliRunner().invoke(ingest, [str(folder / "notes"), "--json"], obj=run)
    assert json.loads(as_json.stdout)["help"] == help_card()


def test_without_a_sign_there_is_no_card(folder: Path) -> None:
    (folder / "notes" / "p1" / "2026-09-14.md").write_text(NOTE, encoding="utf-8")
    told = CliRunner().invoke(ingest, [str(folder / "notes")], obj=HomeRun(home=folder / "home"))
    assert "findahelpline" not in told.output


def test_nobody_finds_it_and_no_consent_opens_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = HomeRun(home=folder / "home")
    CliRunner().invoke(ingest, [str(folder / "notes")], obj=run)
    words = [ConsentWord(who, purpose, given=True, at=datetime(2026, 9, 1, tzinfo=UTC))
             for who in ("ada", "ben") for purpose in Purpose]  # fmt: skip
    monkeypatch.setattr(Copilot, "consents", property(lambda _: Consents(words)))
    for viewer in ("mentor_coach", "mentee", "sponsor"):
        for arguments in (["p1", "--as", viewer], ["p1", "--as", viewer, "--all", "--json"]):
            assert "marker" not in CliRunner().invoke(commitments, arguments, obj=run).output
        asked = ["p1", "export marker suicide threatened home", "--limit", "50", "--as", viewer]
        assert "marker" not in CliRunner().invoke(search, asked, obj=run).output
