"""``coach flags`` joined to the queue: one card for one stall, dismissed ones untold, a pair's own cards its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copilot import intake
from copilot.cli.flags import flags
from copilot.cli.review import review
from copilot.review import JUDGED, Event, ReviewWord
from copilot.reviewing import enqueue
from guards.access import ReviewFlags, authorize
from guards.consent import ConsentWord, Purpose
from guards.text import mint_redacted
from tests.copilot.cli.home import PROGRAMME, HomeRun, read
from tests.doubles.reviews import finding

TODAY = datetime.now(UTC).date()
COPY = """# Session note

## Objective

Look at the open points of the claims project again and see where both of us stand with them.

## Decisions

- We decided to go on as agreed, because the project is on a good way and nothing speaks against it.

## Micro-commitments

- {promise}. Due {due}.

## Escalation flags

{blocked}
"""


def _day(weeks: int) -> str:
    return (TODAY - timedelta(weeks=weeks)).isoformat()


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    """A pair that met weekly, copied its notes, had a blocker, and then went quiet for seven weeks."""
    folder = tmp_path / "notes" / "p1"
    folder.mkdir(parents=True)
    lou = "people:\n  - {id: lou, name: Lou Marsh, roles: [lnd]}"
    missed = "".join(f"  - {{pair: p1, date: {_day(week)}, status: missed}}\n" for week in (5, 6))
    text = PROGRAMME.replace("people:", lou, 1).replace("2026-09-07", _day(14)).partition("commitments:")[0]
    (folder.parent / "programme.yaml").write_text(f"{text}sessions:\n{missed}", "utf-8")
    for week in range(13, 6, -1):
        promise = "Ada: Approve the shadow run for every region" if week == 13 else "Ben: Review the backlog"
        blocked = "- The DPIA is unsigned, Ben Carter waits for the privacy review."
        note = COPY.format(promise=promise, due=_day(week - 1), blocked=blocked)
        (folder / f"{_day(week)}.md").write_text(note, "utf-8")
    made = HomeRun(home=tmp_path / "home")
    with made.copilot() as copilot:
        intake.prepare(copilot, [folder.parent])
    read(made, folder.parent)
    return made


def allow(run: HomeRun, *people: str) -> None:
    with run.copilot() as copilot:
        for each in people:
            word = ConsentWord(each, Purpose.PROGRAMME_REVIEW, True, datetime.now(UTC))
            copilot.record.consents.append(word)


def told(run: HomeRun, *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(flags, [*options, "--json"], obj=run, catch_exceptions=False)
    return json.loads(result.stdout)


def queue(run: HomeRun, *arguments: str) -> Result:
    return CliRunner().invoke(review, list(arguments), obj=run)


def cards(run: HomeRun, person: str, *options: str) -> list[dict[str, Any]]:
    return json.loads(queue(run, "list", "--as", person, "--json", *options).stdout)


def test_todays_flags_are_cards_once_with_everything_a_person_needs_to_judge(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    first = told(run)
    assert told(run) == first
    mine = cards(run, "lou")
    assert {each["id"] for each in mine} == {each["id"] for each in first}
    assert {each["category"] for each in mine} >= {"stalled", "governance", "approval"}
    for card in mine:
        assert card["evidence"] and card["alternatives"] and card["clears_when"] and card["next_step"]  # noqa: PT018
        assert all(each["text"][0] in "+-" for each in card["evidence"])
        assert "DPIA" not in json.dumps(card)
        assert "Carter" not in json.dumps(card)


def test_a_look_back_makes_no_card_and_later_days_do_not_change_what_it_shows(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    before = told(run, "--as-of", _day(2), "--as-of", _day(1))
    assert before
    assert cards(run, "lou") == []
    told(run)
    assert [each["as_of"] for each in told(run, "--as-of", _day(2), "--as-of", _day(1))] == [
        each["as_of"] for each in before
    ]


def test_a_stall_seen_last_week_and_today_is_one_card(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    told(run, "--as-of", _day(1), "--queue", "--kind", "stalled")
    told(run, "--kind", "stalled")
    (card,) = cards(run, "lou")
    assert card["as_of"] == _day(1)


def test_what_was_dismissed_is_told_to_nobody_again_and_reopened_it_is(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    stall = next(each for each in told(run) if each["kind"] == "stalled")
    queue(run, "decide", stall["id"], "dismiss", "--as", "lou", "--reason", "They met on site.")
    assert stall["id"] not in {each["id"] for each in told(run)}
    assert "stalled" not in CliRunner().invoke(flags, obj=run).output
    assert "stalled" not in {each["category"] for each in cards(run, "lou")}
    queue(run, "decide", stall["id"], "reopen", "--as", "lou", "--reason", "It was another pair.")
    again = next(each for each in told(run) if each["kind"] == "stalled")
    assert (again["id"], again["state"]) == (stall["id"], "open")
    queue(run, "decide", stall["id"], "watch", "--as", "lou", "--reason", "Look again.")
    assert next(each for each in told(run) if each["kind"] == "stalled")["state"] == "watching"


def test_tick_box_notes_are_the_pairs_alone_to_see(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    assert "tickbox" not in {each["kind"] for each in told(run)}
    assert told(run, "--kind", "tickbox") == []
    assert {each["kind"] for each in cards(run, "ben")} == {"tickbox"}
    assert "tickbox" not in {each["kind"] for each in cards(run, "lou")}
    assert cards(run, "sam") == []


def test_counts_across_pairs_hide_a_small_group(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    told(run)
    found = json.loads(queue(run, "blockers", "--as", "lou", "--json").stdout)
    assert {each["category"]: each["pairs"] for each in found} == {
        "governance": None, "data_access": None, "resource": None,
    }  # fmt: skip
    assert "fewer than 10" in queue(run, "blockers", "--as", "lou").stdout


def test_a_withdrawn_consent_to_prep_leaves_notes_unread(run: HomeRun) -> None:
    with run.copilot() as copilot:
        copilot.record.consents.append(ConsentWord("ben", Purpose.SESSION_PREP, False, datetime.now(UTC)))
    assert not {each["kind"] for each in told(run)} & {"blocker", "tickbox", "role"}


def test_a_person_reads_words_and_what_to_type_next(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    page = CliRunner().invoke(flags, obj=run).output
    assert "Could also be" in page
    assert "coach review list" in page
    assert "coach review show" in queue(run, "list", "--as", "lou").stdout
    assert "programme_review" in queue(run, "list", "--as", "sam").stdout
    assert "next week" in queue(run, "list", "--as", "lou", "--digest").stdout


def test_a_category_that_reviewers_mostly_dismissed_is_muted_and_says_so(run: HomeRun) -> None:
    allow(run, "ada", "ben")
    days = [TODAY - timedelta(days=200 + at) for at in range(JUDGED)]
    old = [finding(f"old{at}", pair="p1", day=day, category="stalled") for at, day in enumerate(days)]
    with run.copilot() as copilot:
        enqueue(copilot, old)
        grant = authorize(copilot.person("lou"), ReviewFlags, "p1")
        for each in old:
            at = datetime.combine(each.as_of, datetime.min.time(), UTC)
            why = mint_redacted("They met.")
            word = ReviewWord(f"w{each.id}", each.id, "p1", Event.DISMISS, "lou", "lnd", at, each.as_of, why)
            copilot.record.reviews.append(word, grant)
    result = CliRunner().invoke(flags, ["--kind", "stalled", "--json"], obj=run)
    assert json.loads(result.stdout) == []
    assert "stalled muted itself" in result.stderr
    assert "stalled" in queue(run, "list", "--as", "lou").stderr
    assert {each["category"] for each in told(run)} >= {"governance"}
