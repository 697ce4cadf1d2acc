"""``coach doctor`` finds what is wrong, says how to mend it, and never shows a key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot.cli.main import coach


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
