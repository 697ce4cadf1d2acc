"""A draft out of a real record: held passages stay out, other pairs too, and every citation leads to its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from copilot.drafting import prep_pair
from copilot.drafts import Draft
from copilot.errors import BadInput, NotFound
from copilot.ledger import fold
from copilot.mentions import Mention, MentionKind, ReadBy
from copilot.programme import Pair, Person, Programme
from copilot.rendering.shape import draft_shape
from copilot.snapshot import Request
from copilot.stores.sql import SqlRecord, open_record
from copilot.why import why
from guards.access import Lane, Principal, ReadConversation, Role, WriteNotes, authorize
from guards.errors import NotPermitted
from guards.keys import Keyring
from guards.text import mint_redacted
from knowledge.corpus_files import load_corpus
from knowledge.passages import Citation, DocumentKind, Passage, RedactedDocument, RedactedLine
from tests.doubles.snapshots import PlainEngine

DAY = date(2026, 9, 14)
ADA = Principal("ada", {"p": Role.MENTOR_COACH, "q": Role.MENTOR_COACH})
LINES = ("{who}: Label 200 {thing}. Due 2026-09-21.", "Open: keep {thing} or drop {thing} for the pilot?",
         "Off the record: {thing} is a secret worry.", "Blocked: no access to {thing} yet.")  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqlRecord]:
    people = tuple(Person(each, each.title(), roles=frozenset({Role.OTHER})) for each in ("ada", "ben", "cem", "sam"))
    pairs = (Pair("p", "ada", "ben", "sam"), Pair("q", "ada", "cem", "sam"))
    programme = Programme("demo", "Demo", date(2026, 9, 7), 12, 7, "session-60", people, pairs)
    with open_record(tmp_path / "record.db", keyring=Keyring(tmp_path / "keys")) as record:
        record.programmes.save(programme)
        for pair, mentee, thing in (("p", "ben", "claims"), ("q", "cem", "zebras")):
            _note(record, pair, mentee, thing)
        yield record


def _note(record: SqlRecord, pair: str, mentee: str, thing: str) -> None:
    with record.vaults.open(pair) as vault:
        who = vault.placeholder_of(mentee)
    lines = [RedactedLine(mint_redacted(each.format(who=who, thing=thing)), n, n) for n, each in enumerate(LINES, 1)]
    name = mint_redacted(f"{pair}/2026-09-14.md")
    note = RedactedDocument(f"{pair}-1", "v1", pair, Lane.CONVERSATION, DocumentKind.NOTE, DAY, name, tuple(lines))
    passages = [
        Passage(f"{pair}{line.first}", note.id, "v1", pair, note.lane, DAY, name, line.first, line.last, line.text,
                held="off the record" if line.first == 3 else "")
        for line in lines
    ]  # fmt: skip
    kinds = (MentionKind.COMMITMENT, MentionKind.OPEN_DECISION, MentionKind.ARTIFACT, MentionKind.BLOCKER)
    mentions = [
        Mention(f"{pair}m{line.first}", pair, kind, line.text, DAY,
                Citation(note.id, name, line.first, line.last, line.text), ReadBy.TEMPLATE,
                owner=mentee if line.first == 1 else None, due=date(2026, 9, 21) if line.first == 1 else None)
        for line, kind in zip(lines, kinds, strict=True)
    ]  # fmt: skip
    writer = record.writer(authorize(ADA, WriteNotes, pair))
    writer.put_document(note, passages)
    writer.put_mentions(note.id, "v1", mentions)


def drafted(record: SqlRecord, request: Request, principal: Principal = ADA) -> Draft:
    programme = record.programmes.load()
    assert programme is not None
    reader = record.reader(authorize(ADA, ReadConversation, request.pair))
    return prep_pair(request, principal=principal, record=record, programme=programme, engine=PlainEngine(),
                     corpus=load_corpus(), fold=fold, near=lambda _query, _k: reader.all_passages())  # fmt: skip


def test_held_passages_and_other_pairs_stay_out(record: SqlRecord) -> None:
    draft = drafted(record, Request("p", date(2026, 9, 21)))
    said = json.dumps(draft_shape(draft, reveal=str))
    assert "claims" in said
    assert "secret" not in said
    assert "zebras" not in said
    assert draft.held_back == 1
    assert {each.document for box in draft.boxes for item in box.items for each in item.citations} <= {
        "p-1",
        "programme",
    }


def test_a_later_session_is_not_known_yet(record: SqlRecord) -> None:
    assert drafted(record, Request("p", DAY)).carried == ()


def test_the_next_day_is_one_cadence_on_and_the_draft_is_kept(record: SqlRecord) -> None:
    draft = drafted(record, Request("p"))
    reader = record.reader(authorize(ADA, ReadConversation, "p"))
    assert draft.day == date(2026, 9, 21)
    assert reader.draft(draft.id) == draft


def test_why_shows_the_line_and_its_neighbours(record: SqlRecord) -> None:
    draft = drafted(record, Request("p", date(2026, 9, 21)))
    reader = record.reader(authorize(ADA, ReadConversation, "p"))
    shown = why(draft, "5.1", reader=reader, reveal=str)
    assert "p/2026-09-14.md:1" in shown
    assert any(line.startswith(">") and "Label 200 claims" in line for line in shown.splitlines())
    with pytest.raises(NotFound):
        why(draft, "9.9", reader=reader, reveal=str)


def test_who_is_not_of_the_pair_gets_nothing(record: SqlRecord) -> None:
    with pytest.raises(NotPermitted):
        drafted(record, Request("p"), Principal("cem", {"q": Role.MENTEE}))


def test_a_length_without_a_blueprint_names_those_there_are(record: SqlRecord) -> None:
    with pytest.raises(BadInput, match="session-45"):
        drafted(record, Request("p", minutes=50))
