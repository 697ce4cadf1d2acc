"""Each act of a home lands in the audit log as one line, before it is shown, and never with a word of text."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
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
from copilot.cli.wall import wall
from copilot.errors import NotFound
from copilot.flags.flag import FlagKind
from copilot.home import audit_log
from copilot.programme import Pair, Person
from copilot.reviewing import enqueue
from guards.access import Role
from guards.audit_log import shown
from guards.errors import AuditUnwritable, NotPermitted
from tests.copilot.cli.home import PROGRAMME, HomeRun, filled, listed, said
from tests.doubles.reviews import finding


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    return filled(tmp_path)


def acts(run: HomeRun) -> Counter[tuple[str, str]]:
    with run.copilot() as copilot:
        lines = shown(audit_log(copilot.home.path), keyring=copilot.keyring, pairs=["p1"], people=["ada"], most=999)
    return Counter((str(each["act"]), str(each["detail"])) for each in lines)


def seen(run: HomeRun, person: str) -> Counter[tuple[str, str, str]]:
    told = CliRunner().invoke(audit, ["show", "--last", "999", "--json", "--as", person], obj=run)
    if told.exception is not None:
        raise told.exception
    return Counter((each["act"], each["detail"], each["who"]) for each in json.loads(told.stdout))


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


def test_each_reads_the_lines_that_are_theirs_and_no_trace_of_the_rest(run: HomeRun) -> None:
    cli = CliRunner()
    lou = Person("lou", "Lou Marsh", roles=frozenset({Role.LND}))
    with run.copilot() as copilot:
        programme = copilot.programme()
        other = Pair("p2", "sam", "lou", signed=programme.pairs[0].signed)
        copilot.record.programmes.save(
            replace(programme, people=(*programme.people, lou), pairs=(*programme.pairs, other))
        )
        enqueue(copilot, [finding("aaaa1111", pair="p1"), finding("bbbb2222", FlagKind.TICKBOX, pair="p1")])
    cli.invoke(draft, ["blockers", "p1"], obj=run)
    cli.invoke(consent, ["give", "ben", "programme_review"], obj=run)
    cli.invoke(retention, ["run"], obj=run)
    assert set(seen(run, "ben")) == {
        ("paper", "blockers", "ada"), ("reveal", "", "ada"), ("flag", "tickbox", ""), ("consent", "given", "ben"),
    }  # fmt: skip
    assert set(seen(run, "ada")) == set(seen(run, "ben")) - {("consent", "given", "ben")}
    assert set(seen(run, "lou")) == {("retention", "", "")}
    cli.invoke(consent, ["give", "ada", "programme_review"], obj=run)
    assert set(seen(run, "lou")) == {("retention", "", ""), ("flag", "stalled", "")}
    assert not seen(run, "sam") - seen(run, "lou")  # coach of the other pair
    cli.invoke(consent, ["withdraw", "ben", "session_prep"], obj=run)
    assert not [act for act in seen(run, "ada") if act[2] != "ada"]


@pytest.mark.parametrize("who", ["sam", "nobody"])
def test_who_has_no_pair_reads_no_log(run: HomeRun, who: str) -> None:
    with pytest.raises((NotPermitted, NotFound)):
        seen(run, who)


def test_a_preview_stands_under_who_looked_and_not_under_whose_view_it_is(run: HomeRun) -> None:
    shown_to = CliRunner().invoke(wall, ["preview", "p1", "--as", "mentee", "--by", "mentor_coach"], obj=run)
    assert "Label 200 claims" in shown_to.stdout
    assert {who for act, _, who in seen(run, "ada") if act in {"draft", "reveal"}} == {"ada"}
