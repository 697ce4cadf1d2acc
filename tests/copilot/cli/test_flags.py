"""``coach flags`` over a home: each flag with its day, and nothing that was logged later."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.bootstrap import bootstrap
from copilot.cli.exits import BAD_INPUT, NOT_PERMITTED, USAGE
from copilot.cli.main import coach
from copilot.home import audit_log
from copilot.programme_file import load_programme
from copilot.settings import read_settings
from guards.audit_log import shown
from guards.consent import ConsentWord, Purpose

_FILE = """
programme: {id: t, name: T, start: 2026-06-01, cadence_days: 7}
people:
  - {id: a, name: Ada Nwosu, roles: [mentor_coach]}
  - {id: b, name: Ben Ortega, roles: [mentee]}
  - {id: l, name: Lou Marsh, roles: [lnd]}
  - {id: s, name: Sam Reyes, roles: [sponsor]}
pairs: [{id: a-b, mentor: a, mentee: b, sponsor: s, started: 2026-06-01}]
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


def _consent(home: Path, *words: tuple[str, bool]) -> None:
    with bootstrap(read_settings(home=home)) as copilot:
        for who, given in words:
            word = ConsentWord(who, Purpose.PROGRAMME_REVIEW, given, datetime.now(UTC))
            copilot.record.consents.append(word)


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


def test_a_person_sees_what_they_may_review_and_of_the_rest_no_trace(home: Path) -> None:
    day = ("--as-of", "2026-07-13")
    nothing = _run(home, "--as-of", "2026-06-01", "--as", "l").output
    assert _run(home, *day, "--as", "l").output == nothing
    _consent(home, ("a", True))
    assert _run(home, *day, "--as", "l").output == nothing
    _consent(home, ("b", True))
    assert "a-b" in _run(home, *day, "--as", "l").output
    for other in ("a", "b"):  # the process is L&D's to judge
        assert _run(home, *day, "--as", other).output == nothing
    assert _run(home, *day, "--as", "s").exit_code == NOT_PERMITTED
    assert _run(home, *day, "--as", "nobody").exit_code == BAD_INPUT


def test_once_somebody_withdrew_programme_review_nobody_is_told_not_even_that_it_is_unknown(home: Path) -> None:
    day = ("--as-of", "2026-07-13")
    assert "a-b" in _run(home, *day).output
    _consent(home, ("a", True), ("b", True), ("b", False))
    for who in ((), ("--as", "l")):
        assert "a-b" not in _run(home, *day, *who).output
        assert json.loads(_run(home, *day, *who, "--json").stdout) == []
    path = home.parent / "programme.yaml"
    path.write_text(_FILE.partition("sessions:")[0], encoding="utf-8")  # notes closed, calendar empty
    with bootstrap(read_settings(home=home)) as copilot:
        copilot.record.programmes.save(load_programme(path).programme)
    assert "a-b" not in _run(home, *day).output
    _consent(home, ("b", True))
    assert "not judged" in _run(home, *day).output


def test_looking_at_flags_is_in_the_log(home: Path) -> None:
    _run(home, "--as-of", "2026-07-13", "--as", "l")
    with bootstrap(read_settings(home=home)) as copilot:
        lines = shown(audit_log(home), keyring=copilot.keyring, pairs=[], people=["l"], most=9)
    assert [(each["act"], each["detail"], each["who"], each["count"]) for each in lines] == [("flag", "seen", "l", 0)]


def test_an_unknown_kind_is_refused_with_those_there_are(home: Path) -> None:
    result = _run(home, "--kind", "gossip")
    assert result.exit_code == USAGE
    assert "stalled" in result.output
