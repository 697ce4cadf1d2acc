"""From files to the record and the index: read, redact, record, read for promises, index.

Pure orchestration over parts. Every step is idempotent and keyed by the document's version, and a version is only
marked as finished after its last step: a run that was killed anywhere is simply run again
(docs/decisions/0006-ingest-steps.md). A file that fails leaves no trace and the others go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from copilot.errors import BadInput
from copilot.mentions import Mention
from copilot.programme import Programme
from copilot.stores.protocols import DocumentRow, PairReader, Record
from guards.access import Lane, Principal, ReadConversation, WriteNotes, authorize
from guards.errors import EgressRefused, GuardError
from guards.held import kind_of
from guards.masking import Remasker
from guards.redaction import Redactor
from guards.text import RedactedText
from guards.vault import Vault
from knowledge.chunking import chunk
from knowledge.documents import document_id, document_version, redact_document
from knowledge.embedding import Embedder
from knowledge.errors import KnowledgeError
from knowledge.index import VectorIndex
from knowledge.passages import Document, DocumentKind, Passage, RedactedDocument
from knowledge.reading import FoundFile, read_document

_PORTION = 64
"""Passages embedded at a time."""

MentionReader = Callable[[RedactedDocument, Sequence[Passage], Vault], tuple[Mention, ...]]
MissingFields = Callable[[RedactedDocument], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What ingest works with. Without an embedder or index, full text alone will find the passages."""

    record: Record
    redactor: Redactor
    programme: Programme
    principal: Callable[[str], Principal]
    read_mentions: MentionReader
    missing_fields: MissingFields = lambda _: ()
    embedder: Embedder | None = None
    index: VectorIndex | None = None
    remark: Callable[[str], None] = lambda _: None
    """Hears what a person should know and no file's line can say."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said about the files; what is ``None`` is found out per file."""

    pair: str | None = None
    day: date | None = None
    kind: DocumentKind | None = None
    lane: Lane = Lane.CONVERSATION
    reread: bool = False
    """Read unchanged files for mentions again, because another engine reads now."""


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class HeldLines:
    """Lines of a file that are held back, and what they are about; never their words."""

    first: int
    last: int
    kind: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file's line. ``problem`` says what to do when it failed."""

    path: Path
    outcome: Outcome
    pair: str = ""
    passages: int = 0
    mentions: int = 0
    held: int = 0
    missing: tuple[str, ...] = ()
    problem: str = ""
    held_lines: tuple[HeldLines, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    document: Document
    pair: str
    day: date


def ingest(files: Sequence[FoundFile], *, parts: Parts, options: Options) -> Iterator[FileResult]:
    """Ingest each file and yield its result; the index follows once per pair, when the files are done."""
    recorded: dict[str, set[tuple[str, str]]] = {}
    for file in files:
        try:
            result, key = _one(file, parts, options)
        except (GuardError, KnowledgeError, BadInput) as error:
            yield FileResult(file.path, Outcome.FAILED, problem=str(error))
            continue
        recorded.setdefault(result.pair, set()).add(key)
        yield result
    for pair, keys in recorded.items():
        mask_learnt(pair, parts=parts)
        mend_index(pair, parts=parts)
        writer = parts.record.writer(authorize(parts.principal(pair), WriteNotes, pair))
        for document, version in sorted(keys):
            writer.mark_indexed(document, version)


def mask_learnt(pair: str, *, parts: Parts) -> None:
    """Mask in everything the pair has on record what its vault has learnt since; vectors of changed passages go.

    A name that no recogniser saw in September may be known in October. The vault is closed in between, so that a
    placeholder is never on record before the vault that knows it.
    """
    with parts.record.vaults.open(pair) as vault:
        learnt = Remasker(vault)
        for passage in _reader(parts, pair).all_passages():
            learnt.mask(passage.text)
    writer = parts.record.writer(authorize(parts.principal(pair), WriteNotes, pair))
    with parts.record.vaults.open(pair) as vault:
        learnt = Remasker(vault)
        changed = writer.remask(learnt.needed, learnt.mask)
    if parts.index is not None:
        parts.index.delete(pair, changed)


def mend_index(pair: str, *, parts: Parts) -> int:
    """Make the index hold exactly the record's passages of the pair, held ones left out; how many were embedded.

    Raises:
        IndexUnavailable: the index does not open.
    """
    if parts.embedder is None or parts.index is None:
        return 0
    reader = _reader(parts, pair)
    passages, made, refused = [each for each in reader.all_passages() if not each.held], 0, 0
    for lane in Lane:
        wanted = {each.id: each.text for each in passages if each.lane is lane}
        there = parts.index.ids(pair, lane=lane)
        parts.index.delete(pair, sorted(there - wanted.keys()), lane=lane)
        absent = sorted(wanted.keys() - there)
        refused += embed_passages(pair, absent, wanted, parts.embedder, partial(parts.index.add, lane=lane))
        made += len(absent)
    if refused:
        parts.remark(f"{pair}: {refused} passages are found by words alone: the egress door refused to embed them")
    return made


def embed_passages(
    pair: str, ids: Sequence[str], texts: Mapping[str, RedactedText], embedder: Embedder, add: Callable[..., None]
) -> int:
    """Embed in portions, so that a run that is stopped keeps what it has; how many passages the door refused."""
    refused = 0
    for start in range(0, len(ids), _PORTION):
        portion = ids[start : start + _PORTION]
        try:
            add(pair, portion, embedder.embed([texts[each] for each in portion], pair=pair))
        except EgressRefused:
            refused += (
                1 if len(portion) == 1 else sum(embed_passages(pair, [each], texts, embedder, add) for each in portion)
            )
    return refused


def _one(file: FoundFile, parts: Parts, options: Options) -> tuple[FileResult, tuple[str, str]]:
    document = read_document(file.path, root=file.root, kind=options.kind)
    place = _Place(document, _pair(file, document, parts.programme, options), _day(document, options))
    grant = authorize(parts.principal(place.pair), WriteNotes, place.pair)
    before = _row(_reader(parts, place.pair), document_id(place.pair, document.name))
    languages = parts.programme.languages
    version = document_version(
        document, policy=parts.redactor.policy, lane=options.lane, session_date=place.day, languages=languages
    )
    if before is not None and before.version == version and before.indexed and not options.reread:
        return _unchanged(file, before, _reader(parts, place.pair)), (before.id, version)
    with parts.record.vaults.open(place.pair) as vault:
        redacted = redact_document(
            document,
            redactor=parts.redactor,
            vault=vault,
            pair=place.pair,
            lane=options.lane,
            session_date=place.day,
            languages=languages,
        )
        passages = chunk(redacted)
        mentions = parts.read_mentions(redacted, passages, vault)
    key = (redacted.id, redacted.version)
    missing = parts.missing_fields(redacted)
    writer = parts.record.writer(grant)
    writer.put_document(redacted, passages, missing=missing)
    writer.put_mentions(*key, mentions)
    outcome = Outcome.ADDED if before is None or before.version == redacted.version else Outcome.CHANGED
    held = sum(bool(each.held) for each in passages)
    result = FileResult(file.path, outcome, place.pair, len(passages), len(mentions), held, missing)
    return replace(result, held_lines=held_lines_of(passages)), key


def held_lines_of(passages: Sequence[Passage]) -> tuple[HeldLines, ...]:
    """Where a document's passages are held back, in line order."""
    held = dict.fromkeys(HeldLines(each.first, each.last, kind_of(each.held)) for each in passages if each.held)
    return tuple(sorted(held, key=lambda each: (each.first, each.last)))


def _unchanged(file: FoundFile, row: DocumentRow, reader: PairReader) -> FileResult:
    held = held_lines_of([each for each in reader.all_passages() if each.document == row.id]) if row.held else ()
    result = FileResult(file.path, Outcome.UNCHANGED, row.pair, row.passages, held=row.held, missing=row.fields_missing)
    return replace(result, held_lines=held)


def _reader(parts: Parts, pair: str) -> PairReader:
    return parts.record.reader(authorize(parts.principal(pair), ReadConversation, pair))


def _row(reader: PairReader, document: str) -> DocumentRow | None:
    return next((row for row in reader.documents() if row.id == document), None)


def _pair(file: FoundFile, document: Document, programme: Programme, options: Options) -> str:
    """The pair said, else front matter's, else the one pair whose id is in the file's or a folder's name."""
    known = [pair.id for pair in programme.pairs]
    said = options.pair or document.pair
    if said is not None:
        if said in known:
            return said
        raise BadInput(f"the programme has no such pair; its pairs are {', '.join(known)}: name one with --pair")
    named = [pair for pair in known if _names(file, pair)]
    if len(named) == 1:
        return named[0]
    raise BadInput(f"which pair is this of? Name one with --pair: {', '.join(known)}")


def _names(file: FoundFile, pair: str) -> bool:
    where = "/".join((file.root.name, *file.path.parts[len(file.root.parts) :]))
    return re.search(rf"(?<![a-z0-9]){re.escape(pair.casefold())}(?![a-z0-9])", where.casefold()) is not None


def _day(document: Document, options: Options) -> date:
    day = options.day or document.session_date
    if day is None:
        raise BadInput("has no session date: use --date, a `Date:` line or an ISO date in the file's name")
    return day
