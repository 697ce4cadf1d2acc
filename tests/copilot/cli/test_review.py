"""``coach review`` on a home: who sees what, decisions of named people, no trace for others, cases by consent."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copilot import intake
from copilot.cli.audit import audit
from copilot.cli.review import review
from copilot.erasing import erase
from copilot.erasure_records import Target
from copilot.errors import NotFound, Usage
from copilot.flags.flag import FlagKind
from copilot.home import audit_log
from copilot.reviewing import enqueue
from guards.consent import ConsentWord, Purpose
from guards.errors import AuditUnwritable
from tests.copilot.cli.home import HomeRun, filled
from tests.doubles.reviews import finding

DAY = date(2026, 11, 20)


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    made = filled(tmp_path)
    programme = tmp_path / "notes" / "programme.yaml"
    lou = "people:\n  - {id: lou, name: Lou Marsh, roles: [lnd]}"
    programme.write_text(programme.read_text("utf-8").replace("people:", lou, 1), "utf-8")
    with made.copilot() as copilot:
        intake.prepare(copilot, [tmp_path / "notes"])
        cards = [finding("aaaa1111", pair="p1", day=DAY), finding("bbbb2222", FlagKind.TICKBOX, pair="p1", day=DAY)]
        assert enqueue(copilot, cards) == ("aaaa1111", "bbbb2222")
        assert enqueue(copilot, cards) == ()
    return made


def allow(run: HomeRun, purpose: Purpose, *people: str) -> None:
    with run.copilot() as copilot:
        for each in people:
            copilot.record.consents.append(ConsentWord(each, purpose, True, datetime.now(UTC)))


def said(run: HomeRun, *arguments: str) -> Result:
    return CliRunner().invoke(review, list(arguments), obj=run)


def ids(run: HomeRun, person: str, *options: str) -> list[str]:
    shapes: list[dict[str, Any]] = json.loads(said(run, "list", "--as", person, "--json", *options).stdout)
    return [each["id"] for each in shapes]


def test_lnd_sees_process_flags_with_both_consents_and_the_pair_its_own(run: HomeRun) -> None:
    assert ids(run, "lou") == []
    allow(run, Purpose.PROGRAMME_REVIEW, "ada")
    assert ids(run, "lou") == []
    allow(run, Purpose.PROGRAMME_REVIEW, "ben")
    assert ids(run, "lou") == ["aaaa1111"]
    assert ids(run, "ben") == ids(run, "ada") == ["bbbb2222"]
    assert ids(run, "sam") == []


def test_what_is_not_theirs_reads_as_unknown_to_the_letter(run: HomeRun) -> None:
    allow(run, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    for person, card in (("lou", "bbbb2222"), ("ben", "aaaa1111"), ("sam", "aaaa1111"), ("sam", "bbbb2222")):
        hidden, unknown = (said(run, "show", each, "--as", person).exception for each in (card, "cccc3333"))
        assert isinstance(hidden, NotFound)
        assert str(hidden) == str(unknown)
        assert isinstance(said(run, "decide", card, "confirm", "--as", person, "--reason", "x").exception, NotFound)


def test_a_decision_names_person_role_and_a_masked_reason_and_reopening_keeps_it(run: HomeRun) -> None:
    allow(run, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    done = said(run, "decide", "aaaa", "dismiss", "--as", "lou", "--reason", "Ada Nwosu\nmet him on site", "--json")
    (word,) = json.loads(done.stdout)["words"]
    assert (word["by"], word["role"], word["event"]) == ("lou", "lnd", "dismiss")
    assert "Nwosu" not in done.stdout
    assert "met him on site" in word["reason"]
    assert ids(run, "lou") == []
    assert ids(run, "lou", "--state", "dismissed") == ["aaaa1111"]
    assert isinstance(said(run, "decide", "aaaa", "confirm", "--as", "lou", "--reason", "x").exception, Usage)
    said(run, "decide", "aaaa", "reopen", "--as", "lou", "--reason", "It was another day.")
    page = said(run, "show", "aaaa", "--as", "lou").stdout
    assert "open since" in page
    assert page.count("lou (lnd)") == 2
    assert isinstance(said(run, "decide", "aaaa", "confirm", "--as", "lou", "--reason", " ").exception, Usage)
    assert isinstance(said(run, "decide", "aaaa", "confirm", "--as", "lnd", "--reason", "x").exception, NotFound)


def test_cases_need_both_consents_and_hold_no_pair_person_or_name(run: HomeRun, tmp_path: Path) -> None:
    out = tmp_path / "cases.jsonl"
    said(run, "decide", "bbbb", "confirm", "--as", "ben", "--reason", "Ada Nwosu wrote it twice")
    said(run, "export", "--as", "ben", "--out", str(out))
    assert out.read_text("utf-8") == ""
    allow(run, Purpose.EVALUATION, "ada")
    said(run, "export", "--as", "ben", "--out", str(out))
    assert out.read_text("utf-8") == ""
    allow(run, Purpose.EVALUATION, "ben")
    said(run, "export", "--as", "ben", "--out", str(out))
    text = out.read_text("utf-8")
    (case,) = [json.loads(line) for line in text.splitlines()]
    assert (case["kind"], case["label"], case["by_role"]) == ("tickbox", "confirmed", "mentee")
    assert "wrote it twice" in case["reason"]
    assert not [each for each in ("Nwosu", "p1", "ben", "ada", "bbbb2222") if f'"{each}' in text or "Nwosu" in text]
    assert oct(out.stat().st_mode & 0o777) == "0o600"


def test_every_step_is_in_the_log_without_a_word_of_text_and_erasure_leaves_noise(run: HomeRun, tmp_path: Path) -> None:
    allow(run, Purpose.PROGRAMME_REVIEW, "ada", "ben")
    said(run, "decide", "aaaa", "dismiss", "--as", "lou", "--reason", "Met on site")
    shown = json.loads(CliRunner().invoke(audit, ["show", "--json", "--as", "lou"], obj=run).stdout)
    acts = [(each["act"], each["detail"], each["pair"], each["who"]) for each in shown]
    assert ("flag", "stalled", "p1", "") in acts
    assert ("review", "dismiss", "p1", "lou") in acts
    text = audit_log(tmp_path / "home").read_text("utf-8")
    assert not [each for each in ("site", "aaaa1111", '"p1"', '"lou"') if each in text]
    with run.copilot() as copilot:
        assert erase(copilot, Target("pair", "p1")).certificate
        assert not list(copilot.record.reviews.precisions(as_of=DAY))
    shown = json.loads(CliRunner().invoke(audit, ["show", "--json", "--as", "lou"], obj=run).stdout)
    assert "p1" not in {each["pair"] for each in shown}
    assert shown[-1]["act"] == "erase"
    verified = CliRunner().invoke(audit, ["verify"], obj=run)
    assert verified.exit_code == 0, verified.output


def test_verify_exits_one_on_a_changed_log(run: HomeRun, tmp_path: Path) -> None:
    path = audit_log(tmp_path / "home")
    path.write_text(path.read_text("utf-8").replace("stalled", "blocker"), "utf-8")
    found = CliRunner().invoke(audit, ["verify"], obj=run)
    assert (found.exit_code, "broken at line" in found.output) == (1, True)


def test_a_broken_log_is_set_aside_by_a_named_person_and_stays_a_finding_for_who_does_not_know_it(
    run: HomeRun, tmp_path: Path
) -> None:
    cli = CliRunner()
    path = audit_log(tmp_path / "home")
    path.write_text(path.read_text("utf-8").replace("stalled", "blocker"), "utf-8")
    assert isinstance(cli.invoke(audit, ["restart", "--as", "nobody"], obj=run).exception, NotFound)
    done = cli.invoke(audit, ["restart", "--as", "lou"], obj=run)
    assert done.exit_code == 0, done.exception
    found = cli.invoke(audit, ["verify", "--json"], obj=run)
    told = json.loads(found.stdout)
    assert (found.exit_code, told["whole"], told["set_aside"]["logs"]) == (1, True, 1)
    assert told["set_aside"]["digest"] in done.stdout
    assert cli.invoke(audit, ["verify", "--known", told["set_aside"]["digest"]], obj=run).exit_code == 0
    again = cli.invoke(audit, ["restart", "--as", "lou"], obj=run)
    assert isinstance(again.exception, AuditUnwritable)
    seen = json.loads(cli.invoke(audit, ["show", "--as", "lou", "--json"], obj=run).stdout)
    assert ("restart", "lou") in {(each["act"], each["who"]) for each in seen}
