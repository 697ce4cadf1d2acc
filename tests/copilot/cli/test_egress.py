"""``coach egress``: the calls are listed without their text, and a changed log is found."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copilot.bootstrap import Overrides, bootstrap
from copilot.cli.main import coach
from copilot.home import egress_log
from copilot.settings import read_settings
from guards.call_log import CallLog
from guards.egress import EgressDoor
from guards.errors import EgressRefused
from guards.text import house
from tests.doubles.redaction import RosterRedactor


@pytest.fixture
def home(tmp_path: Path) -> Path:
    door = EgressDoor(lambda _: frozenset({"Ada Nwosu"}), log=CallLog(egress_log(tmp_path)))
    door.check(b"hello <PERSON_1>", pair="ada-ben")
    with pytest.raises(EgressRefused):
        door.check(b"hello Ada Nwosu", pair="ada-ben", destination="loopback")
    door.check(b"x", pair="", destination="download")
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(coach, ["--home", str(home), "egress", *arguments])


def test_the_last_calls_are_shown_without_their_text(home: Path) -> None:
    shown = run(home, "show").stdout
    assert [line.split()[1:4] for line in shown.splitlines()] == [
        ["ada-ben", "endpoint", "16"],
        ["ada-ben", "loopback", "15"],
        ["-", "download", "1"],
    ]
    assert "refused: 1 known forms" in shown
    assert "Ada" not in shown
    (last,) = json.loads(run(home, "show", "--last", "1", "--json").stdout)
    assert (last["size"], last["sha256"]) == (1, hashlib.sha256(b"x").hexdigest())


def test_a_home_that_made_no_call(tmp_path: Path) -> None:
    assert run(tmp_path, "show").stdout == "No call was made from this home.\n"
    assert run(tmp_path, "verify").exit_code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_whole_log_is_told_with_its_head(home: Path) -> None:
    told = run(home, "verify")
    head = json.loads(egress_log(home).read_text().splitlines()[-1])["hash"]
    assert (told.exit_code, told.stdout) == (0, f"The log is whole: 3 calls, head {head}\n")


@pytest.mark.parametrize("change", [("refused: 1", "passed"), ('"bytes": 15', '"bytes": 16'), ("{", "[")])
def test_a_changed_log_is_found_and_exits_one(home: Path, change: tuple[str, str]) -> None:
    path = egress_log(home)
    lines = path.read_text().splitlines()
    lines[1] = lines[1].replace(*change)
    path.write_text("\n".join(lines) + "\n")
    told = run(home, "verify")
    assert (told.exit_code, "line 2" in told.stdout) == (1, True)
    assert json.loads(run(home, "verify", "--json").stdout)["broken"] == 2


def test_a_line_that_does_not_read_is_one_line_not_a_traceback(home: Path) -> None:
    egress_log(home).write_text("no json\n")
    told = run(home, "show")
    assert (told.exit_code, told.stderr.count("\n")) == (69, 1)
    assert "coach egress verify" in told.stderr


def sealed_home(tmp_path: Path) -> Path:
    settings = read_settings(home=tmp_path / "home", engine="rules")
    with bootstrap(settings, overrides=Overrides(redactor=RosterRedactor())) as copilot:
        for text in ("one", "two", "three"):
            copilot.door.check_texts([house(text)], pair="p")
    return tmp_path / "home"


def test_a_home_seals_its_log_and_misses_what_is_cut_off(tmp_path: Path) -> None:
    home = sealed_home(tmp_path)
    assert run(home, "verify").stdout.startswith("The log is whole: 3 calls, head ")
    path = egress_log(home)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:2]))
    told = run(home, "verify")
    assert (told.exit_code, "cut" in told.stdout) == (1, True)
    assert json.loads(run(home, "verify", "--json").stdout)["cut"] == 1


def test_an_anchored_log_says_what_was_removed(tmp_path: Path) -> None:
    home = sealed_home(tmp_path)
    path = egress_log(home)
    kept = path.read_text().splitlines(keepends=True)
    path.write_text(json.dumps({"anchor": json.loads(kept[0])["hash"], "removed": 1}) + "\n" + "".join(kept[1:]))
    told = run(home, "verify")
    assert (told.exit_code, told.stdout.startswith("The log is whole: 2 calls, 1 older ones removed")) == (0, True)
    assert len(run(home, "show").stdout.splitlines()) == 2


def test_a_seal_of_another_key_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = sealed_home(tmp_path)
    monkeypatch.setenv("COACH_MASTER_KEY", "11" * 32)
    told = run(home, "verify")
    assert (told.exit_code, told.stderr.count("\n")) == (69, 1)
