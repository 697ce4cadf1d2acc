"""``coach criteria``, ``coach trace`` and ``coach export`` over a home: who sees what, what is refused or written."""

from __future__ import annotations

import csv
import io
import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from copilot.cli.exits import BAD_INPUT, NOT_PERMITTED, USAGE, exit_status
from copilot.cli.main import coach
from copilot.rendering.tickets import GITHUB, JIRA
from tests.copilot.cli.home import PROGRAMME, HomeRun, filled, read, said


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return filled(tmp_path)


def coached(run: HomeRun, *arguments: str) -> Result:
    return CliRunner().invoke(coach.commands[arguments[0]], arguments[1:], obj=run)


def status_of(result: Result) -> int:
    return exit_status(result.exception) if isinstance(result.exception, Exception) else result.exit_code


def shown(run: HomeRun, *options: str) -> list[dict[str, Any]]:
    result = coached(run, "criteria", "p1", "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_first_criterion_is_shown_with_what_it_needs(run: HomeRun) -> None:
    page = coached(run, "criteria", "p1").stdout
    assert "First criterion, week 0" in page
    assert "Lead time <= 70 days (proposed: the KPI's target)" in page
    assert "proposed: nobody has agreed it yet" in page
    assert "Sam Reyes" in page
    first = next(each for each in shown(run) if each["first"])
    assert (first["kpi"], first["state"], first["unit"]) == ("lead-time", "proposed", "days")


def test_agreed_by_both_then_signed_then_changed(run: HomeRun, tmp_path: Path) -> None:
    name = next(each["id"] for each in shown(run) if each["first"])
    assert status_of(coached(run, "criteria", "sign", "p1", name)) == BAD_INPUT
    assert "once mentee agrees" in coached(run, "criteria", "agree", "p1", name).stdout
    assert name not in coached(run, "criteria", "p1", "--as", "sponsor").stdout
    assert "agreed by both" in coached(run, "criteria", "agree", "p1", name, "--as", "mentee").stdout
    sponsor = coached(run, "criteria", "p1", "--as", "sponsor").stdout
    assert "Lead time <= 70 days" in sponsor
    assert "Sam Reyes" not in sponsor
    for other in ("mentor_coach", "mentee", "ada"):
        assert status_of(coached(run, "criteria", "sign", "p1", name, "--as", other)) == NOT_PERMITTED
    assert coached(run, "criteria", "sign", "p1", name, "--as", "sam").exit_code == 0
    assert "signed off by Sam Reyes" in coached(run, "criteria", "p1").stdout
    assert "linked to a delivery KPI: met" in coached(run, "trace", "p1").stdout
    notes = tmp_path / "notes"
    (notes / "programme.yaml").write_text(PROGRAMME.replace("target: 70", "target: 60"), encoding="utf-8")
    read(run, notes)
    page = coached(run, "criteria", "p1").stdout
    assert "changed since sign-off by Sam Reyes" in page
    assert "then, threshold" in page
    assert "not met" in coached(run, "trace", "p1").stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("criteria", "agree", "p1", "zzzzzz"), BAD_INPUT),
        (("criteria", "agree", "p1", "c"), USAGE),
        (("criteria", "nope"), BAD_INPUT),
        (("criteria", "sign", "p1", "c123456", "--as", "nobody"), BAD_INPUT),
        (("criteria",), 0),
        (("trace", "nope"), BAD_INPUT),
        (("export", "nope", "--format", "csv"), BAD_INPUT),
        (("export", "p1", "--format", "csv", "--out", "/nowhere/at/all.csv"), USAGE),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run: HomeRun, arguments: tuple[str, ...], status: int) -> None:
    result = coached(run, *arguments)
    if status:
        assert status_of(result) == status
        assert "\n" not in str(result.exception)
    else:
        assert "PAIR" in result.output


def test_a_criterion_and_its_commitment_are_the_same_in_every_view(run: HomeRun) -> None:
    names = {each["id"] for each in shown(run)}
    listed = json.loads(coached(run, "commitments", "p1", "--json").stdout)
    graph = json.loads(coached(run, "trace", "p1", "--json").stdout)
    assert {each["criterion"] for each in listed if each["criterion"]} <= names
    linked = {edge["from"]: edge["to"] for edge in graph["edges"]}
    assert all(linked.get(each["id"]) == each["criterion"] for each in listed)
    assert {each["id"] for each in graph["nodes"] if each["kind"] == "criterion"} == names


@pytest.mark.parametrize("form", ["text", "mermaid", "csv", "json"])
def test_a_trace_is_written_for_its_caller_alone(run: HomeRun, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"trace.{form}"
    out.write_text("older", encoding="utf-8")
    out.chmod(0o644)
    assert coached(run, "trace", "p1", "--format", form, "--out", str(out)).exit_code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    page = out.read_bytes().decode()
    assert page.encode() == coached(run, "trace", "p1", "--format", form).stdout_bytes
    assert "Sign the data access form" in page
    assert "<PERSON" not in page


def test_a_link_is_not_written_through(run: HomeRun, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept", encoding="utf-8")
    (tmp_path / "out.csv").symlink_to(kept)
    assert status_of(coached(run, "export", "p1", "--format", "csv", "--out", str(tmp_path / "out.csv"))) == USAGE
    assert kept.read_text(encoding="utf-8") == "kept"


def table(run: HomeRun, form: str, *options: str) -> list[dict[str, str]]:
    result = coached(run, "export", "p1", "--format", form, *options)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def test_tickets_are_made_of_commitments_without_one(run: HomeRun) -> None:
    (jira,) = table(run, "jira")
    assert tuple(jira) == JIRA
    assert jira["Summary"] == "Sign the data access form"
    assert (jira["Due Date"], jira["Issue Type"], jira["Assignee"]) == ("2026-09-18", "Task", "")
    assert "Owner: Sam Reyes" in jira["Description"]
    (github,) = table(run, "github")
    assert tuple(github) == GITHUB
    assert github["body"]


def test_the_calendar_has_every_due_date_and_invites_nobody(run: HomeRun) -> None:
    result = coached(run, "export", "p1", "--format", "ics")
    calendar = Calendar.from_ical(result.stdout)
    assert isinstance(calendar, Calendar)
    assert [str(event["summary"]) for event in calendar.events] == ["Due: Sign the data access form (Sam Reyes)"]
    assert not any("attendee" in event or "organizer" in event for event in calendar.events)


def test_a_sponsor_exports_what_was_shared_and_no_name_from_the_vault(run: HomeRun) -> None:
    assert table(run, "csv", "--as", "sponsor") == []
    name = table(run, "csv")[0]["commitment"]
    assert said(run, "share", name, "--as", "mentee").exit_code == 0
    with run.copilot() as copilot:
        programme = copilot.programme()
        people = tuple(replace(each, also=(f"{each.id}@corp.example",)) for each in programme.people)
        copilot.record.programmes.save(replace(programme, people=people))
    (own,), (jira,) = table(run, "jira"), table(run, "jira", "--as", "sponsor")
    assert (own["Assignee"], jira["Assignee"]) == ("sam@corp.example", "")
    (row,) = table(run, "csv", "--as", "sponsor")
    assert row["action"] == "Sign the data access form"
    assert row["commitment"] == name


def test_nothing_of_a_note_is_in_a_ticket(run: HomeRun) -> None:
    every = coached(run, "export", "p1", "--format", "jira", "--all").stdout
    assert "2026-09-14.md" not in every
    assert "sceptical" not in every
