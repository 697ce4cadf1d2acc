"""What the record promises: written twice is once, superseded means gone from reading, one pair never sees another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.drafts import Box, Draft, Item, ItemKind
from copilot.errors import BadInput, NotFound, StoreUnavailable
from copilot.mentions import Decision, DecisionKind, Mention, MentionKind, ReadBy
from copilot.programme import Pair, Period, Person, Programme, SessionRecord, SessionStatus
from copilot.stores.database import migrate, open_database
from copilot.stores.protocols import PairReader, PairWriter
from copilot.stores.sql import SqlRecord, open_record
from guards.access import (
    Lane,
    Principal,
    ReadCommitments,
    ReadConversation,
    RevealNames,
    Role,
    WriteNotes,
    authorize,
)
from guards.errors import NotPermitted, VaultUnreadable
from guards.keys import Keyring
from guards.text import RawText, RedactedText, house, mint_redacted
from knowledge.passages import Citation, DocumentKind, Passage, RedactedDocument, RedactedLine

ADA = Principal("ada", {"p": Role.MENTOR_COACH, "q": Role.MENTOR_COACH})
SAM = Principal("sam", {"p": Role.SPONSOR})
DAY = date(2026, 9, 14)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqlRecord]:
    with opened(tmp_path) as record:
        yield record


def opened(folder: Path) -> SqlRecord:
    return open_record(folder / "record.db", keyring=Keyring(folder / "keys"))


def writer(record: SqlRecord, pair: str = "p") -> PairWriter:
    return record.writer(authorize(ADA, WriteNotes, pair))


def reader(record: SqlRecord, pair: str = "p") -> PairReader:
    return record.reader(authorize(ADA, ReadConversation, pair))


def document(*texts: str, version: str = "v1", pair: str = "p", name: str = "a.md") -> RedactedDocument:
    lines = tuple(RedactedLine(mint_redacted(text), at, at) for at, text in enumerate(texts, start=1))
    return RedactedDocument(
        f"{pair}/{name}", version, pair, Lane.CONVERSATION, DocumentKind.NOTE, DAY, mint_redacted(name), lines
    )


def passages(of: RedactedDocument, *, held: str = "") -> list[Passage]:
    return [
        Passage(
            id=f"{of.id}:{of.version}:{line.first}",
            document=of.id,
            version=of.version,
            pair=of.pair,
            lane=of.lane,
            session_date=of.session_date,
            source=of.name,
            first=line.first,
            last=line.last,
            text=line.text,
            held=held,
        )
        for line in of.lines
    ]


def mention(of: RedactedDocument, id_: str, kind: MentionKind = MentionKind.COMMITMENT) -> Mention:
    citation = Citation(of.id, of.name, 1, 1, house("the quote"))
    return Mention(id_, of.pair, kind, house("Label claims"), DAY, citation, ReadBy.TEMPLATE, owner="ben", due=DAY)


def decision(id_: str, kind: DecisionKind, commitment: str = "m1", minute: int = 0) -> Decision:
    at = datetime(2026, 9, 14, 9, minute, tzinfo=UTC)
    return Decision(id_, "p", commitment, kind, "ben", at, DAY, reason=house("private reason"))


def test_a_document_reads_back_and_twice_is_once(record: SqlRecord) -> None:
    first = document("<PERSON_1> will label claims", "CLM-12 is late")
    assert writer(record).put_document(first, passages(first), missing=("owner", "ticket"))
    assert not writer(record).put_document(first, passages(first))
    (row,) = reader(record).documents()
    assert (row.passages, row.fields_missing, row.indexed) == (2, ("owner", "ticket"), False)
    assert reader(record).all_passages() == tuple(passages(first))
    assert reader(record).lines(first.id, 2, 9) == first.lines[1:]
    assert all(isinstance(line.text, RedactedText) for line in reader(record).lines(first.id, 1, 2))
    assert reader(record).passages([f"{first.id}:v1:2", "no such", f"{first.id}:v1:1"]) == tuple(passages(first))[::-1]


def test_a_new_version_supersedes_and_an_old_one_may_come_back(record: SqlRecord) -> None:
    first, second = document("alpha words"), document("beta words", version="v2")
    for version in (first, second):
        writer(record).put_document(version, passages(version))
        writer(record).put_mentions(version.id, version.version, [mention(version, f"of {version.version}")])
        writer(record).mark_indexed(version.id, version.version)
    assert [row.version for row in reader(record).documents()] == ["v2"]
    assert [each.id for each in reader(record).mentions()] == ["of v2"]
    assert reader(record).search_words("alpha", 5) == ()
    assert writer(record).put_document(first, passages(first))
    assert [each.id for each in reader(record).mentions()] == ["of v1"]
    assert [row.indexed for row in reader(record).documents()] == [False]
    assert [each for each, _ in reader(record).search_words("alphas", 5)] == [f"{first.id}:v1:1"]


def test_search_is_by_stem_placeholder_and_ticket_and_leaves_held_passages_out(record: SqlRecord) -> None:
    shown = document("<PERSON_1> labelled the claims", "<PERSON_2> saw CLM-12", "CLM and 12 apart")
    hidden = document("labels off the record", name="b.md")
    writer(record).put_document(shown, passages(shown))
    writer(record).put_document(hidden, passages(hidden, held="off the record"))
    found = {query: [each for each, _ in reader(record).search_words(query, 5)] for query in ("label", "<PERSON_2>")}
    assert found == {"label": ["p/a.md:v1:1"], "<PERSON_2>": ["p/a.md:v1:2"]}
    assert [each for each, _ in reader(record).search_words("CLM-12", 5)] == ["p/a.md:v1:2"]
    assert len(reader(record).all_passages()) == 4


@pytest.mark.parametrize("query", ['"', "a OR", "NEAR(", "body:x", "* ^", "'; DROP TABLE passages; --", "\x00", "a-b"])
def test_no_query_acts_as_syntax(record: SqlRecord, query: str) -> None:
    one = document("plain")
    writer(record).put_document(one, passages(one))
    assert reader(record).search_words(query, 5) == ()
    assert len(reader(record).all_passages()) == 1


def test_pairs_are_apart(record: SqlRecord) -> None:
    of_q = document("secret words", pair="q")
    writer(record, "q").put_document(of_q, passages(of_q))
    writer(record, "q").put_mentions(of_q.id, "v1", [mention(of_q, "m")])
    mine = reader(record)
    assert (mine.documents(), mine.all_passages(), mine.mentions(), mine.sessions()) == ((), (), (), ())
    assert mine.passages([passages(of_q)[0].id]) == ()
    assert mine.lines(of_q.id, 1, 1) == ()
    assert mine.search_words("secret", 5) == ()
    with pytest.raises(NotPermitted):
        writer(record).put_document(of_q, passages(of_q))
    with pytest.raises(NotPermitted):
        record.reader(authorize(ADA, WriteNotes, "p"))  # pyright: ignore[reportArgumentType]


def test_scores_do_not_depend_on_other_pairs(record: SqlRecord) -> None:
    mine = document("rare words here", "other things")
    writer(record).put_document(mine, passages(mine))
    before = reader(record).search_words("rare", 5)
    other = document(*["rare rare"] * 50, pair="q")
    writer(record, "q").put_document(other, passages(other))
    assert reader(record).search_words("rare", 5) == before


def test_imported_history_is_read_until_it_is_replaced(record: SqlRecord) -> None:
    source = document("x", name="import")
    writer(record).put_mentions("import", "v1", [mention(source, "m1"), mention(source, "m1")])
    writer(record).put_mentions("import", "v2", [mention(source, "m2")])
    assert [each.id for each in reader(record).mentions()] == ["m2"]
    assert reader(record).documents() == ()
    with pytest.raises(NotFound):
        writer(record).mark_indexed("nothing", "v1")


def test_decisions_are_appended_once_and_in_order(record: SqlRecord) -> None:
    later, earlier = decision("b", DecisionKind.DONE, minute=2), decision("a", DecisionKind.CONFIRM, minute=1)
    for each in (later, earlier, replace(later, by="other")):
        writer(record).append_decision(each)
    assert reader(record).decisions() == (earlier, later)


def test_a_draft_is_found_by_prefix(record: SqlRecord) -> None:
    item = Item("i1", house("<PERSON_1> agreed"), ItemKind.FACT, (Citation("d", house("a.md"), 1, 1, house("q")),))
    draft = Draft("abcd1", "p", DAY, "rules", "60", (Box("b", "t", 0, 8, (item,)),), (), (), (), (), (), ("mentee",))
    for each in (draft, replace(draft, id="abcd2"), replace(draft, id="ab%_x", provenance={"policy": "1"})):
        writer(record).put_draft(each)
    find = reader(record).draft
    assert find("abcd1") == draft
    assert find("ab%_") == replace(draft, id="ab%_x", provenance={"policy": "1"})
    assert [find(each) for each in ("abcd", "ab%", "zzzz", "")] == [None] * 4


def test_the_programme_reads_back(record: SqlRecord, tmp_path: Path) -> None:
    away = (Period(DAY, DAY, "leave"),)
    people = (Person("ada", "Ada Nwosu", ("@ada",), frozenset({Role.MENTOR_COACH}), away), Person("ben", "Ben O"))
    cancelled = SessionRecord("p", date(2026, 9, 7), SessionStatus.CANCELLED, Role.MENTOR_COACH)
    pairs = (Pair("p", "ada", "ben", signed=(("charter", DAY),)),)
    programme = Programme("demo", "Demo", DAY, 12, 7, "60", people, pairs, sessions=(cancelled,), mask_words=("Acme",))
    assert record.programmes.load() is None
    record.programmes.save(programme)
    with opened(tmp_path) as again:
        assert again.programmes.load() == programme
        note = document("x")
        writer(again).put_document(note, passages(note))
        assert reader(again).sessions() == (cancelled, SessionRecord("p", DAY, SessionStatus.HELD))


def test_a_vault_is_kept_sealed_and_shared_while_open(record: SqlRecord, tmp_path: Path) -> None:
    with record.vaults.open("p") as vault:
        mark = vault.placeholder(RawText("Zoë Quill"), entity_type="PERSON")
        assert "Zoë Quill" in record.vaults.forms("p")
    with record.vaults.open("p") as vault:
        assert vault.restore(mark, authorize(ADA, RevealNames, "p")) == "Zoë Quill"
    record.close()
    for file in tmp_path.rglob("*"):
        assert file.is_dir() or b"Quill" not in file.read_bytes()
    Keyring(tmp_path / "keys").erase("p")
    with opened(tmp_path) as again, pytest.raises(VaultUnreadable), again.vaults.open("p"):
        pass


def test_a_sponsor_reads_shared_commitments_bare_and_nothing_else(record: SqlRecord) -> None:
    note = document("secret line")
    writer(record).put_document(note, passages(note))
    writer(record).put_mentions("p/a.md", "v1", [mention(note, "m1"), mention(note, "m2")])
    lane = record.ledger_reader(authorize(SAM, ReadCommitments, "p"))
    assert lane.mentions() == ()
    writer(record).append_decision(decision("d1", DecisionKind.SHARE))
    assert lane.mentions() == ()
    writer(record).append_decision(decision("d3", DecisionKind.CONFIRM))
    (shared,) = lane.mentions()
    assert (shared.id, shared.citation.quote, shared.citation.source) == ("m1", "", "")
    assert [each.reason for each in lane.decisions()] == [None, None]
    empty = (lane.documents(), lane.all_passages(), lane.search_words("secret", 5), lane.lines("p/a.md", 1, 1))
    assert empty == ((), (), (), ())
    assert lane.draft("abcd") is None
    writer(record).append_decision(decision("d2", DecisionKind.DENY, minute=1))
    assert lane.mentions() == ()
    own = record.ledger_reader(authorize(ADA, ReadCommitments, "p"))
    assert [each.id for each in own.mentions()] == ["m1", "m2"]


def test_half_characters_are_refused_and_other_hostile_values_kept(record: SqlRecord) -> None:
    hostile = document("\x00", "'; --", "\U0001f600 \u202e", "", "x" * 100_000)
    writer(record).put_document(hostile, passages(hostile))
    assert reader(record).lines(hostile.id, 1, 9) == hostile.lines
    broken = document("\ud800", name="b.md")
    with pytest.raises(BadInput, match="surrogate"):
        writer(record).put_document(broken, passages(broken))
    assert len(reader(record).documents()) == 1


_VERSIONS = st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["v1", "v2", "v3"])), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(puts=_VERSIONS)
def test_put_twice_is_put_once(tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[str, str]]) -> None:
    seen: list[object] = []
    for times in (1, 2):
        with opened(tmp_path_factory.mktemp("record")) as record:
            for name, version in puts:
                one = document(f"words of {version}", version=version, name=name)
                for _ in range(times):
                    writer(record).put_document(one, passages(one))
            mine = reader(record)
            seen.append((mine.documents(), mine.all_passages(), mine.search_words("words", 9)))
    assert seen[0] == seen[1]


_KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from tests.contracts.test_record import document, opened, passages, writer
record, at = opened(Path(sys.argv[1])), int(sys.argv[2])
count = 0
def die(*_):
    global count
    count += 1
    if count == at:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "before_cursor_execute", die)
new = document("new words", "more", version="v2")
writer(record).put_document(new, passages(new))
print("done", count)
"""


@pytest.mark.parametrize("at", [4, 8, 12])
def test_a_killed_put_leaves_the_old_version_whole(tmp_path: Path, at: int) -> None:
    old = document("old words")
    with opened(tmp_path) as record:
        writer(record).put_document(old, passages(old))
    call = [sys.executable, "-c", _KILLED, str(tmp_path), str(at)]
    ended = subprocess.run(call, cwd=Path(__file__).parents[2], env={**os.environ}, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stdout
    with opened(tmp_path) as record:
        assert reader(record).all_passages() == tuple(passages(old))
        assert [each for each, _ in reader(record).search_words("words", 5)] == [passages(old)[0].id]
        new = document("new words", "more", version="v2")
        assert writer(record).put_document(new, passages(new))
        assert reader(record).all_passages() == tuple(passages(new))


def test_the_schema_goes_up_and_down_and_matches_the_tables(tmp_path: Path) -> None:
    from sqlalchemy import create_engine, inspect

    from copilot.stores.tables import METADATA

    database = open_database(tmp_path / "record.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'record.db'}")
    for table in METADATA.sorted_tables:
        made = {column["name"] for column in inspect(engine).get_columns(table.name)}
        assert made == {column.name for column in table.columns}
    migrate(database, revision="base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(database, revision="head")
    assert "documents" in inspect(engine).get_table_names()
    database.close()
    engine.dispose()


def test_what_is_no_record_says_so(tmp_path: Path) -> None:
    (tmp_path / "record.db").write_bytes(b"not a database, but long enough to look like one" * 50)
    with pytest.raises(StoreUnavailable, match="not a database"):
        opened(tmp_path)
    with pytest.raises(StoreUnavailable, match="SQLite"):
        open_database("postgresql://user:secret@host/db")
    with pytest.raises(StoreUnavailable, match="cannot be made"):
        open_database(tmp_path / "no" / "such" / "record.db")
