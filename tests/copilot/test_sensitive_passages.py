"""Sensitive lines of a note, through the whole product: nowhere unless both people of the pair have opened them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot import intake
from copilot.bootstrap import Copilot, Overrides, bootstrap
from copilot.cli.commitments import commitments
from copilot.cli.ingest import ingest
from copilot.cli.search import search
from copilot.composing import draft_for, rendered
from copilot.engines.protocol import Found, SessionTask, SessionWording, Told
from copilot.ingest import Options
from copilot.snapshot import Request
from copilot.why import why
from guards import held
from guards.access import Lane, ReadConversation, authorize
from guards.consent import Consents, ConsentWord, Purpose
from guards.text import RedactedText
from knowledge.documents import document_version
from knowledge.passages import Document, DocumentKind
from knowledge.reading import read_document
from tests.copilot.cli.home import PROGRAMME, HomeRun
from tests.copilot.extraction.reading_cases import SilentEngine
from tests.doubles.redaction import RosterRedactor

NOTE = """# Session note

## Objective

Agree which threshold goes live.

## Decisions

- Open: which threshold goes live after the shadow run, 0.62 or 0.70?
- The threshold after the shadow run worries Ben, he starts chemotherapy on Thursday.

## Micro-commitments

- Ben: Label 200 claims. Due 2026-09-21. Ticket CLM-118.
- Ben: Book my oncology follow-up. Due 2026-09-18.
- Ada: Tell HR that I resign in January. Due 2026-09-30.

## Escalation flags

Off the record: the threshold was set by dice.
"""
SECRETS = ("chemotherapy", "oncology", "resign", "dice")
DAY = date(2026, 9, 21)
YES = datetime(2026, 9, 1, tzinfo=UTC)


class RecordingEngine(SilentEngine):
    """An endpoint that answers nothing and remembers every text it was given."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.words_freely = name == "endpoint"
        self.seen: list[str] = []

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        self.seen += [str(text) for _, text in lines]
        return ()

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        self.seen += [str(question), *map(str, candidates)]
        return None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        self.seen.append(str(action))
        return None

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        self.seen += [str(task.decision), *map(str, (*task.lines, *task.actions, *task.tools))]
        return None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes" / "p1"
    notes.mkdir(parents=True)
    (tmp_path / "notes" / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    (notes / "2026-09-14.md").write_text(NOTE, encoding="utf-8")
    return tmp_path


@pytest.fixture(params=["rules", "endpoint"])
def home(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[Copilot, RecordingEngine]]:
    engine = RecordingEngine(request.param)
    settings = HomeRun(home=folder / "home").settings()
    with bootstrap(settings, overrides=Overrides(redactor=RosterRedactor(), engine=engine)) as copilot:
        (result,) = intake.run(copilot, intake.prepare(copilot, [folder / "notes"]), options=Options())
        assert result.problem == ""
        yield copilot, engine


def agreed(monkeypatch: pytest.MonkeyPatch, *purposes: Purpose, people: Sequence[str] = ("ada", "ben")) -> None:
    words = [ConsentWord(person, purpose, given=True, at=YES) for person in people for purpose in purposes]
    monkeypatch.setattr(Copilot, "consents", property(lambda _: Consents(words)))


def pages(copilot: Copilot) -> str:
    """A prep in every format of text."""
    draft = draft_for(copilot, Request("p1", DAY), principal=copilot.principal("p1"))
    return "\n".join(str(rendered(draft, form=form, reveal=str)) for form in ("text", "md", "json", "ics"))


def everything(copilot: Copilot) -> str:
    """All that a prep gives out: every format, and the lines behind each item of the draft."""
    principal = copilot.principal("p1")
    draft = draft_for(copilot, Request("p1", DAY), principal=principal)
    reader = copilot.record.reader(authorize(principal, ReadConversation, "p1"))
    opted_in = copilot.opted_in("p1")
    items = [item.id for box in draft.boxes for item in box.items] + [each.id for each in draft.criteria]
    behind = [why(draft, each, reader=reader, reveal=str, opted_in=opted_in) for each in items]
    return "\n".join([pages(copilot), *behind])


def test_nothing_sensitive_is_in_a_draft_and_no_engine_sees_it(home: tuple[Copilot, RecordingEngine]) -> None:
    copilot, engine = home
    shown = everything(copilot)
    assert "CLM-118" in shown
    for secret in SECRETS:
        assert secret not in shown
        assert not any(secret in text for text in engine.seen)
    assert "Kept out of this page: 4 passages: health (2), job hunt, off the record." in " ".join(shown.split())


def test_with_both_people_agreed_it_may_be_drafted_from(
    home: tuple[Copilot, RecordingEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    copilot, engine = home
    agreed(monkeypatch, Purpose.SENSITIVE_DRAFTS)
    assert ("chemotherapy" in pages(copilot)) == (engine.name == "rules")
    assert engine.name == "rules" or not any("chemotherapy" in text for text in engine.seen)
    agreed(monkeypatch, Purpose.SENSITIVE_DRAFTS, Purpose.SENSITIVE_ENDPOINT)
    shown = everything(copilot)
    assert "chemotherapy" in pages(copilot)
    assert "dice" not in shown


def test_one_person_alone_opens_nothing(home: tuple[Copilot, RecordingEngine], monkeypatch: pytest.MonkeyPatch) -> None:
    agreed(monkeypatch, Purpose.SENSITIVE_DRAFTS, Purpose.SENSITIVE_ENDPOINT, people=("ada",))
    assert "chemotherapy" not in everything(home[0])


def test_a_withdrawal_counts_at_once_also_for_a_draft_already_made(
    home: tuple[Copilot, RecordingEngine], monkeypatch: pytest.MonkeyPatch
) -> None:
    copilot, _ = home
    agreed(monkeypatch, Purpose.SENSITIVE_DRAFTS, Purpose.SENSITIVE_ENDPOINT)
    principal = copilot.principal("p1")
    draft = draft_for(copilot, Request("p1", DAY), principal=principal)
    citing = [item.id for box in draft.boxes for item in box.items if "chemotherapy" in item.text]
    assert citing
    agreed(monkeypatch)
    reader = copilot.record.reader(authorize(principal, ReadConversation, "p1"))
    shown = why(draft, citing[0], reader=reader, reveal=str, opted_in=copilot.opted_in("p1"))
    assert "(held back)" in shown
    assert "chemotherapy" not in shown
    assert "chemotherapy" not in everything(copilot)


def test_a_promise_in_a_sensitive_line_is_on_no_ledger(folder: Path) -> None:
    run = HomeRun(home=folder / "home")
    CliRunner().invoke(ingest, [str(folder / "notes")], obj=run)
    for viewer in ("mentor_coach", "mentee", "sponsor"):
        said = CliRunner().invoke(commitments, ["p1", "--as", viewer, "--json"], obj=run)
        assert said.exit_code == 0, said.output
        assert "oncology" not in said.output
    assert "CLM-118" in CliRunner().invoke(commitments, ["p1"], obj=run).output


def test_ingest_tells_the_author_kinds_and_lines_and_no_words(folder: Path) -> None:
    run = HomeRun(home=folder / "home")
    first = CliRunner().invoke(ingest, [str(folder / "notes")], obj=run)
    assert "held back: line 10 health; line 15 health; line 16 job hunt; line 20 off the record" in first.output
    again = CliRunner().invoke(ingest, [str(folder / "notes"), "--json"], obj=run)
    told = json.loads(again.stdout)["files"][0]
    assert told["outcome"] == "unchanged"
    assert told["held_back"][0] == {"line_from": 10, "line_to": 10, "kind": "health"}
    assert not any(secret in first.output + again.output for secret in SECRETS)


def test_search_finds_it_only_while_both_agree(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = HomeRun(home=folder / "home")
    CliRunner().invoke(ingest, [str(folder / "notes")], obj=run)

    def found() -> str:
        asked = ["p1", "threshold decision chemotherapy dice", "--limit", "50"]
        return CliRunner().invoke(search, asked, obj=run).output

    assert not any(secret in found() for secret in SECRETS)
    agreed(monkeypatch, Purpose.SENSITIVE_DRAFTS)
    assert "chemotherapy" in found()
    assert "dice" not in found()
    agreed(monkeypatch)
    assert "chemotherapy" not in found()


def test_imported_history_that_is_sensitive_is_left_out(folder: Path) -> None:
    row = "  - {pair: p1, owner: ben, action: Book my oncology appointment, opened: 2026-09-07}\n"
    (folder / "notes" / "programme.yaml").write_text(PROGRAMME + row, encoding="utf-8")
    run = HomeRun(home=folder / "home")
    told = CliRunner().invoke(ingest, [str(folder / "notes")], obj=run).stderr
    assert "programme.yaml: commitments of p1 held back and not taken over: number 2 health" in told
    assert "oncology" not in told
    shown = CliRunner().invoke(commitments, ["p1", "--all", "--json"], obj=run).output
    assert "hypothesis sheet" in shown
    assert "oncology" not in shown


def test_an_edited_lexicon_is_another_policy_without_a_new_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("held.yaml", "sensitive.yaml"):
        (tmp_path / name).write_bytes((Path(held.__file__).parent / "lexicons" / name).read_bytes())
    before = held.held_policy()
    monkeypatch.setattr("guards.held._FILE", tmp_path / "held.yaml")
    with (tmp_path / "sensitive.yaml").open("a", encoding="utf-8") as file:
        file.write("# one more\n")
    assert held.held_policy.__wrapped__() != before


def test_another_lexicon_makes_a_file_a_new_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "notes" / "p1" / "2026-09-14.md"
    document: Document = read_document(path, root=folder / "notes", kind=DocumentKind.NOTE)

    def version() -> str:
        return document_version(document, policy="x", lane=Lane.CONVERSATION, session_date=DAY)

    before = version()
    monkeypatch.setattr("knowledge.documents.held_policy", lambda: "held 99.99")
    assert version() != before
