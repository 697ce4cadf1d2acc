"""``coach erase``: asks first, says what went and what it cannot reach, and can let somebody come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.cli.erase import erase
from copilot.errors import NotFound, Usage
from tests.copilot.cli.home import HomeRun, filled


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return filled(tmp_path)


def called(run: HomeRun, *arguments: str) -> Result:
    return CliRunner().invoke(erase, list(arguments), obj=run)


@pytest.mark.parametrize("arguments", [(), ("--pair", "p1", "--person", "ada", "--yes")])
def test_one_of_pair_and_person_is_needed(run: HomeRun, arguments: tuple[str, ...]) -> None:
    assert isinstance(called(run, *arguments).exception, Usage)


def test_nothing_is_erased_unless_somebody_says_so(run: HomeRun) -> None:
    refused = called(run, "--pair", "p1")
    assert isinstance(refused.exception, Usage)
    assert "--yes" in str(refused.exception)
    with run.copilot() as copilot:
        assert copilot.programme().pair("p1")


def test_a_terminal_is_asked(run: HomeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copilot.cli.erase._at_a_terminal", lambda: True)
    asked = CliRunner().invoke(erase, ["--pair", "p1"], obj=run, input="n\n")
    assert "Erase the pair p1 from this home for good?" in asked.stderr
    with run.copilot() as copilot:
        assert copilot.programme().pair("p1")
    done = CliRunner().invoke(erase, ["--pair", "p1"], obj=run, input="y\n")
    assert done.stdout.startswith("Erased the pair p1. Removed: ")


def test_it_says_what_went_what_stays_and_what_it_cannot_reach(run: HomeRun) -> None:
    done = called(run, "--person", "ben", "--yes")
    assert done.exit_code == 0
    told = ("Certificate: ", "out of programme.yaml", "[erased]", "p1", "The id ben stays", "Not reached: your own")
    for said in told:
        assert said in done.stdout
    assert "Carter" not in done.stdout
    assert isinstance(called(run, "--person", "ben", "--yes").exception, NotFound)
    assert isinstance(called(run, "--pair", "nobody", "--yes").exception, NotFound)


def test_json_and_a_find_exits_one_and_names_the_file_alone(run: HomeRun) -> None:
    stray = run.settings().home / "old.txt"
    stray.write_text("Sam Reyes was here")
    told = called(run, "--person", "sam", "--yes", "--json")
    assert told.exit_code == 1
    shape = json.loads(told.stdout)
    assert (shape["found_in"], shape["certificate"], shape["roles_in"]) == ([str(stray)], None, ["p1"])
    plain = called(run, "--person", "sam", "--yes")
    assert (plain.exit_code, plain.stderr) == (1, f"still found in {stray}\n")
    assert "Reyes" not in plain.output
    stray.unlink()
    assert json.loads(called(run, "--person", "sam", "--yes", "--json").stdout)["certificate"]


def test_somebody_may_come_back_on_purpose(run: HomeRun) -> None:
    called(run, "--person", "sam", "--yes")
    back = called(run, "--person", "sam", "--allow-return")
    assert back.stdout == "The person sam may come back with the next coach ingest.\n"
