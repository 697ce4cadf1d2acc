"""Each paper: what it rests on, what it refuses, whose eyes it is for, and that every line passed its check."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.cli.draft import draft
from copilot.cli.exits import BAD_INPUT, NOT_PERMITTED, exit_status
from copilot.drafts import ItemKind
from copilot.mentions import Commitment, MentionKind, ReadBy
from copilot.papers import blockers, escalation, evidence_pack, session_note, sponsor_update
from copilot.papers.paper import Paper
from copilot.programme import Escalation
from copilot.rendering import papers
from copilot.snapshot import Snapshot
from guards.errors import NotPermitted
from guards.text import mint_redacted
from tests.copilot.cli.home import HomeRun, filled, listed, said
from tests.doubles.snapshots import DAY, HELD, first, mention, promise, running

SIGNED = (("coach_charter", date(2026, 9, 1)), ("mentor_agreement", date(2026, 9, 1)))


def agreed(*, authority: bool = True, after_days: int = 5) -> Snapshot:
    made = running()
    rules = Escalation(authority, "sam", after_days, "by e-mail", None)
    return replace(
        made, pair=replace(made.pair, signed=SIGNED, escalation=rules), escalation_how=mint_redacted("by e-mail")
    )


def texts(paper: Paper, title: str) -> list[str]:
    return [str(item.text) for each in paper.sections if each.title == title for item in each.items]


@pytest.mark.parametrize("build", [escalation.build, evidence_pack.build, blockers.build])
def test_every_fact_is_cited_and_nothing_was_dropped(build: object) -> None:
    assert callable(build)
    made = build(agreed())
    assert isinstance(made, Paper)
    assert all(item.citations for each in made.sections for item in each.items if item.kind is ItemKind.FACT)
    assert made.dropped == ()
    assert made.audience == ("mentee", "mentor_coach")


def test_an_escalation_says_to_whom_how_since_when_and_asks_what_is_not_written() -> None:
    made = escalation.build(agreed())
    assert texts(made, "To whom, and how") == [
        "To <PERSON_3>, after 5 days by the mentor agreement.",
        "How: by e-mail.",
    ]
    (blocked, *_) = texts(made, "What is blocked")
    assert "no access to the nightly export" in blocked
    assert "7 days" in blocked
    assert any("what they are asked to do" in each for each in made.needs)


def test_a_blocker_younger_than_the_agreement_says_waits() -> None:
    made = escalation.build(agreed(after_days=14))
    assert texts(made, "What is blocked") == ["Nothing is old enough to escalate by the agreement."]
    assert len(texts(made, "Not yet, by the agreement")) == 1


@pytest.mark.parametrize(
    ("signed", "rules", "missing"),
    [
        (SIGNED, None, "authority"),
        (SIGNED, Escalation(), "authority"),
        (SIGNED[:1], Escalation(authority=True), "mentor_agreement"),
        (SIGNED[1:], Escalation(authority=True), "coach_charter"),
    ],
)
def test_without_authority_on_file_there_is_no_escalation(
    signed: tuple[tuple[str, date], ...], rules: Escalation | None, missing: str
) -> None:
    made = running()
    with pytest.raises(NotPermitted, match=missing):
        escalation.build(replace(made, pair=replace(made.pair, signed=signed, escalation=rules)))


def test_the_register_counts_one_blocker_once_from_the_day_it_was_first_said() -> None:
    made = running()
    (said_now,) = [each for each in made.mentions if each.kind is MentionKind.BLOCKER]
    before = replace(said_now, id="m0", session_date=HELD - timedelta(days=21))
    page = blockers.build(replace(made, mentions=(*made.mentions, before), met=(before.session_date, HELD)))
    (line, ask) = texts(page, "Two weeks and older")
    assert "28 days; said in 2 sessions" in line
    assert ask.startswith("[needs: who clears it")


def test_one_thing_in_other_words_is_one_blocker() -> None:
    """The same missing signature once stood in the register three times."""
    wordings = ("DPIA unsigned (<PERSON_3>) - no live data", "DPIA still with <PERSON_3>, second week now",
                "DPIA signature with <PERSON_3>, needed before any test")  # fmt: skip
    said_by = [
        replace(mention(MentionKind.BLOCKER, 9, words), id=f"b{n}", session_date=HELD - timedelta(days=7 * n))
        for n, words in enumerate(wordings)
    ]
    other = mention(MentionKind.BLOCKER, 3, "Template for the DPIA is old (<PERSON_4>)")
    found = blockers.register(replace(running(), mentions=(*said_by, other)))
    assert sorted(len(each.told) for each in found) == [1, 3]


def test_an_evidence_pack_never_shows_a_name_and_lists_the_options() -> None:
    made = evidence_pack.build(agreed())
    assert not made.named
    page = papers.text(made, reveal=made.sanitised)
    assert "<PERSON" not in page
    assert "[the mentee] owns the milestone." in page
    assert texts(made, "Options") == ["“Option A: 0.70”", "“Option B: 0.62 with reason codes”"]


def test_a_pack_without_a_decision_asks_for_it() -> None:
    asked = evidence_pack.build(first()).needs
    assert any("the decision" in each for each in asked)
    assert any("two options" in each for each in asked)


def test_a_session_note_has_the_templates_fields_and_asks_for_what_is_missing() -> None:
    made = session_note.build(running(), document="doc")
    assert [each.title for each in made.sections] == [
        "Objective", "Artifacts reviewed", "Decisions", "Micro-commitments", "Escalation flags"
    ]  # fmt: skip
    assert texts(made, "Objective") == ["[needs: what this session was to move, in one sentence]"]
    assert "Due Wed 14 Oct. Ticket CLM-140." in " ".join(texts(made, "Micro-commitments"))
    assert papers.md(made, reveal=str).startswith("# Session note, draft")


def shared(**changes: object) -> Commitment:
    made = promise(7, "Start the shadow run", owner="ben", due=DAY, ticket=None)
    return replace(made, shared=True, confirmed=True, citations=(), read_by=ReadBy.RULES, **changes)  # pyright: ignore[reportArgumentType]


def test_a_sponsor_update_speaks_of_roles_and_sorts_what_waits_for_the_sponsor() -> None:
    rows = (shared(), replace(shared(), id="c2", owner="sam"), replace(shared(), id="c3", owner="tom", due=HELD))
    made = sponsor_update.build(replace(first(), day=DAY, commitments=rows, kpi=running().kpi))
    assert texts(made, "Waiting for you")[0].startswith("You: Start the shadow run")
    assert texts(made, "Overdue")[0].startswith("Somebody outside the pair: ")
    assert texts(made, "Agreed")[0].startswith("The mentee: ")
    assert "sponsor" in made.audience


def drafted(run: HomeRun, *options: str) -> Result:
    return CliRunner().invoke(draft, list(options), obj=run)


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return filled(tmp_path)


def test_the_sponsor_reads_what_was_shared_and_no_word_of_a_note(run: HomeRun) -> None:
    before = drafted(run, "sponsor", "p1", "--as", "sponsor", "--json")
    assert "Nothing is shared yet" in before.stdout
    rows = json.loads(listed(run, "--all", "--json").stdout)
    (one,) = [each["id"] for each in rows if "halve" in each["action"]]
    assert said(run, "confirm", one, "--as", "mentee").exit_code == 0
    assert said(run, "share", one, "--as", "mentee").exit_code == 0
    page = drafted(run, "sponsor", "p1", "--as", "sponsor").stdout
    assert "halve the review time" in page
    for word in ("sceptical", "Label sheet", "2026-09-21.md", "hypothesis", "Ben", "Two people label"):
        assert word not in page


@pytest.mark.parametrize("kind", ["note", "escalation", "evidence", "blockers"])
def test_a_sponsor_gets_no_paper_of_the_conversation(run: HomeRun, kind: str) -> None:
    refused = drafted(run, kind, "p1", "--as", "sponsor")
    assert isinstance(refused.exception, Exception)
    assert exit_status(refused.exception) == NOT_PERMITTED


def test_a_note_of_a_day_before_any_is_not_found(run: HomeRun) -> None:
    refused = drafted(run, "note", "p1", "--date", "2026-01-01")
    assert isinstance(refused.exception, Exception)
    assert exit_status(refused.exception) == BAD_INPUT


def test_a_note_is_written_where_it_is_told(run: HomeRun, tmp_path: Path) -> None:
    target = tmp_path / "note.md"
    assert drafted(run, "note", "p1", "--source", "09-14", "--format", "md", "--out", str(target)).exit_code == 0
    assert "## Micro-commitments" in target.read_text(encoding="utf-8")
