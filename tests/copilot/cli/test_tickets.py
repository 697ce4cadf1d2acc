"""``coach tickets``: a look writes nothing, ``--apply`` writes what contradicts nobody, and export comes back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copilot.bootstrap import Copilot
from copilot.cli.export import export
from copilot.cli.tickets import tickets
from copilot.errors import BadInput
from copilot.mentions import Decision
from copilot.ticket_importing import import_tickets
from guards.access import ReadCommitments, Role, authorize
from guards.errors import NotPermitted
from tests.copilot.cli.home import PROGRAMME, HomeRun, filled, read, said

FILE = "Issue key,Status,Assignee,Resolved\nCLM-118,Done,Ben Carter,2026-09-20\nCLM-500,Done,,\n"
THIRD = """# 28 Sept

## Micro-commitments

- Ben: Write the labelling guideline. Due 2026-10-05. Ticket CLM-120.
- Ben: Book the risk review. Due 2026-10-07.
"""


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    made = filled(tmp_path)
    (tmp_path / "notes" / "p1" / "2026-09-28.md").write_text(THIRD, encoding="utf-8")
    read(made, tmp_path / "notes")
    return made


def compared(run: HomeRun, folder: Path, text: str, *options: str) -> Result:
    path = folder / "tickets.csv"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(tickets, ["p1", str(path), *options], obj=run)


def shape(run: HomeRun, folder: Path, text: str, *options: str) -> dict[str, Any]:
    result = compared(run, folder, text, "--json", *options)
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


def decisions(copilot: Copilot) -> tuple[Decision, ...]:
    grant = authorize(copilot.principal("p1", Role.MENTEE), ReadCommitments, "p1")
    return copilot.record.ledger_reader(grant).decisions()


def exported(run: HomeRun, form: str, *options: str) -> list[dict[str, str]]:
    result = CliRunner().invoke(export, ["p1", "--format", form, *options], obj=run)
    assert result.exception is None, result.exception
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def written(rows: list[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def outcomes(found: dict[str, Any]) -> dict[str, str]:
    return {each["ticket"] or "": each["outcome"] for each in found["tickets"]}


def test_a_look_writes_nothing_and_apply_writes_once(run: HomeRun, tmp_path: Path) -> None:
    text = "Key;Status;Resolved\nCLM-120;Done;2026-10-04\nCLM-118;Done;\nCLM-999;Done;\n"
    look = compared(run, tmp_path, text)
    assert look.exit_code == 0
    assert "Would change (1)" in look.output
    assert "done on 2026-10-04 (row 2): Write the labelling guideline" in look.output
    assert "1 agree; 1 rows name no commitment of p1" in look.output
    assert "nothing was written" in look.output
    with run.copilot() as copilot:
        assert decisions(copilot) == ()
    assert outcomes(shape(run, tmp_path, text, "--apply", "--as", "mentee")) == {
        "CLM-118": "agrees",
        "CLM-120": "change",
    }
    with run.copilot() as copilot:
        once = decisions(copilot)
    assert [(each.kind.value, each.by, each.day.isoformat()) for each in once if each.kind != "confirm"] == [
        ("done", "ben", "2026-10-04")
    ]
    assert set(outcomes(shape(run, tmp_path, text, "--apply")).values()) == {"agrees"}
    with run.copilot() as copilot:
        assert decisions(copilot) == once


def test_what_somebody_said_stands_and_is_shown(run: HomeRun, tmp_path: Path) -> None:
    mine = next(each for each in exported(run, "csv") if each["ticket"] == "CLM-120")
    assert said(run, "confirm", mine["commitment"], "--as", "mentee", "--date", "2026-10-06").exit_code == 0
    text = "Key,Status,Resolved\nCLM-120,Done,2026-10-04\n"
    found = shape(run, tmp_path, text, "--apply")
    assert outcomes(found) == {"CLM-120": "conflict"}
    assert found["tickets"][0]["why"].startswith("ben said on 2026-10-06 that it stands")
    assert [each["status"] for each in exported(run, "csv") if each["ticket"] == "CLM-120"] == ["open"]


def test_our_own_table_comes_back_unchanged_and_with_one_word_changed(run: HomeRun, tmp_path: Path) -> None:
    rows = exported(run, "csv")
    assert len(rows) >= 3
    found = shape(run, tmp_path, written(rows), "--apply")
    assert set(outcomes(found).values()) == {"agrees"}
    assert found["rows_without_id"] == []
    for each in rows:
        each["status"] = "done" if each["action"].startswith("Book") else each["status"]
    assert outcomes(shape(run, tmp_path, written(rows), "--apply"))[""] == "change"
    assert [each["action"] for each in exported(run, "csv") if each["action"].startswith("Book")] == []


def test_jiras_way_back_goes_by_the_mark_in_the_description(run: HomeRun, tmp_path: Path) -> None:
    """What goes to Jira has no ticket yet; Jira gives it a key that no note names."""
    rows = exported(run, "jira")
    back = [
        {"Issue key": f"NEW-{n}", "Status": "Done", "Description": each["Description"]} for n, each in enumerate(rows)
    ]
    found = shape(run, tmp_path, written(back))
    assert [each["outcome"] for each in found["tickets"]] == ["change"] * len(rows)


@pytest.mark.parametrize("role", ["sponsor", "lnd"])
def test_who_may_not_decide_may_not_look_either(tmp_path: Path, role: str) -> None:
    run = filled(tmp_path)
    with run.copilot() as copilot, pytest.raises(NotPermitted):
        import_tickets(copilot, "p1", FILE.encode(), principal=copilot.viewer("p1", role))


def test_a_coach_without_papers_is_refused(tmp_path: Path) -> None:
    run = filled(tmp_path)
    bare = PROGRAMME.replace("signed: {coach_charter: 2026-09-01, data_access: 2026-09-02}", "signed: {}")
    (tmp_path / "notes" / "programme.yaml").write_text(bare, encoding="utf-8")
    read(run, tmp_path / "notes")
    with run.copilot() as copilot, pytest.raises(NotPermitted):
        import_tickets(copilot, "p1", FILE.encode(), principal=copilot.principal("p1", Role.MENTOR_COACH))


def test_a_file_that_is_not_there_is_one_line(run: HomeRun, tmp_path: Path) -> None:
    result = CliRunner().invoke(tickets, ["p1", str(tmp_path / "none.csv")], obj=run)
    assert isinstance(result.exception, BadInput)
    result = CliRunner().invoke(tickets, ["p1", str(tmp_path)], obj=run)
    assert isinstance(result.exception, BadInput)
