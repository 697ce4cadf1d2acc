"""A person's feed over their pairs: their own open commitments, and nobody else's, whatever the pair is closed to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from copilot.feeds import feed_of
from guards.access import Principal, Role
from guards.consent import ConsentWord, Purpose
from tests.copilot.cli.home import PROGRAMME, HomeRun, filled, listed, read, said

NOTE = """# 28 Sept

## Micro-commitments

- Ben: Ask Sam for the export. Due 2026-12-05. Ticket CLM-120.
- Ben: Book the risk review. Due 2026-12-05.
- Ada: Review the guideline. Due 2026-12-06.
"""


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    made = filled(tmp_path)
    (tmp_path / "notes" / "p1" / "2026-09-28.md").write_text(NOTE, encoding="utf-8")
    read(made, tmp_path / "notes")
    return made


def summaries(run: HomeRun, role: Role, *, full: bool | None = None) -> list[tuple[str, str]]:
    with run.copilot() as copilot:
        data = feed_of(copilot, principal=copilot.principal("p1", role), full=full)
        assert data == feed_of(copilot, principal=copilot.principal("p1", role), full=full)
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return [(each.start.isoformat(), str(each["SUMMARY"])) for each in found.events]


def test_bare_is_the_default_and_counts_ones_own_alone(run: HomeRun) -> None:
    assert summaries(run, Role.MENTEE) == [("2026-12-05", "2 commitments due")]
    assert summaries(run, Role.MENTOR_COACH) == [("2026-12-06", "1 commitment due")]


def test_full_holds_the_words_without_a_name(run: HomeRun) -> None:
    assert sorted(summaries(run, Role.MENTEE, full=True)) == [
        ("2026-12-05", "Due: Ask [person] for the export"),
        ("2026-12-05", "Due: Book the risk review"),
    ]


def test_the_setting_says_what_a_feed_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = filled(tmp_path)
    (tmp_path / "notes" / "p1" / "2026-09-28.md").write_text(NOTE, encoding="utf-8")
    read(run, tmp_path / "notes")
    monkeypatch.setenv("COACH_FEED_TEXT", "1")
    assert ("2026-12-05", "Due: Book the risk review") in summaries(run, Role.MENTEE)
    assert summaries(run, Role.MENTEE, full=False) == [("2026-12-05", "2 commitments due")]


def test_what_is_done_leaves_the_feed(run: HomeRun) -> None:
    booked = next(line for line in listed(run).output.splitlines() if "Book the risk review" in line)
    assert said(run, "done", booked.split()[0], "--as", "mentee").exit_code == 0
    assert summaries(run, Role.MENTEE) == [("2026-12-05", "1 commitment due")]


def test_a_sponsor_gets_of_their_own_what_was_shared_with_them(run: HomeRun) -> None:
    assert summaries(run, Role.SPONSOR) == []
    signs = next(line for line in listed(run).output.splitlines() if "Sign the data access form" in line)
    assert said(run, "share", signs.split()[0], "--as", "mentee").exit_code == 0
    assert summaries(run, Role.SPONSOR, full=True) == [("2026-09-18", "Due: Sign the data access form")]


def test_somebody_of_no_pair_gets_an_empty_calendar(run: HomeRun) -> None:
    with run.copilot() as copilot:
        data = feed_of(copilot, principal=Principal("any lnd", {}, frozenset({Role.LND})))
    assert b"VEVENT" not in data


def test_a_pair_that_is_closed_is_left_out(run: HomeRun, tmp_path: Path) -> None:
    bare = PROGRAMME.replace("signed: {coach_charter: 2026-09-01, data_access: 2026-09-02}", "signed: {}")
    (tmp_path / "notes" / "programme.yaml").write_text(bare, encoding="utf-8")
    read(run, tmp_path / "notes")
    assert summaries(run, Role.MENTOR_COACH) == []
    assert summaries(run, Role.MENTEE) == [("2026-12-05", "2 commitments due")]


def test_a_withdrawn_consent_leaves_each_what_they_owe(run: HomeRun) -> None:
    with run.copilot() as copilot:
        word = ConsentWord("ben", Purpose.SESSION_PREP, given=False, at=datetime.now(UTC))
        copilot.record.consents.append(word)
    assert summaries(run, Role.MENTOR_COACH) == [("2026-12-06", "1 commitment due")]
