"""Ingest over the real record and index: once is once, changed supersedes, a stop anywhere is made good."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from copilot.ingest import Options, Outcome, Parts, ingest, mend_index
from copilot.programme import Pair, Person, Programme
from copilot.stores.sql import open_record
from guards.access import Principal, ReadConversation, Role, authorize
from guards.keys import Keyring
from guards.redaction import Redaction
from guards.text import RawText, RedactedText, house, mint_redacted
from guards.vault import Vault
from knowledge.embedding import Vector
from knowledge.index import ChromaIndex
from knowledge.reading import files_in
from knowledge.retrieval import Retriever
from tests.doubles.finding import HashEmbedder, MemoryIndex
from tests.doubles.redaction import RosterRedactor

PROGRAMME = Programme(
    "demo", "Demo", date(2026, 9, 7), 12, 7, "session-60",
    (Person("ada", "Ada Nwosu"), Person("ben", "Ben Ode")),
    (Pair("ada-ben", "ada", "ben"),),
)  # fmt: skip


def principal(pair: str) -> Principal:
    return Principal("ada", {pair: Role.MENTOR_COACH})


def nothing(*_: object) -> tuple[()]:
    return ()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "ada-ben"
    folder.mkdir()
    (folder / "2026-09-14.md").write_text("# Notes\n\nAda Nwosu asked about the rollback plan.\n")
    (folder / "2026-09-21.md").write_text("# Notes\n\nBen Ode labelled claims.\n")
    return folder


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    with open_record(tmp_path / "record.db", keyring=Keyring(tmp_path / "keys")) as record:
        record.programmes.save(PROGRAMME)
        index = ChromaIndex.embedded(tmp_path / "vectors", embedder="hash-double")
        yield Parts(record, RosterRedactor(), PROGRAMME, principal, nothing, embedder=HashEmbedder(), index=index)


def run(notes: Path, parts: Parts) -> list[Outcome]:
    return [each.outcome for each in ingest(files_in([notes]).files, parts=parts, options=Options())]


def state(parts: Parts) -> tuple[list[str], frozenset[str]]:
    assert parts.index is not None
    reader = parts.record.reader(authorize(principal("ada-ben"), ReadConversation, "ada-ben"))
    return sorted(each.id for each in reader.all_passages()), parts.index.ids("ada-ben")


def test_the_same_files_again_are_nothing(notes: Path, parts: Parts) -> None:
    assert run(notes, parts) == [Outcome.ADDED, Outcome.ADDED]
    before = state(parts)
    assert before[1] == set(before[0])
    assert run(notes, parts) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert state(parts) == before


def test_a_changed_file_supersedes_everywhere_and_a_bad_one_leaves_no_trace(notes: Path, parts: Parts) -> None:
    run(notes, parts)
    before = set(state(parts)[0])
    (notes / "2026-09-21.md").write_text("# Notes\n\nThe release is planned.\n")
    (notes / "2026-09-28.md").write_bytes(b"")
    assert run(notes, parts) == [Outcome.UNCHANGED, Outcome.CHANGED, Outcome.FAILED]
    passages, indexed = state(parts)
    assert indexed == set(passages)
    assert len(passages) == 2
    assert len(before & indexed) == 1


class LearningRedactor(RosterRedactor):
    """Sees Zanele only where she is introduced, as a model may."""

    policy = "learning-double"

    def _one(self, text: str, vault: Vault) -> Redaction:
        done = super()._one(text, vault)
        if "This is Zanele" not in done.text:
            return done
        mark = vault.placeholder(RawText("Zanele"), entity_type="PERSON")
        return Redaction(mint_redacted(done.text.replace("Zanele", mark)), done.spans)


def test_a_name_learnt_from_a_later_note_is_masked_in_the_earlier_ones(
    notes: Path, parts: Parts, tmp_path: Path
) -> None:
    (notes / "2026-09-14.md").write_text("# Notes\n\nzanele signs the rollback plan.\n")
    (notes / "2026-09-28.md").write_text("# Notes\n\nThis is Zanele of the platform team.\n")
    with_memory = replace(parts, redactor=LearningRedactor(), index=MemoryIndex())
    assert run(notes, with_memory) == [Outcome.ADDED] * 3
    reader = parts.record.reader(authorize(principal("ada-ben"), ReadConversation, "ada-ben"))
    texts = [str(each.text) for each in reader.all_passages()]
    assert any("signs the rollback plan" in text for text in texts)
    assert not any("zanele" in text.casefold() for text in texts)
    assert reader.search_words("zanele", 5) == ()
    assert state(with_memory)[1] == set(state(with_memory)[0])
    parts.record.close()
    assert b"zanele" not in (tmp_path / "record.db").read_bytes().lower()


@pytest.mark.parametrize("stop", range(6))
def test_a_stop_anywhere_is_made_good(stop: int, notes: Path, parts: Parts) -> None:
    class Stopped(BaseException):
        pass

    calls = iter(range(100))

    def stopping(*_: object) -> tuple[()]:
        if next(calls) == stop:
            raise Stopped
        return ()

    class StoppingEmbedder(HashEmbedder):
        def embed(self, texts: Sequence[RedactedText], *, pair: str) -> list[Vector]:
            stopping()
            return super().embed(texts, pair=pair)

    stopper = replace(parts, read_mentions=stopping, missing_fields=stopping, embedder=StoppingEmbedder())
    with contextlib.suppress(Stopped):
        run(notes, stopper)
    run(notes, parts)
    stopped = state(parts)
    assert stopped[1] == set(stopped[0])
    assert len(stopped[0]) == 2
    assert run(notes, parts) == [Outcome.UNCHANGED, Outcome.UNCHANGED]


def test_a_lost_index_is_rebuilt_with_identical_ids_and_found_again(notes: Path, parts: Parts) -> None:
    run(notes, parts)
    fresh = replace(parts, index=MemoryIndex())
    assert mend_index("ada-ben", parts=fresh) == 2
    assert state(fresh) == state(parts)
    grant = authorize(principal("ada-ben"), ReadConversation, "ada-ben")
    retriever = Retriever(embedder=fresh.embedder, index=fresh.index)
    found = retriever.search(parts.record.reader(grant), house("rollback plan"), 1, grant=grant)
    assert "rollback" in found.hits[0].passage.text
    assert not found.by_words_alone
