"""The pages as a coach reads them: golden texts, one page in every length and format, calendar, criterion, why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from icalendar import Calendar

from copilot.criteria import draft_criteria
from copilot.declared import rules_of
from copilot.drafts import ItemKind
from copilot.engines.protocol import Said, SessionTask, SessionWording, Told
from copilot.mentions import MentionKind
from copilot.pipeline import prep
from copilot.rendering import docx, ics, shape, text
from copilot.snapshot import Snapshot
from guards.text import house, mint_redacted
from tests.doubles.snapshots import PlainEngine, first, leave, mention, promise, running

GOLDEN = Path(__file__).parent / "golden"
ALL = {"running": running(), "first": first(), "leave": leave()}


def page(snapshot: Snapshot) -> str:
    return text.render(prep(snapshot, PlainEngine()), reveal=str)


@pytest.mark.parametrize("name", ALL)
def test_the_page_is_the_golden_page(name: str) -> None:
    assert page(ALL[name]) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("minutes", [60, 45, 30])
def test_every_length_sums_and_fits_one_page(name: str, minutes: int) -> None:
    blueprint = ALL[name].corpus.blueprint(f"session-{minutes}")
    assert blueprint is not None
    draft = prep(replace(ALL[name], blueprint=blueprint), PlainEngine())
    assert sum(box.to_min - box.from_min for box in draft.boxes) == minutes
    long = "Abdulrahman Featherstonehaugh-Ní Dhuibhne"
    shown = text.render(draft, reveal=lambda words: words.replace("<PERSON_2>", long))
    assert shown.count("\n") <= text.LINES
    assert max(map(len, shown.splitlines())) <= 100


def test_a_page_too_long_loses_suggestions_and_says_so() -> None:
    draft = prep(running(), PlainEngine())
    status = draft.boxes[0]
    facts = tuple(replace(status.items[0], id=f"1.{n}", text=house("one more fact")) for n in range(1, 16))
    crowded = replace(draft, boxes=(replace(status, items=(*facts, *status.items)), *draft.boxes[1:]))
    shown = text.render(crowded, reveal=str)
    assert shown.count("one more fact") == 15
    assert "suggestions." in shown.splitlines()[-1]
    assert shown.count("\n") <= text.LINES


def test_the_calendar_file_parses_and_invites_nobody() -> None:
    draft = prep(running(), PlainEngine())
    calendar = Calendar.from_ical(ics.render(draft, reveal=str))
    assert isinstance(calendar, Calendar)
    session, *due = calendar.events
    assert len(due) == sum(each.due is not None for each in draft.commitments)
    assert not any("attendee" in event or "organizer" in event for event in calendar.events)
    assert session.duration == timedelta(hours=1)


def test_the_word_page_has_the_lines_of_one_page() -> None:
    draft = prep(running(), PlainEngine())
    paragraphs = [each.text for each in Document(BytesIO(docx.render(draft, reveal=str))).paragraphs]
    assert sum(1 + len(each) // 130 for each in paragraphs) <= 66
    assert any("CLM-140" in each for each in paragraphs)


def test_a_criterion_reads_as_a_sentence_and_asks_for_what_is_missing() -> None:
    snapshot = running()
    (made,), dropped = draft_criteria(snapshot, rules=rules_of(snapshot))
    assert not dropped
    assert made.given == "Label sheet, all 200 claims (CLM-118)"
    assert made.when == "measured on referrals.csv"
    assert made.then == "Share of referrals upheld >= 45 %"
    assert [ask.split(" - ")[0] for ask in made.needs] == ["[needs: date"]
    assert len({(each.document, each.first) for each in made.citations}) == len(made.citations)
    assert made.proposed == (("threshold", "the KPI's target"),)


def test_a_part_that_fails_its_check_is_dropped_and_asked_for() -> None:
    snapshot = running()
    kpi = snapshot.kpi
    assert kpi is not None
    wrong = replace(snapshot, kpi=replace(kpi, kpi=replace(kpi.kpi, target=46)))
    (made,), dropped = draft_criteria(wrong, rules=rules_of(snapshot))
    assert made.threshold is None
    assert made.then is None
    assert {each.reason.split(":")[0] for each in dropped} == {"criterion threshold", "criterion then"}
    assert any("threshold" in ask for ask in made.needs)


def test_labels_and_bare_headings_are_not_the_decision() -> None:
    snapshot = running()
    heading = replace(mention(MentionKind.OPEN_DECISION, 4, "Open question"), id="h")
    draft = prep(replace(snapshot, mentions=(heading, *snapshot.mentions)), PlainEngine())
    assert draft.boxes[2].items[0].text.startswith("Open on Mon 12 Oct: “which threshold goes live")


def test_what_a_sponsor_owes_late_goes_to_the_last_box_with_who_is_told() -> None:
    snapshot = replace(running(), lead="tom", mentions=())
    owed = promise(3, "Label sheet, all 200 claims", owner="sam", due=None, ticket=None)
    draft = prep(replace(snapshot, commitments=(*snapshot.commitments, owed)), PlainEngine())
    said = "\n".join(item.text for item in draft.boxes[-1].items)
    assert "Waiting on [needs: owner]: Label sheet" in said  # the cited line does not name the sponsor
    assert "Who is told: <PERSON_3>, the sponsor; without an answer, <PERSON_4>" in said
    assert "overdue since [needs" not in page(snapshot)


def test_nothing_open_and_nothing_decided_asks_for_the_decision() -> None:
    draft = prep(replace(running(), mentions=()), PlainEngine())
    assert draft.boxes[2].items[0].kind is ItemKind.NEEDS


class WordingEngine(PlainEngine):
    """Words freely, one wording true and one with a changed ticket; chooses the last."""

    name = "local"
    words_freely = True

    def __init__(self, *, action: str) -> None:
        self._action = action

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        source = next(each for each in task.actions if "shadow run" in each)
        day = "Labelled 200 closed claims for <PERSON_2>." if self._action == "plain" else "Labelled 300 closed claims."
        line = next(n for n, each in enumerate(task.lines) if "200 claims" in each)
        return SessionWording(
            (Said(mint_redacted(day), (line,)),), (house("What would you do?"),),
            {str(source): house("Run the shadow start at both thresholds")},
        )  # fmt: skip


def test_an_engines_wording_keeps_the_original_and_a_made_up_fact_is_refused() -> None:
    draft = prep(running(), WordingEngine(action="plain"))
    worded = [item for item in draft.boxes[4].items if item.worded_by == "local"]
    assert [item.original for item in worded] == ["Start the shadow run at both thresholds"]
    assert shape.draft_shape(draft, reveal=str)["boxes"][4]["items"][0]["original"] == worded[0].original  # pyright: ignore[reportIndexIssue]
    assert any("What would you do?" in item.text for item in draft.boxes[2].items)


def test_a_summary_stands_on_its_lines_or_not_at_all() -> None:
    invented = prep(running(), WordingEngine(action="invent"))
    assert not any("300" in item.text for item in invented.boxes[0].items)
    assert any("said: " in each.reason for each in invented.dropped)
