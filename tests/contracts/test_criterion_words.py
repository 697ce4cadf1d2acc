"""What the record promises of words on criteria: appended once, one's own, never edited, walled off."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.criterion_signing import CriterionWord, WordKind
from copilot.stores.database import open_database
from copilot.stores.erasing import open_erasing
from copilot.stores.protocols import Record
from copilot.stores.retaining import RetainingStore
from guards.access import AgreeCriteria, Permission, Principal, ReadCriteria, Role, SignCriteria, authorize
from guards.errors import NotPermitted
from guards.text import house
from tests.doubles.record import MemoryRecord
from tests.doubles.record_samples import ADA, DAY, SAM, opened

BEN = Principal("ben", {"p": Role.MENTEE})
NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)


@pytest.fixture(params=["memory", "sql"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    record = MemoryRecord() if request.param == "memory" else opened(tmp_path)
    yield record
    record.close()


def word(who: Principal, kind: WordKind = WordKind.AGREE, *, minute: int = 0, text: str = "then") -> CriterionWord:
    parts = (("then", house("at least 45 %") if text == "then" else house("the sheet of Femi")),)
    at = NOON + timedelta(minutes=minute)
    return CriterionWord(
        f"{who.person}{minute}", "p", "c1234567", kind, who.person, who.roles["p"].value, at, DAY, parts
    )


def say(record: Record, who: Principal, said: CriterionWord) -> None:
    if who is SAM:
        record.append_criterion_word(said, authorize(who, SignCriteria, "p"))
    else:
        record.append_criterion_word(said, authorize(who, AgreeCriteria, "p"))


def read(record: Record, who: Principal, pair: str = "p") -> tuple[CriterionWord, ...]:
    return record.criterion_words(authorize(who, ReadCriteria, pair))


def test_a_word_reads_back_in_order_and_twice_is_once(record: Record) -> None:
    later, earlier = word(BEN, minute=2), word(ADA, minute=1)
    for each in (later, earlier, later, replace(later, criterion="c7654321")):
        say(record, BEN if each.by == "ben" else ADA, each)
    assert read(record, ADA) == (earlier, later)
    assert read(record, ADA, "q") == ()


def test_nobody_speaks_for_another_or_for_another_pair(record: Record) -> None:
    with pytest.raises(NotPermitted):
        say(record, ADA, word(BEN))
    with pytest.raises(NotPermitted):
        record.append_criterion_word(word(ADA), authorize(ADA, AgreeCriteria, "q"))
    assert read(record, ADA) == ()


def test_a_sponsor_reads_what_both_agreed_and_nothing_else(record: Record) -> None:
    say(record, ADA, word(ADA, minute=1))
    assert read(record, SAM) == ()
    say(record, BEN, word(BEN, minute=2))
    say(record, BEN, word(BEN, minute=3, text="given"))
    assert [each.id for each in read(record, SAM)] == ["ada1", "ben2"]
    assert len(read(record, BEN)) == 3


@pytest.mark.parametrize("permission", [AgreeCriteria, SignCriteria])
def test_a_grant_to_say_is_no_grant_to_read(record: Record, permission: type[Permission]) -> None:
    grant = authorize(ADA if permission is AgreeCriteria else SAM, permission, "p")
    with pytest.raises(NotPermitted):
        record.criterion_words(grant)  # pyright: ignore[reportArgumentType]


def test_words_go_when_nothing_was_said_of_the_criterion_since(tmp_path: Path) -> None:
    with opened(tmp_path) as record:
        say(record, BEN, word(BEN))
        say(record, ADA, replace(word(ADA), criterion="c7654321", day=DAY + timedelta(days=9)))
    database = open_database(tmp_path / "record.db")
    store = RetainingStore(database, dry_run=False)
    assert store.commitments(["p"], DAY, DAY) == {}
    assert store.commitments(["p"], DAY + timedelta(days=1), DAY) == {"criterion_words": 1}
    database.close()
    with opened(tmp_path) as record:
        assert [each.by for each in read(record, ADA)] == ["ada"]


def test_a_word_is_never_edited_but_by_forgetting(tmp_path: Path) -> None:
    with opened(tmp_path) as record:
        say(record, BEN, word(BEN, text="given"))
    with (
        sqlite3.connect(tmp_path / "record.db") as connection,
        pytest.raises(sqlite3.IntegrityError, match="never edited"),
    ):
        connection.execute("UPDATE criterion_words SET body = '{}'")
    connection.close()
    with open_erasing(tmp_path / "record.db") as store:
        store.scrub("p", lambda text: "Femi" in text, lambda _: house("the sheet of <PERSON_9>"))
        assert not any("Femi" in text for text in store.texts("p"))
        store.remove_pair("p")
        assert store.counts("p") == {}
