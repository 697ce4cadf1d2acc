"""``coach commitments`` and ``coach commit`` over a home: who sees what, what is refused, and what stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from copilot.cli.exits import BAD_INPUT, NOT_PERMITTED, USAGE, exit_status
from tests.copilot.cli.home import FIRST, HomeRun, filled, listed, read, said


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return filled(tmp_path)


def rows(run: HomeRun, *options: str) -> list[dict[str, Any]]:
    result = listed(run, "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def the(run: HomeRun, words: str, *options: str) -> dict[str, Any]:
    (row,) = [each for each in rows(run, "--all", *options) if words in each["action"]]
    return row


def status_of(result: Result) -> int:
    return exit_status(result.exception) if isinstance(result.exception, Exception) else result.exit_code


def test_the_ledger_lists_owner_due_ticket_and_line(run: HomeRun) -> None:
    form = the(run, "data access form")
    assert (form["owner"], form["due"], form["ticket"], form["status"]) == ("sam", "2026-09-18", None, "open")
    assert form["citations"][0]["line_from"] == 18
    assert form["kpi"] == "lead-time"
    assert the(run, "Label 200 claims")["status"] == "done"
    assert the(run, "hypothesis sheet")["status"] == "done"
    assert the(run, "halve")["status"] == "candidate"


def test_names_are_shown_to_the_pair(run: HomeRun) -> None:
    page = listed(run, "--all").stdout
    assert "Sam Reyes" in page
    assert "<PERSON" not in page


def test_the_mentee_gets_own_words_and_sentences_for_the_ticket(run: HomeRun) -> None:
    assert said(run, "confirm", the(run, "halve")["id"], "--due", "2026-09-30", "--as", "mentee").exit_code == 0
    page = listed(run, "--as", "mentee", "--date", "2026-12-01").stdout
    assert "I'll try to halve the review time" in page
    assert "Agreed on 21 September 2026: halve the review time." in page
    assert "It was due on 30 September 2026 and has been open for 71 days." in page
    assert "KPI lead-time" in page
    assert "seen by: the pair only" in page


def test_the_sponsor_sees_what_the_mentee_shared_and_nothing_else(run: HomeRun) -> None:
    assert rows(run, "--as", "sponsor", "--all") == []
    assert said(run, "share", the(run, "Label 200")["id"], "--as", "mentee").exit_code == 0
    (row,) = rows(run, "--as", "sponsor", "--all")
    assert (row["action"], row["status"], row["citations"]) == ("Label 200 claims", "done", [])
    page = listed(run, "--as", "sponsor", "--all").stdout
    assert "Label 200 claims" in page
    assert "sceptical" not in page


def test_sharing_is_the_mentees_alone(run: HomeRun) -> None:
    assert status_of(said(run, "share", the(run, "Label 200")["id"])) == NOT_PERMITTED


def test_a_denied_line_leaves_every_view(run: HomeRun) -> None:
    form = the(run, "data access form")
    assert said(run, "share", form["id"], "--as", "mentee").exit_code == 0
    assert said(run, "deny", form["id"][:6], "--reason", "Sam never agreed", "--as", "mentee").exit_code == 0
    for who in ("mentor_coach", "mentee", "sponsor"):
        assert not [row for row in rows(run, "--all", "--as", who) if row["id"] == form["id"]]


def test_a_reason_is_masked_before_it_is_kept(run: HomeRun, tmp_path: Path) -> None:
    form = the(run, "data access form")["id"]
    assert said(run, "drop", form, "--reason", "Sam Reyes left").exit_code == 0
    assert "because: Sam Reyes left" in listed(run, "--all").stdout
    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
    assert b"left" in kept
    assert b"Sam Reyes left" not in kept


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["drop", "{id}"], USAGE),
        (["deny", "{id}", "--reason", " "], USAGE),
        (["move", "{id}"], USAGE),
        (["done", "{id}", "--due", "2026-09-30"], USAGE),
        (["move", "{id}", "--owner", "nobody"], USAGE),
        (["done", "abc"], USAGE),
        (["done", "ffffffff"], BAD_INPUT),
        (["done", "{id}", "ffffffff"], BAD_INPUT),
    ],
)
def test_an_incomplete_word_changes_nothing(run: HomeRun, arguments: list[str], status: int) -> None:
    before = rows(run, "--all")
    form = the(run, "data access form")["id"]
    assert status_of(said(run, *(each.format(id=form) for each in arguments))) == status
    assert rows(run, "--all") == before


def test_move_changes_due_and_owner_and_keeps_the_history(run: HomeRun) -> None:
    form = the(run, "data access form")["id"]
    assert said(run, "move", form, "--due", "2026-10-01", "--owner", "ada").exit_code == 0
    moved = the(run, "data access form")
    assert (moved["owner"], moved["due"]) == ("ada", "2026-10-01")
    assert "was due 2026-09-18" in listed(run).stdout


def test_an_unknown_pair_is_bad_input(run: HomeRun) -> None:
    assert status_of(listed(run, pair="p9")) == BAD_INPUT


def test_decisions_outlive_a_changed_note_and_orphans_are_told(run: HomeRun, tmp_path: Path) -> None:
    form, rough = the(run, "data access form")["id"], the(run, "halve")["id"]
    assert said(run, "done", form).exit_code == 0
    assert said(run, "confirm", rough).exit_code == 0
    note = tmp_path / "notes" / "p1" / "2026-09-14.md"
    note.write_text(FIRST.replace("Label sheet.", "Label sheet, second version."), encoding="utf-8")
    read(run, tmp_path / "notes")
    assert the(run, "data access form")["status"] == "done"
    assert "no note holds any more" not in listed(run).stdout
    note.write_text(FIRST.replace("- Sam: Sign the data access form. Due 2026-09-18.\n", ""), encoding="utf-8")
    read(run, tmp_path / "notes")
    assert "1 earlier decisions are about lines that no note holds any more" in listed(run).stdout
    assert the(run, "halve")["status"] == "open"


def test_a_promise_that_left_its_note_is_told_by_day_alone(run: HomeRun, tmp_path: Path) -> None:
    note = tmp_path / "notes" / "p1" / "2026-09-14.md"
    note.write_text(FIRST.replace("- Sam: Sign the data access form. Due 2026-09-18.\n", ""), encoding="utf-8")
    read(run, tmp_path / "notes")
    page = listed(run).stdout
    assert "1 promise left the notes of 2026-09-14 when these were changed" in page
    assert "data access form" not in page
    note.write_text(FIRST.replace("Due 2026-09-18", "Due 2026-09-25"), encoding="utf-8")
    read(run, tmp_path / "notes")
    assert "left the notes" not in listed(run).stdout
    assert the(run, "data access form")["due"] == "2026-09-25"
