"""What the record promises of words on drafts: appended once, one's own, never edited, walled off, forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copilot.draft_words import DraftWord, DraftWordKind
from copilot.drafts import Box, Draft, Item, ItemKind
from copilot.stores.database import open_database
from copilot.stores.erasing import open_erasing
from copilot.stores.protocols import Record
from copilot.stores.retaining import RetainingStore
from guards.access import Principal, ReadConversation, ReadProgramme, Role, WriteNotes, authorize
from guards.errors import NotPermitted
from guards.text import house
from tests.doubles.record import MemoryRecord
from tests.doubles.record_samples import ADA, DAY, opened

BEN = Principal("ben", {"p": Role.MENTEE})
NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
BOX = Box("status", "Where things stand", 0, 60, (Item("1.1", house("a line"), ItemKind.SUGGESTION),))
DRAFT = Draft("draft1", "p", DAY, "rules", "60", (BOX,), (), (), (), (), (), ("mentee", "mentor_coach"))


@pytest.fixture(params=["memory", "sql"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    record = MemoryRecord() if request.param == "memory" else opened(tmp_path)
    yield record
    record.close()


def word(id_: str, who: Principal = BEN, *, minute: int = 0) -> DraftWord:
    at = NOON + timedelta(minutes=minute)
    return DraftWord(
        id_, "p", "draft1", "1.1", DraftWordKind.EDIT, who.person, who.roles["p"].value, at, DAY, house("<PERSON_1>"),
        house("the sheet of Femi"),
    )  # fmt: skip


def read(record: Record, who: Principal = ADA, pair: str = "p", draft: str = "draft1") -> tuple[DraftWord, ...]:
    return record.draft_words.words(draft, authorize(who, ReadConversation, pair))


def test_words_read_back_in_the_order_they_were_taken(record: Record) -> None:
    for each in (word("a", minute=5), word("b", ADA, minute=2), word("a", minute=9)):
        record.draft_words.append(each, authorize(ADA if each.by == "ada" else BEN, WriteNotes, "p"))
    assert [each.id for each in read(record)] == ["a", "b"]
    assert read(record)[1].at > read(record)[0].at  # whatever the clock said
    assert read(record, draft="draft2") == ()
    assert read(record, pair="q") == ()


def test_nobody_speaks_for_another_or_for_another_pair(record: Record) -> None:
    with pytest.raises(NotPermitted):
        record.draft_words.append(word("a"), authorize(ADA, WriteNotes, "p"))
    with pytest.raises(NotPermitted):
        record.draft_words.append(word("a", ADA), authorize(ADA, WriteNotes, "q"))
    with pytest.raises(NotPermitted):
        record.draft_words.append(word("a", ADA), authorize(ADA, ReadConversation, "p"))  # pyright: ignore[reportArgumentType]
    assert read(record) == ()


def test_only_a_grant_for_the_conversation_reads(record: Record) -> None:
    grant = authorize(ADA, ReadProgramme, "p")
    with pytest.raises(NotPermitted):
        record.draft_words.words("draft1", grant)  # pyright: ignore[reportArgumentType]
    with pytest.raises(NotPermitted):
        record.draft_words.drafts(grant)  # pyright: ignore[reportArgumentType]


def test_drafts_are_listed_by_session_for_their_audience_alone(record: Record) -> None:
    writer = record.writer(authorize(ADA, WriteNotes, "p"))
    later = replace(DRAFT, id="draft2", day=DAY + timedelta(days=7))
    for each in (DRAFT, later, replace(DRAFT, id="draft3", audience=("mentee",))):
        writer.put_draft(each)
    assert [each.id for each in record.draft_words.drafts(authorize(ADA, ReadConversation, "p"))] == [
        "draft2",
        "draft1",
    ]
    assert record.draft_words.drafts(authorize(ADA, ReadConversation, "q")) == ()


def test_words_go_with_their_draft_by_age(tmp_path: Path) -> None:
    with opened(tmp_path) as record:
        record.writer(authorize(ADA, WriteNotes, "p")).put_draft(DRAFT)
        record.draft_words.append(word("a"), authorize(BEN, WriteNotes, "p"))
    database = open_database(tmp_path / "record.db")
    assert RetainingStore(database, dry_run=True).drafts(DAY + timedelta(1)) == {"drafts": 1, "draft_words": 1}
    assert RetainingStore(database, dry_run=False).drafts(DAY) == {}
    assert RetainingStore(database, dry_run=False).drafts(DAY + timedelta(1)) == {"drafts": 1, "draft_words": 1}
    database.close()
    with opened(tmp_path) as record:
        assert read(record) == ()


def test_a_word_is_never_edited_but_by_forgetting(tmp_path: Path) -> None:
    with opened(tmp_path) as record:
        record.draft_words.append(word("a"), authorize(BEN, WriteNotes, "p"))
    with (
        sqlite3.connect(tmp_path / "record.db") as connection,
        pytest.raises(sqlite3.IntegrityError, match="never edited"),
    ):
        connection.execute("UPDATE draft_words SET body = '{}'")
    connection.close()
    with open_erasing(tmp_path / "record.db") as store:
        store.scrub("p", lambda text: "Femi" in text, lambda _: house("the sheet of <PERSON_9>"))
        assert not any("Femi" in text for text in store.texts("p"))
        store.remove_pair("p")
        assert store.counts("p") == {}
