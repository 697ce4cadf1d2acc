"""The clock is moved on: each class goes on its day and not before, and nothing of it stays in the files."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from copilot.cli.retention import retention
from copilot.errors import BadInput
from copilot.intake import prepare
from copilot.ledger import fold
from copilot.ledger import is_open as still_open
from copilot.mentions import DecisionKind
from copilot.programme import Programme
from copilot.retention import Removed, policy_of, run_if_due, run_retention
from copilot.retention_policy import EXEMPT, TABLES, RetentionPolicy, read_policy, starter_policy
from copilot.stores.erasing import open_erasing
from copilot.stores.tables import METADATA
from guards.access import ReadConversation, RevealNames, authorize
from guards.call_log import CallLog, Line
from guards.errors import EgressRefused
from guards.log_reading import last_calls, verify
from guards.text import RawText
from tests.copilot.cli.home import HomeRun, filled, said
from tests.journeys.erasing_homes import copied, in_bytes, made, opened

PAIRS = ("ada-ben", "kwabena-priya", "yusuf-linh")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def home(sample: Path, tmp_path: Path) -> Path:
    return copied(sample, tmp_path / "copy")


def ran(home: Path, policy: str, day: date, *, dry_run: bool = False) -> dict[str, Removed]:
    (home / "retention.yaml").write_text(policy, encoding="utf-8")
    with opened(home) as copilot:
        return {each.name: each for each in run_retention(copilot, day, dry_run=dry_run)}


def lines(home: Path) -> list[str]:
    with open_erasing(home / "record.db") as store:
        return [text for pair in store.pairs() for text in store.texts(pair)]


def test_every_table_has_a_class_or_a_reason_to_have_none() -> None:
    assert {table.name for table in METADATA.sorted_tables} <= set(TABLES) | set(EXEMPT)
    assert not set(TABLES) & set(EXEMPT)
    assert set(TABLES.values()) <= set(RetentionPolicy.model_fields)
    assert all(EXEMPT.values())


@pytest.mark.parametrize("session", [date(2026, 9, 7), date(2026, 9, 14)])
def test_a_conversation_goes_the_day_after_its_limit_and_not_before(home: Path, session: date) -> None:
    policy = "conversation: 90\n"
    last_day = session + timedelta(days=90)
    ran(home, policy, last_day)
    with opened(home) as copilot:
        grant = authorize(copilot.principal("ada-ben"), ReadConversation, "ada-ben")
        reader = copilot.record.reader(grant)
        document = next(row for row in reader.documents() if row.session_date == session)
        texts = [line.text for line in reader.lines(document.id, 1, 10**6) if len(line.text) > 30]
        words = texts[-1].split()[-3:]
        assert document.passages
        assert reader.search_words(" ".join(words), 5)
    told = ran(home, policy, last_day + timedelta(days=1))["conversation"]
    assert told.before == session + timedelta(days=1)
    assert told.counts["lines"] >= len(texts)
    with opened(home) as copilot:
        reader = copilot.record.reader(authorize(copilot.principal("ada-ben"), ReadConversation, "ada-ben"))
        assert reader.lines(document.id, 1, 10**6) == ()
        passages = reader.all_passages()
        assert not [each for each in passages if each.document == document.id]
        assert copilot.index is not None
        assert copilot.index.ids("ada-ben") == {each.id for each in passages if not each.held}
    gone = [text for text in texts if not any(text in kept for kept in lines(home))]
    assert gone
    assert in_bytes(home, *gone) == []


def test_what_was_read_from_a_held_passage_goes_with_it(home: Path) -> None:
    def in_held() -> int:
        count = 0
        for pair in PAIRS:
            reader = copilot.record.reader(authorize(copilot.principal(pair), ReadConversation, pair))
            held = {(each.document, each.first, each.last) for each in reader.all_passages() if each.held}
            spans.update(held)
            count += sum(
                mention.citation.document == document
                and first <= mention.citation.last
                and mention.citation.first <= last
                for mention in reader.mentions()
                for document, first, last in spans
            )
        return count

    spans: set[tuple[str, int, int]] = set()
    with opened(home) as copilot:
        in_held()
        assert spans
    ran(home, "conversation: 1\n", date(2027, 6, 1))
    with opened(home) as copilot:
        assert in_held() == 0


def test_closed_commitments_go_and_open_ones_stay(tmp_path: Path) -> None:
    run = filled(tmp_path)
    day = date(2027, 6, 1)

    def ledger(run: HomeRun) -> dict[str, bool]:
        with run.copilot() as copilot:
            reader = copilot.record.reader(authorize(copilot.principal("p1"), ReadConversation, "p1"))
            return {
                str(each.action): still_open(each)
                for each in fold(reader.mentions(), reader.decisions(), (), as_of=day)
            }

    with run.copilot() as copilot:
        reader = copilot.record.reader(authorize(copilot.principal("p1"), ReadConversation, "p1"))
        (open_one,) = [each for each in fold(reader.mentions(), (), (), as_of=day) if each.owner == "sam"]
    assert said(run, "confirm", open_one.id[:8], "--date", "2026-10-01").exit_code == 0
    before = ledger(run)
    (run.settings().home / "retention.yaml").write_text("commitments: 30\n", encoding="utf-8")
    with run.copilot() as copilot:
        (told,) = run_retention(copilot, day)
        reader = copilot.record.reader(authorize(copilot.principal("p1"), ReadConversation, "p1"))
        assert [each.kind for each in reader.decisions()] == [DecisionKind.CONFIRM]
    assert told.counts["mentions"] >= 2
    after = ledger(run)
    assert [action for action, is_open in before.items() if not is_open] != []
    assert str(open_one.action) in after
    assert all(after.values())


def test_drafts_certificates_and_names_that_no_text_uses_go_on_their_day(home: Path) -> None:
    (home / "certificates").mkdir()
    (home / "certificates" / "erase-1.json").write_text(json.dumps({"finished": "2026-10-20T08:00:00+00:00"}))
    with opened(home) as copilot, copilot.record.vaults.open("ada-ben") as vault:
        mark = vault.placeholder(RawText("Zoltan Unheard"), entity_type="PERSON")
        forms = len(vault.kept())
    policy = "drafts: 30\nvault_unlinked: 10\ncertificates: 30\n"
    first = ran(home, policy, date(2026, 11, 19))
    assert {name: dict(each.counts) for name, each in first.items()} == {name: {} for name in first}
    second = ran(home, policy, date(2026, 11, 20))
    assert (second["drafts"].counts, second["certificates"].counts) == ({"drafts": 3}, {"certificates": 1})
    assert second["vault_unlinked"].counts == {}
    third = ran(home, policy, date(2026, 11, 30))
    assert third["vault_unlinked"].counts["forms"] >= 1
    with opened(home) as copilot, copilot.record.vaults.open("ada-ben") as vault:
        grant = authorize(copilot.principal("ada-ben"), RevealNames, "ada-ben")
        assert vault.restore(mark, grant) == "[erased]"
        assert len(vault.kept()) < forms
        assert vault.restore(vault.placeholder_of("ada"), grant) == "Ada Nwosu"
        assert vault.placeholder(RawText("Somebody New"), entity_type="PERSON") != mark


def test_the_call_log_loses_its_oldest_lines_and_still_verifies(home: Path) -> None:
    today = datetime.now(UTC).date()
    log = home / "egress.jsonl"
    for _ in range(4):
        CallLog(log).append(Line("ada-ben", "endpoint", b"<PERSON_1>"), verdict="passed")
    whole = verify(log)
    assert ran(home, "call_log: 5\n", today + timedelta(days=5))["call_log"].counts == {}
    later = today + timedelta(days=6)
    assert ran(home, "call_log: 5\n", later)["call_log"].counts == {"lines_of_the_log": 3}
    assert (verify(log).head, verify(log).broken, verify(log).lines) == (whole.head, None, 1)
    assert [call.pair for call in last_calls(log, most=9)] == ["ada-ben"]
    for _ in range(2):
        CallLog(log).append(Line("", "download", b"x"), verdict="passed")
    assert ran(home, "call_log: 5\n", later)["call_log"].counts == {"lines_of_the_log": 2}
    assert (verify(log).broken, len(last_calls(log, most=9))) == (None, 1)
    assert json.loads(log.read_text().splitlines()[0])["removed"] == 5
    log.write_text(log.read_text().replace("download", "endpoint"))
    with pytest.raises(EgressRefused, match="no line is removed"):
        ran(home, "call_log: 5\n", later)


def test_a_dry_run_counts_the_same_and_removes_nothing(home: Path) -> None:
    policy = "conversation: 1\ncommitments: 1\ndrafts: 1\nvault_unlinked: 1\ncall_log: 1\n"
    day = date(2027, 6, 1)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.suffix in {".json", ".jsonl"}}, lines(home)
    dry = ran(home, policy, day, dry_run=True)
    assert ({path: path.read_bytes() for path in before[0]}, lines(home)) == before
    wet = ran(home, policy, day)
    assert dry["conversation"].counts == wet["conversation"].counts
    assert dry["drafts"].counts == wet["drafts"].counts
    assert dry["call_log"].counts == wet["call_log"].counts
    assert dry["conversation"].counts["passages"] > 10


def test_it_runs_once_a_day_and_only_under_a_policy(home: Path) -> None:
    with opened(home) as copilot:
        assert run_if_due(copilot, date(2027, 6, 1)) == ()
        (home / "retention.yaml").write_text("drafts: 1\n")
        (first,) = run_if_due(copilot, date(2027, 6, 1))
        assert first.counts == {"drafts": 3}
        assert run_if_due(copilot, date(2027, 6, 1)) == ()
        assert run_if_due(copilot, date(2027, 5, 1)) == ()  # a clock that was set back
        assert len(run_if_due(copilot, date(2027, 6, 2))) == 1


def test_ingest_takes_the_policy_over_and_refuses_a_wrong_one(home: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "programme.yaml").write_text((Path(__file__).parents[2] / "copilot/sample/programme.yaml").read_text())
    (notes / "retention.yaml").write_text(starter_policy())
    with opened(home) as copilot:
        assert isinstance(prepare(copilot, [notes]).programme, Programme)
        assert policy_of(home).limits == {"drafts": 180, "vault_unlinked": 30, "call_log": 730, "tokens": 90}
        for wrong in ("drafts: soon", "drafts: 0", "draughts: 3", "drafts: -1", "- drafts"):
            (notes / "retention.yaml").write_text(wrong)
            with pytest.raises(BadInput, match=r"retention.yaml.*write days or keep; the classes are conversation"):
                prepare(copilot, [notes])
        assert policy_of(home).drafts == 180


def test_the_starter_names_every_class(tmp_path: Path) -> None:
    (tmp_path / "retention.yaml").write_text(starter_policy())
    assert read_policy(tmp_path / "retention.yaml").model_fields_set == set(RetentionPolicy.model_fields)


def test_the_command_reports_each_class(tmp_path: Path) -> None:
    run = filled(tmp_path)
    none = CliRunner().invoke(retention, ["run"], obj=run)
    assert "no class has a limit" in none.stdout
    (run.settings().home / "retention.yaml").write_text("conversation: 30\ndrafts: 30\n")
    dry = CliRunner().invoke(retention, ["run", "--dry-run", "--as-of", "2027-06-01"], obj=run)
    assert "before 2027-05-02: " in dry.stdout
    assert "dry run" in dry.stdout
    done = CliRunner().invoke(retention, ["run", "--as-of", "2027-06-01", "--json"], obj=run)
    classes = json.loads(done.stdout)["classes"]
    assert classes["conversation"]["removed"]["passages"] > 0
    assert classes["drafts"]["removed"] == {}
