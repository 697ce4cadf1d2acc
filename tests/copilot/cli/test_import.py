"""``coach import``: whole files and updates, merged by id; nothing is dropped, and twice is once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copilot.cli.import_file import import_
from copilot.ledger import fold
from copilot.mentions import Commitment
from copilot.programme_file import load_programme
from copilot.programme_merge import merged, rows_of
from guards.access import ReadCommitments, Role, authorize
from tests.copilot.cli.home import PROGRAMME, HomeRun

SAMPLE = Path(__file__).parents[3] / "copilot" / "sample" / "programme.yaml"


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return HomeRun(home=tmp_path / "home")


def imported(run: HomeRun, tmp_path: Path, text: str, *options: str) -> Result:
    path = tmp_path / "given.yaml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(import_, [str(path), *options], obj=run)


def counted(run: HomeRun, tmp_path: Path, text: str) -> dict[str, tuple[int, int, int, int]]:
    result = imported(run, tmp_path, text, "--json")
    assert result.exception is None, result.exception
    sections: dict[str, Any] = json.loads(result.stdout)["sections"]
    return {name: (row["new"], row["changed"], row["unchanged"], row["kept"]) for name, row in sections.items()}


def ledger(run: HomeRun) -> tuple[Commitment, ...]:
    with run.copilot() as copilot:
        grant = authorize(copilot.principal("p1", Role.MENTEE), ReadCommitments, "p1")
        reader = copilot.record.ledger_reader(grant)
        return fold(reader.mentions(), reader.decisions(), (), as_of=date(2027, 1, 1))


def test_a_whole_file_is_new_and_the_same_again_changes_nothing(run: HomeRun, tmp_path: Path) -> None:
    first = counted(run, tmp_path, PROGRAMME)
    assert first == {"people": (3, 0, 0, 0), "kpis": (1, 0, 0, 0), "pairs": (1, 0, 0, 0), "commitments": (1, 0, 0, 0)}
    before = ledger(run)
    again = counted(run, tmp_path, PROGRAMME)
    assert again == {"people": (0, 0, 3, 0), "kpis": (0, 0, 1, 0), "pairs": (0, 0, 1, 0), "commitments": (0, 0, 1, 0)}
    assert ledger(run) == before


def test_an_update_changes_its_own_rows_and_fields_and_keeps_the_rest(run: HomeRun, tmp_path: Path) -> None:
    counted(run, tmp_path, PROGRAMME)
    update = """
pairs:
  - {id: p1, ended: 2026-11-20, signed: {mentor_agreement: 2026-09-03}}
people:
  - {id: ada, away: [{from: 2026-10-05, to: 2026-10-09}]}
  - {id: kai, name: Kai Lund, roles: [other]}
sessions:
  - {pair: p1, date: 2026-09-28, status: missed}
"""
    assert counted(run, tmp_path, update) == {
        "people": (1, 1, 0, 2), "pairs": (0, 1, 0, 0), "sessions": (1, 0, 0, 0), "kpis": (0, 0, 0, 1),
    }  # fmt: skip
    more = "people: [{id: ada, away: [{from: 2026-12-01, to: 2026-12-02}]}]"
    counted(run, tmp_path, more)
    with run.copilot() as copilot:
        programme = copilot.programme()
    pair, ada = programme.pair("p1"), programme.person("ada")
    assert pair is not None
    assert ada is not None
    assert (pair.mentor, pair.ended) == ("ada", date(2026, 11, 20))
    assert dict(pair.signed).keys() == {"coach_charter", "data_access", "mentor_agreement"}
    assert (ada.name, len(ada.away)) == ("Ada Nwosu", 2)
    assert len(ledger(run)) == 1


def test_commitments_go_on_and_none_is_dropped(run: HomeRun, tmp_path: Path) -> None:
    counted(run, tmp_path, PROGRAMME)
    row = "commitments:\n  - {pair: p1, owner: ben, action: Label 200 claims, opened: 2026-09-14, due: 2026-09-21"
    assert counted(run, tmp_path, row + "}")["commitments"] == (1, 0, 0, 1)
    assert counted(run, tmp_path, row.replace("09-21", "12-21") + "}")["commitments"] == (0, 1, 0, 1)
    assert counted(run, tmp_path, row.replace("09-21", "12-21") + "}")["commitments"] == (0, 0, 1, 1)
    done = row.replace("09-21", "12-21") + ", status: done, closed: 2026-12-20}"
    assert counted(run, tmp_path, done)["commitments"] == (0, 1, 0, 1)
    found = {str(each.action): each for each in ledger(run)}
    assert len(found) == 2
    label = found["Label 200 claims"]
    assert (label.first_agreed, label.due, label.status.value) == (date(2026, 9, 14), date(2026, 12, 21), "done")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pairs: [{id: p9, mentor: ada}]", "pairs[0].mentee: is missing"),
        ("pairs: [{id: p1, mentor: nobody}]", "nobody"),
        ("people: [{id: ada}, {id: ada}]", "twice"),
        ("people: {id: ada}", "list"),
        ("people: [ada]", "people[0]"),
        ("persons: []", "persons"),
        ("sessions: [{pair: p1, date: yesterday, status: held}]", "sessions[0].date"),
        ("programme: {id: other}", "another programme"),
        ("{}", "section"),
        ("[]", "section"),
        ("", "is empty"),
    ],
)
def test_what_does_not_hold_together_is_said_in_a_line_and_changes_nothing(
    run: HomeRun, tmp_path: Path, text: str, says: str
) -> None:
    counted(run, tmp_path, PROGRAMME)
    with run.copilot() as copilot:
        before = copilot.programme()
    result = imported(run, tmp_path, text)
    assert says in str(result.exception)
    assert "given.yaml: " in str(result.exception)
    with run.copilot() as copilot:
        assert copilot.programme() == before


def test_two_sessions_of_one_day_stay_two(run: HomeRun, tmp_path: Path) -> None:
    counted(run, tmp_path, PROGRAMME)
    two = """
sessions:
  - {pair: p1, date: 2026-09-28, status: cancelled, cancelled_by: mentor}
  - {pair: p1, date: 2026-09-28, status: held}
"""
    assert counted(run, tmp_path, two)["sessions"] == (2, 0, 0, 0)
    assert counted(run, tmp_path, two)["sessions"] == (0, 0, 2, 0)


def test_the_sample_reads_back_from_its_rows_as_it_was() -> None:
    programme = load_programme(SAMPLE).programme
    rows = rows_of(programme)
    assert merged(rows, rows) == rows
    assert rows["people"]
