"""What the record promises: written twice is once, superseded means gone from reading, one pair never sees another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.drafts import Box, Draft, Item, ItemKind
from copilot.errors import BadInput, NotFound
from copilot.mentions import DecisionKind
from copilot.programme import Pair, Person, Programme, SessionRecord, SessionStatus
from copilot.stores.protocols import Record
from guards.access import ReadCommitments, RevealNames, WriteNotes, authorize
from guards.consent import Consents, ConsentWord, Purpose
from guards.errors import NotPermitted
from guards.text import RawText, RedactedText, house, mint_redacted
from knowledge.passages import Citation
from tests.doubles.record import MemoryRecord
from tests.doubles.record_samples import (
    ADA,
    DAY,
    SAM,
    decision,
    document,
    mention,
    opened,
    passages,
    reader,
    writer,
)


@pytest.fixture(params=["memory", "sql"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Record]:
    record = MemoryRecord() if request.param == "memory" else opened(tmp_path)
    yield record
    record.close()


def test_a_document_reads_back_and_twice_is_once(record: Record) -> None:
    first = document("<PERSON_1> will label claims", "CLM-12 is late")
    assert writer(record).put_document(first, passages(first), missing=("owner", "ticket"))
    assert not writer(record).put_document(first, passages(first))
    (row,) = reader(record).documents()
    assert (row.passages, row.fields_missing, row.indexed) == (2, ("owner", "ticket"), False)
    assert reader(record).all_passages() == tuple(passages(first))
    assert reader(record).lines(first.id, 2, 9) == first.lines[1:]
    assert all(isinstance(line.text, RedactedText) for line in reader(record).lines(first.id, 1, 2))
    assert reader(record).passages([f"{first.id}:v1:2", "no such", f"{first.id}:v1:1"]) == tuple(passages(first))[::-1]


def test_a_document_that_is_withdrawn_leaves_the_rest_alone(record: Record) -> None:
    first = document("<PERSON_1> will label claims", "CLM-12 is late")
    other = replace(document("nothing else"), id="d-other")
    writer(record).put_document(first, passages(first))
    writer(record).put_document(other, passages(other))
    gone = writer(record).withdraw(first.id)
    assert (gone["passages"], gone["lines"], gone["versions"]) == (2, 2, 1)
    assert [each.id for each in reader(record).documents()] == ["d-other"]
    with pytest.raises(NotFound):
        writer(record).withdraw(first.id)


def test_a_withdrawal_counts_though_the_clock_was_put_back(record: Record) -> None:
    noon = datetime(2026, 11, 2, 12, tzinfo=UTC)
    for given_, at in ((True, noon), (False, noon - timedelta(hours=3))):
        record.consents.append(ConsentWord("ben", Purpose.SENSITIVE_DRAFTS, given_, at))
    assert not Consents(record.consents.words()).allows("ben", Purpose.SENSITIVE_DRAFTS)
    record.consents.append(ConsentWord("ben", Purpose.SENSITIVE_DRAFTS, True, noon - timedelta(hours=2)))
    assert Consents(record.consents.words()).allows("ben", Purpose.SENSITIVE_DRAFTS)
    assert len(record.consents.words()) == 3


def test_what_was_learnt_later_is_masked_in_all_that_is_on_record(record: Record) -> None:
    old, now = document("Zanele spoke first"), document("Zanele will label claims", "nothing else", version="v2")
    for version in (old, now):
        writer(record).put_document(version, passages(version))
        told = replace(mention(version, version.version), text=mint_redacted("ask Zanele"))
        writer(record).put_mentions(version.id, version.version, [told])
    writer(record).append_decision(replace(decision("d", DecisionKind.DROP), reason=mint_redacted("Zanele left")))
    item = Item("1.1", mint_redacted("Zanele is asked"), ItemKind.NEEDS)
    box = Box("b", "Status", 0, 8, (item,))
    kept = Draft("draft-1", "p", DAY, "rules", "session-60", (box,), (), (), (), (item.text,), (), ())
    writer(record).put_draft(kept)
    other = document("Zanele of another pair", pair="q")
    writer(record, "q").put_document(other, passages(other))

    def mask(text: RedactedText) -> RedactedText:
        return mint_redacted(text.replace("Zanele", "<PERSON_9>"))

    assert writer(record).remask(lambda stored: "Zanele" in stored, mask) == (f"{now.id}:v2:1",)
    read = reader(record)
    shown = [*(each.text for each in read.all_passages()), *(each.text for each in read.lines(now.id, 1, 9))]
    assert shown == ["<PERSON_9> will label claims", "nothing else"] * 2
    assert [each.text for each in read.mentions()] == ["ask <PERSON_9>"]
    assert [each.reason for each in read.decisions()] == ["Zanele left"]  # a person's word is never edited
    draft = read.draft("draft-1")
    assert draft is not None
    assert (draft.boxes[0].items[0].text, draft.needs[0]) == ("<PERSON_9> is asked", "<PERSON_9> is asked")
    assert read.search_words("Zanele", 5) == ()
    assert [each for each, _ in read.search_words("<PERSON_9>", 5)] == [f"{now.id}:v2:1"]
    assert reader(record, "q").all_passages()[0].text == "Zanele of another pair"
    assert writer(record).remask(lambda stored: "Zanele" in stored, mask) == ()
    writer(record).put_document(old, passages(old))
    assert [each.text for each in read.mentions()] == ["ask <PERSON_9>"]


def test_a_new_version_supersedes_and_an_old_one_may_come_back(record: Record) -> None:
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


def test_search_is_by_stem_placeholder_and_ticket_and_leaves_held_passages_out(record: Record) -> None:
    shown = document("<PERSON_1> labelled the claims", "<PERSON_2> saw CLM-12", "CLM and 12 apart")
    hidden = document("labels off the record", name="b.md")
    writer(record).put_document(shown, passages(shown))
    writer(record).put_document(hidden, passages(hidden, held="off the record"))
    found = {query: [each for each, _ in reader(record).search_words(query, 5)] for query in ("label", "<PERSON_2>")}
    assert found == {"label": ["p/a.md:v1:1"], "<PERSON_2>": ["p/a.md:v1:2"]}
    assert [each for each, _ in reader(record).search_words("CLM-12", 5)] == ["p/a.md:v1:2"]
    assert len(reader(record).all_passages()) == 4


@pytest.mark.parametrize("query", ['"', "a OR", "NEAR(", "body:x", "* ^", "'; DROP TABLE passages; --", "\x00", "a-b"])
def test_no_query_acts_as_syntax(record: Record, query: str) -> None:
    one = document("plain")
    writer(record).put_document(one, passages(one))
    assert reader(record).search_words(query, 5) == ()
    assert len(reader(record).all_passages()) == 1


def test_pairs_are_apart(record: Record) -> None:
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


def test_scores_do_not_depend_on_other_pairs(record: Record) -> None:
    mine = document("rare words here", "other things")
    writer(record).put_document(mine, passages(mine))
    before = reader(record).search_words("rare", 5)
    other = document(*["rare rare"] * 50, pair="q")
    writer(record, "q").put_document(other, passages(other))
    assert reader(record).search_words("rare", 5) == before


def test_imported_history_is_read_until_it_is_replaced(record: Record) -> None:
    source = document("x", name="import")
    writer(record).put_mentions("import", "v1", [mention(source, "m1"), mention(source, "m1")])
    writer(record).put_mentions("import", "v2", [mention(source, "m2")])
    assert [each.id for each in reader(record).mentions()] == ["m2"]
    assert reader(record).documents() == ()
    with pytest.raises(NotFound):
        writer(record).mark_indexed("nothing", "v1")


def test_what_a_changed_note_said_before_is_apart(record: Record) -> None:
    first, second = document("one", "two"), document("one", version="v2")
    for each, ids in ((first, ("m1", "m2")), (second, ("m1",))):
        writer(record).put_document(each, passages(each))
        writer(record).put_mentions(each.id, each.version, [mention(each, known) for known in ids])
    assert [each.id for each in reader(record).mentions()] == ["m1"]
    assert [each.id for each in reader(record).superseded()] == ["m2"]
    assert reader(record, "q").superseded() == ()


def test_decisions_are_appended_once_and_in_order(record: Record) -> None:
    """A clock that was put back does not change who spoke last: the record took it after the other."""
    first, second = decision("b", DecisionKind.DONE, minute=2), decision("a", DecisionKind.CONFIRM, minute=1)
    kept = [writer(record).append_decision(each) for each in (first, second, replace(first, by="other"))]
    assert reader(record).decisions() == (first, replace(second, at=first.at + timedelta(microseconds=1)))
    assert kept == [first, reader(record).decisions()[1], first]


def test_a_draft_is_found_by_prefix(record: Record) -> None:
    item = Item("i1", house("<PERSON_1> agreed"), ItemKind.FACT, (Citation("d", house("a.md"), 1, 1, house("q")),))
    draft = Draft("abcd1", "p", DAY, "rules", "60", (Box("b", "t", 0, 8, (item,)),), (), (), (), (), (), ("mentee",))
    for each in (draft, replace(draft, id="abcd2"), replace(draft, id="ab%_x", provenance={"policy": "1"})):
        writer(record).put_draft(each)
    find = reader(record).draft
    assert find("abcd1") == draft
    assert find("ab%_") == replace(draft, id="ab%_x", provenance={"policy": "1"})
    assert [find(each) for each in ("abcd", "ab%", "zzzz", "")] == [None] * 4


def test_the_calendar_and_the_notes_make_the_sessions(record: Record) -> None:
    cancelled = SessionRecord("p", date(2026, 9, 7), SessionStatus.CANCELLED)
    others = SessionRecord("q", DAY, SessionStatus.CANCELLED)
    people, pairs = (Person("ada", "Ada Nwosu"), Person("ben", "Ben O")), (Pair("p", "ada", "ben"),)
    programme = Programme("demo", "Demo", DAY, 12, 7, "60", people, pairs, sessions=(cancelled, others))
    assert record.programmes.load() is None
    record.programmes.save(programme)
    assert record.programmes.load() == programme
    note = document("x")
    writer(record).put_document(note, passages(note))
    assert reader(record).sessions() == (cancelled, SessionRecord("p", DAY, SessionStatus.HELD))


def test_a_programme_is_changed_in_one_step_and_a_refusal_changes_nothing(record: Record) -> None:
    with pytest.raises(NotFound):
        record.programmes.change(lambda programme: programme)
    programme = Programme("demo", "Demo", DAY, 12, 7, "60", (), ())
    record.programmes.save(programme)

    def refuse(_: Programme) -> Programme:
        raise BadInput("no")

    with pytest.raises(BadInput):
        record.programmes.change(refuse)
    assert record.programmes.load() == programme
    record.programmes.change(lambda each: replace(each, name="Other"))
    assert record.programmes.load() == replace(programme, name="Other")


def test_a_vault_knows_the_roster_keeps_what_it_minted_and_is_shared_while_open(record: Record) -> None:
    pairs = (Pair("p", "ada", "ben"),)
    record.programmes.save(
        Programme("demo", "Demo", DAY, 12, 7, "60", (Person("ada", "Ada Nwosu"), Person("ben", "Ben O")), pairs)
    )
    with record.vaults.open("p") as vault:
        mark = vault.placeholder(RawText("Zoë Quill"), entity_type="PERSON")
        assert record.vaults.forms("p") >= {"Zoë Quill", "Ada Nwosu"}
    with record.vaults.open("p") as vault:
        assert vault.restore(mark, authorize(ADA, RevealNames, "p")) == "Zoë Quill"
    assert "Zoë Quill" not in record.vaults.forms("q")


def test_a_sponsor_reads_shared_commitments_bare_and_nothing_else(record: Record) -> None:
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


def test_half_characters_are_refused_and_other_hostile_values_kept(record: Record) -> None:
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
def test_put_twice_is_put_once_in_memory_as_on_disk(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[str, str]]
) -> None:
    seen: list[object] = []
    found: list[object] = []
    for record, times in ((MemoryRecord(), 1), (MemoryRecord(), 2), *((_on_disk(tmp_path_factory), n) for n in (1, 2))):
        for name, version in puts:
            one = document(f"words of {version}", version=version, name=name)
            for _ in range(times):
                writer(record).put_document(one, passages(one))
        mine = reader(record)
        seen.append((mine.documents(), mine.all_passages()))
        found.append({each for each, _ in mine.search_words("words", 9)})
        record.close()
    assert seen == seen[:1] * 4
    assert found == found[:1] * 4


def _on_disk(folders: pytest.TempPathFactory) -> Record:
    return opened(folders.mktemp("record"))
