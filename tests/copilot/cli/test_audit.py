"""Each act of a home lands in the audit log as one line, before it is shown, and never with a word of text."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot.cli.audit import audit
from copilot.cli.consent import consent
from copilot.cli.draft import draft
from copilot.cli.export import export
from copilot.cli.import_file import import_
from copilot.cli.prep import prep
from copilot.cli.retention import retention
from copilot.home import audit_log
from guards.errors import AuditUnwritable
from tests.copilot.cli.home import PROGRAMME, HomeRun, filled, listed, said


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return filled(tmp_path)


def acts(run: HomeRun) -> Counter[tuple[str, str]]:
    shown = json.loads(CliRunner().invoke(audit, ["show", "--last", "999", "--json"], obj=run).stdout)
    return Counter((each["act"], each["detail"]) for each in shown)


def test_every_kind_of_act_is_in_the_log(run: HomeRun, tmp_path: Path) -> None:
    cli = CliRunner()
    (tmp_path / "again.yaml").write_text(PROGRAMME, "utf-8")
    first = json.loads(listed(run, "--json").stdout)[0]["id"]
    for command, arguments in (
        (prep, ["p1", "--date", "2026-09-28", "--engine", "rules"]),
        (draft, ["blockers", "p1"]),
        (consent, ["give", "ben", "evaluation"]),
        (consent, ["withdraw", "ben", "evaluation"]),
        (export, ["p1", "--format", "csv"]),
        (import_, [str(tmp_path / "again.yaml")]),
        (retention, ["run"]),
    ):
        result = cli.invoke(command, arguments, obj=run)
        assert result.exit_code == 0, (command.name, result.exception)
    assert said(run, "done", first, "--as", "mentee").exit_code == 0
    found = acts(run)
    for expected in (
        ("draft", "prep"), ("paper", "blockers"), ("consent", "given"), ("consent", "withdrawn"), ("export", "csv"),
        ("decision", "done"), ("import", ""), ("retention", ""),
    ):  # fmt: skip
        assert found[expected] == 1, (expected, found)
    assert found["reveal", ""] >= 3
    text = audit_log(tmp_path / "home").read_text("utf-8")
    assert not [each for each in ("Ada", "Nwosu", "Label", '"p1"', '"ben"', first) if each in text]
    assert cli.invoke(audit, ["verify"], obj=run).exit_code == 0


def test_what_cannot_be_logged_is_not_done(run: HomeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "no space")

    cli = CliRunner()
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        refused = cli.invoke(consent, ["give", "ben", "evaluation"], obj=run)
    assert isinstance(refused.exception, AuditUnwritable)
    rows = json.loads(cli.invoke(consent, ["list", "ben", "--json"], obj=run).stdout)
    assert {"person": "ben", "purpose": "evaluation", "allowed": False} in rows
