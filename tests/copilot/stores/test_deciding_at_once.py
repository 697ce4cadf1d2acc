"""Two people decide at the same moment over the real record: both words are kept, in one order, and it shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.deciding import Decided, Word, decide
from copilot.ledger import at_once, fold
from copilot.mentions import Commitment, CommitmentStatus, DecisionKind, Mention, MentionKind
from copilot.stores.protocols import Record
from guards.access import DecideCommitments, Principal, Role, authorize
from guards.text import mint_redacted
from tests.copilot.test_ledger import mention
from tests.doubles.record_samples import document, opened, passages, reader, writer

_AT = datetime(2026, 9, 20, 9, tzinfo=UTC)
_PEOPLE = {"ada": Role.MENTOR_COACH, "ben": Role.MENTEE}


def filled(folder: Path) -> tuple[Record, Commitment]:
    record, note = opened(folder), document("label 200 claims")
    writer(record).put_document(note, passages(note))
    writer(record).put_mentions(
        note.id, note.version, [mention(MentionKind.COMMITMENT, 0, "label 200 claims", "ben", 1)]
    )
    (one,) = ledger(record)
    return record, one


def ledger(record: Record) -> tuple[Commitment, ...]:
    read = reader(record)
    return fold(read.mentions(), read.decisions(), read.sessions(), as_of=date(2026, 12, 1))


def word_of(who: str, kind: DecisionKind, one: Commitment, at: datetime = _AT) -> Decided:
    """What somebody decides who looked at the page before anybody had spoken."""
    grant = authorize(Principal(who, {"p": _PEOPLE[who]}), DecideCommitments, "p")
    (decided,) = decide(
        [one.id], Word(kind, _AT.date(), mint_redacted("why")), commitments=[one], said=(), grant=grant, at=at
    )
    return decided


def test_both_words_are_kept_and_the_later_one_sees_it(tmp_path: Path) -> None:
    for number in range(6):
        folder = tmp_path / str(number)
        folder.mkdir()
        record, one = filled(folder)
        gate = Barrier(2)

        def say(who: str, kind: DecisionKind) -> None:
            decided = word_of(who, kind, one)  # noqa: B023 - run before the next round
            gate.wait()  # noqa: B023
            for each in decided.decisions:
                writer(record).append_decision(each)  # noqa: B023

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(say, "ada", DecisionKind.DONE), pool.submit(say, "ben", DecisionKind.DROP)]:
                done.result()
        kept = reader(record).decisions()
        assert {each.by for each in kept} == {"ada", "ben"}
        assert kept[0].at < kept[1].at
        (after,) = ledger(record)
        last = {DecisionKind.DONE: CommitmentStatus.DONE, DecisionKind.DROP: CommitmentStatus.DROPPED}
        assert after.status is last[kept[1].kind]
        assert at_once(after)
        assert [each.by for each in after.history] == [None, kept[0].by, kept[1].by]
        record.close()


def test_who_knew_of_the_other_word_is_no_conflict(tmp_path: Path) -> None:
    record, one = filled(tmp_path)
    for who, kind in (("ada", DecisionKind.DONE), ("ben", DecisionKind.CONFIRM)):
        grant = authorize(Principal(who, {"p": _PEOPLE[who]}), DecideCommitments, "p")
        said = reader(record).decisions()
        (decided,) = decide(
            [one.id], Word(kind, _AT.date()), commitments=ledger(record), said=said, grant=grant, at=_AT
        )
        for each in decided.decisions:
            writer(record).append_decision(each)
    (after,) = ledger(record)
    assert (after.status, at_once(after)) == (CommitmentStatus.OPEN, False)
    record.close()


def test_a_conflict_goes_when_somebody_speaks_who_knows_of_it(tmp_path: Path) -> None:
    record, one = filled(tmp_path)
    for who, kind in (("ada", DecisionKind.DONE), ("ben", DecisionKind.DENY)):
        writer(record).append_decision(word_of(who, kind, one).decisions[-1])
    (after,) = ledger(record)
    assert (after.status, at_once(after)) == (CommitmentStatus.DENIED, True)
    grant = authorize(Principal("ada", {"p": Role.MENTOR_COACH}), DecideCommitments, "p")
    (last,) = decide(
        [one.id], Word(DecisionKind.CONFIRM, _AT.date()), commitments=[after], said=reader(record).decisions(),
        grant=grant, at=_AT,
    )  # fmt: skip
    writer(record).append_decision(last.decisions[-1])
    (settled,) = ledger(record)
    assert (settled.status, at_once(settled)) == (CommitmentStatus.OPEN, False)
    record.close()


def test_a_clock_put_back_does_not_change_who_spoke_last(tmp_path: Path) -> None:
    record, one = filled(tmp_path)
    first = word_of("ada", DecisionKind.DONE, one).decisions[-1]
    second = word_of("ben", DecisionKind.CONFIRM, one, at=_AT - timedelta(days=2)).decisions[-1]
    for each in (first, replace(second, day=_AT.date() - timedelta(days=2), seen=first.id), first):
        writer(record).append_decision(each)
    (after,) = ledger(record)
    assert after.status is CommitmentStatus.OPEN
    assert len(reader(record).decisions()) == 2
    record.close()


@given(st.permutations([0, 1, 2]), st.lists(st.integers(0, 2), max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ingest_again_in_any_order_changes_nothing(tmp_path: Path, order: list[int], again: list[int]) -> None:
    folder = tmp_path / f"{order}-{again}"
    folder.mkdir(exist_ok=True)
    record = opened(folder)
    told: list[list[Mention]] = [
        [mention(MentionKind.COMMITMENT, 0, "label 200 claims", "ben", 1)],
        [mention(MentionKind.COMMITMENT, 7, "label 200 claims", "ben", 1)],
        [mention(MentionKind.DONE, 14, "label 200 claims", "ben", 1)],
    ]
    for number in [*order, *again]:
        note = document(f"note {number}", name=f"{number}.md")
        writer(record).put_document(note, passages(note))
        writer(record).put_mentions(note.id, note.version, told[number])
    (one,) = ledger(record)
    assert (one.id, one.status) == (told[0][0].id, CommitmentStatus.DONE)
    record.close()
