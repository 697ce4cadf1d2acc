"""``coach doctor`` finds what is wrong, says how to mend it, and never shows a key."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot.bootstrap import bootstrap
from copilot.cli.main import coach
from copilot.settings import read_settings


def look() -> tuple[int, dict[str, dict[str, object]], str]:
    run = CliRunner().invoke(coach, ["doctor", "--json"])
    return run.exit_code, {row["what"]: row for row in json.loads(run.stdout)}, run.output


def test_missing_weights_are_a_problem_with_a_way_to_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WEIGHTS", str(tmp_path))
    status, rows, _ = look()
    assert status == 1
    assert rows["model rampart"]["mend"] == "coach model install rampart"
    assert rows["model qwen"]["ok"]


def test_a_home_that_others_can_read_and_a_broken_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "open"
    home.mkdir()
    home.chmod(0o755)
    (home / "record.db").write_bytes(b"this is no database")
    monkeypatch.setenv("COACH_HOME", str(home))
    _, rows, _ = look()
    assert "chmod 700" in str(rows["home"]["mend"])
    assert not rows["database"]["ok"]


def test_an_endpoint_without_a_model_and_never_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    _, rows, shown = look()
    assert "COACH_CHAT_MODEL" in str(rows["engine"]["mend"])
    assert "sk-canary" not in shown


def test_a_damaged_database_is_seen_by_reading_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = made_home(tmp_path, monkeypatch)
    with closing(sqlite3.connect(home / "jobs.db")) as database:
        database.executescript("CREATE TABLE t (x); CREATE INDEX i ON t (x);")
        database.executemany("INSERT INTO t VALUES (?)", [(f"row {number}",) for number in range(2000)])
        database.commit()
    assert look()[1]["database"]["ok"]
    pages = bytearray((home / "jobs.db").read_bytes())
    pages[8192:12288] = b"\xff" * 4096  # a page in the middle; the header stays right
    (home / "jobs.db").write_bytes(pages)
    row = look()[1]["database"]
    assert not row["ok"]
    assert "jobs.db" in str(row["says"])


def test_a_home_in_use_says_by_whom_and_doctor_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = made_home(tmp_path, monkeypatch)
    assert look()[1]["lock"]["says"] == "nobody else uses this home"
    script = (
        "import sys; from pathlib import Path; from copilot.home import Home\n"
        "with Home.opened(Path(sys.argv[1]), purpose='coach ingest'):\n    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        row = look()[1]["lock"]
    assert row["ok"]
    assert f"process {holder.pid} (coach ingest" in str(row["says"])


def made_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "made"
    monkeypatch.setenv("COACH_HOME", str(home))
    bootstrap(read_settings()).close()
    return home
