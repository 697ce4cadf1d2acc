"""``coach flags`` over a home: each flag with its day, and nothing that was logged later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.bootstrap import bootstrap
from copilot.cli.exits import USAGE
from copilot.cli.main import coach
from copilot.programme_file import load_programme
from copilot.settings import read_settings

_FILE = """
programme: {id: t, name: T, start: 2026-06-01, cadence_days: 7}
people:
  - {id: a, name: Ada Nwosu, roles: [mentor_coach]}
  - {id: b, name: Ben Ortega, roles: [mentee]}
pairs: [{id: a-b, mentor: a, mentee: b, started: 2026-06-01}]
sessions:
  - {pair: a-b, date: 2026-06-02, status: held, logged: 2026-06-02}
  - {pair: a-b, date: 2026-06-09, status: missed, logged: 2026-06-10}
  - {pair: a-b, date: 2026-06-16, status: missed, logged: 2026-06-17}
  - {pair: a-b, date: 2026-07-10, status: held, logged: 2026-07-30}
commitments:
  - {pair: a-b, owner: b, action: Label the claims, due: 2026-06-12, opened: 2026-06-02, logged: 2026-06-02}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "programme.yaml"
    path.write_text(_FILE, encoding="utf-8")
    with bootstrap(read_settings(home=tmp_path / "home")) as copilot:
        copilot.record.programmes.save(load_programme(path).programme)
    return tmp_path / "home"


def _run(home: Path, *options: str) -> Result:
    return CliRunner().invoke(coach, ["--home", str(home), "flags", *options])


def test_each_day_is_judged_by_what_was_logged_by_then(home: Path) -> None:
    result = _run(home, "--as-of", "2026-06-08", "--as-of", "2026-07-13", "--as-of", "2026-07-31", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert {each["as_of"] for each in found if each["tier"] == "review"} == {"2026-07-13"}
    assert "2026-06-08" not in {each["as_of"] for each in found}


def test_no_person_is_named_in_a_flag(home: Path) -> None:
    told = _run(home, "--as-of", "2026-07-13").output
    assert "a-b" in told
    assert not {"Ada", "Ben", "mentee", "mentor"} & set(told.split())


def test_an_unknown_kind_is_refused_with_those_there_are(home: Path) -> None:
    result = _run(home, "--kind", "gossip")
    assert result.exit_code == USAGE
    assert "stalled" in result.output
