"""A record in memory, for tests that need no disk: a peer of ``copilot.stores.sql`` under the same contract tests."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from copilot.criterion_signing import CriterionWord, shown_to_sponsor
from copilot.drafts import Draft
from copilot.errors import BadInput, NotFound
from copilot.mentions import Decision, Mention
from copilot.programme import Programme, SessionRecord, SessionStatus
from copilot.stores.codec import mapped
from copilot.stores.ledger_reading import LedgerReader, shown_to
from copilot.stores.protocols import DocumentRow, PairReader, SourceRow
from guards.access import (
    AgreeCriteria,
    Grant,
    Lane,
    PreviewWall,
    ReadCommitments,
    ReadConversation,
    ReadCriteria,
    ReadProgramme,
    Role,
    SignCriteria,
    WriteNotes,
)
from guards.consent import ConsentWord
from guards.errors import NotPermitted
from guards.pair_vault import PairVault
from guards.roster import Roster
from guards.text import RedactedText
from knowledge.passages import DocumentKind, Passage, RedactedDocument, RedactedLine
from tests.doubles.draft_words import MemoryDraftWords
from tests.doubles.reviews import MemoryReviews
from tests.doubles.tokens import MemoryTokens

_KEY = bytes(32)
_OF_SESSIONS = frozenset({DocumentKind.NOTE, DocumentKind.TRANSCRIPT})


@dataclass
class _Version:
    """A version of a document; ``document`` is ``None`` for imported history."""

    id: str
    document: RedactedDocument | None = None
    passages: tuple[Passage, ...] = ()
    missing: tuple[str, ...] = ()
    mentions: dict[str, Mention] = field(default_factory=dict[str, Mention])
    current: bool = True
    indexed: bool = False

    @property
    def lane(self) -> Lane:
        return self.document.lane if self.document else Lane.COMMITMENT

    @property
    def order(self) -> tuple[str, str]:
        return (self.document.session_date.isoformat() if self.document else "", self.id)


@dataclass
class _PairData:
    versions: dict[tuple[str, str], _Version] = field(default_factory=dict[tuple[str, str], _Version])
    decisions: dict[str, Decision] = field(default_factory=dict[str, Decision])
    drafts: dict[str, Draft] = field(default_factory=dict[str, Draft])
    words: dict[str, CriterionWord] = field(default_factory=dict[str, CriterionWord])

    def current(self, lanes: frozenset[Lane] = frozenset(Lane)) -> list[_Version]:
        found = (each for each in self.versions.values() if each.current and each.lane in lanes)
        return sorted(found, key=lambda each: each.order)


class MemoryProgrammes:
    """Holds the programme saved last."""

    def __init__(self) -> None:
        self._programme: Programme | None = None

    def save(self, programme: Programme) -> None:
        self._programme = programme

    def change(self, edit: Callable[[Programme], Programme]) -> None:
        if self._programme is None:
            raise NotFound("this home has no programme yet: run coach ingest on a folder that has a programme.yaml")
        self._programme = edit(self._programme)

    def load(self) -> Programme | None:
        return self._programme


class MemoryConsents:
    """Words on consent in a list."""

    def __init__(self) -> None:
        self._words: list[ConsentWord] = []

    def append(self, word: ConsentWord) -> None:
        last = max((each.at for each in self._words), default=None)
        at = word.at if last is None else max(word.at, last + timedelta(microseconds=1))
        self._words.append(replace(word, at=at))

    def words(self) -> tuple[ConsentWord, ...]:
        return tuple(self._words)


class MemoryVaults:
    """Vaults as sealed bytes; while one is open, everybody in that thread gets the same."""

    def __init__(self, programmes: MemoryProgrammes) -> None:
        self._programmes = programmes
        self._sealed: dict[str, bytes] = {}
        self._open: dict[str, PairVault] = {}
        self._lock = threading.RLock()

    @contextmanager
    def open(self, pair: str) -> Generator[PairVault]:
        with self._lock:
            if pair in self._open:
                yield self._open[pair]
                return
            vault = self._open[pair] = self._load(pair)
            try:
                yield vault
            finally:
                del self._open[pair]
                self._sealed[pair] = vault.sealed(_KEY)

    @contextmanager
    def scratch(self, pair: str) -> Generator[PairVault]:
        with self._lock:
            yield self._load(pair)

    def forms(self, pair: str) -> frozenset[str]:
        with self.open(pair) as vault:
            return vault.forms()

    def _load(self, pair: str) -> PairVault:
        programme = self._programmes.load()
        roster = programme.roster() if programme else Roster()
        if pair not in self._sealed:
            return PairVault(pair, roster=roster)
        return PairVault.opened(self._sealed[pair], key=_KEY, pair=pair, roster=roster)


class MemoryWriter:
    """Writes for one pair."""

    def __init__(self, data: _PairData, *, pair: str) -> None:
        self._data = data
        self._pair = pair

    def put_document(
        self, document: RedactedDocument, passages: Sequence[Passage], *, missing: tuple[str, ...] = ()
    ) -> bool:
        self._own(document.pair, *(each.pair for each in passages))
        _whole_characters(document)
        key = (document.id, document.version)
        known = self._data.versions.get(key)
        if known and known.current and known.document:
            return False
        self._supersede(document.id)
        mentions = known.mentions if known else {}
        self._data.versions[key] = _Version(document.id, document, tuple(passages), missing, mentions)
        return True

    def put_mentions(self, document: str, version: str, mentions: Sequence[Mention]) -> None:
        self._own(*(each.pair for each in mentions))
        if (document, version) not in self._data.versions:
            self._supersede(document)
            self._data.versions[document, version] = _Version(document, indexed=True)
        self._data.versions[document, version].mentions = {each.id: each for each in mentions}

    def mark_indexed(self, document: str, version: str) -> None:
        if (document, version) not in self._data.versions:
            raise NotFound(f"pair {self._pair} has no document {document} of this version")
        self._data.versions[document, version].indexed = True

    def withdraw(self, document: str) -> dict[str, int]:
        gone = {key: each for key, each in self._data.versions.items() if each.id == document and each.document}
        versions = [*gone.values()]
        if not versions:
            raise NotFound("there is no such note of this pair (any more): see the list of its notes")
        self._data.versions = {key: each for key, each in self._data.versions.items() if key not in gone}
        kept = {id_: each for id_, each in self._data.drafts.items() if document not in repr(each)}
        cites, self._data.drafts = len(self._data.drafts) - len(kept), kept
        return {
            "passages": sum(len(each.passages) for each in versions), "versions": len(versions), "drafts": cites,
            "lines": sum(len(each.document.lines) for each in versions if each.document),
            "mentions": sum(len(each.mentions) for each in versions)}  # fmt: skip

    def append_decision(self, decision: Decision) -> Decision:
        self._own(decision.pair)
        last = max((each.at for each in self._data.decisions.values()), default=None)
        at = decision.at if last is None else max(decision.at, last + timedelta(microseconds=1))
        return self._data.decisions.setdefault(decision.id, replace(decision, at=at))

    def put_draft(self, draft: Draft) -> None:
        self._own(draft.pair)
        self._data.drafts[draft.id] = draft

    def remask(self, needed: Callable[[str], bool], mask: Callable[[RedactedText], RedactedText]) -> tuple[str, ...]:
        changed: list[str] = []
        for each in self._data.versions.values():
            old = each.passages
            each.document, each.passages = mapped(each.document, mask), mapped(old, mask)
            each.mentions = {id_: mapped(mention, mask) for id_, mention in each.mentions.items()}
            pairs = zip(old, each.passages, strict=True) if each.current else ()
            changed += [before.id for before, after in pairs if before.text != after.text]
        self._data.drafts = {id_: mapped(draft, mask) for id_, draft in self._data.drafts.items()}
        return tuple(changed)

    def _own(self, *pairs: str) -> None:
        if any(pair != self._pair for pair in pairs):
            raise NotPermitted(f"the grant at hand writes for pair {self._pair} alone")

    def _supersede(self, document: str) -> None:
        for each in self._data.versions.values():
            if each.id == document:
                each.current = each.indexed = False


class MemoryReader:
    """Reads for one pair. Ranks by how many of the query's phrases a passage has; a stem is a word's first letters."""

    def __init__(
        self, data: _PairData, *, pair: str, programmes: MemoryProgrammes, lanes: frozenset[Lane] = frozenset(Lane)
    ) -> None:
        self._data = data
        self._pair = pair
        self._lanes = lanes
        self._conversation = Lane.CONVERSATION in lanes
        self._programmes = programmes

    def documents(self) -> tuple[DocumentRow, ...]:
        rows = (_row(each) for each in self._data.current(self._lanes) if each.document)
        return tuple(sorted(rows, key=lambda row: (row.session_date, row.name, row.id)))

    def lines(self, document: str, first: int, last: int) -> tuple[RedactedLine, ...]:
        found = (each.document for each in self._data.current(self._lanes) if each.id == document and each.document)
        lines = (line for each in found for line in each.lines if line.first <= last and line.last >= first)
        held = [each for one in self._data.current() if one.id == document for each in one.passages if each.held]
        open_to_all = () if self._conversation else held
        return tuple(
            line for line in lines if not any(p.first <= line.last and line.first <= p.last for p in open_to_all)
        )

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        known = {each.id: each for each in self.all_passages()}
        return tuple(known[each] for each in ids if each in known)

    def all_passages(self) -> tuple[Passage, ...]:
        return tuple(
            passage
            for each in self._data.current(self._lanes)
            for passage in sorted(each.passages, key=lambda passage: passage.first)
            if self._conversation or not passage.held
        )

    def search_words(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:
        phrases = {phrase for chunk in query.split() if (phrase := _stems(chunk))}
        shown = [each for each in self.all_passages() if not each.held]
        scores = {each.id: sum(phrase in _stems(each.text) for phrase in phrases) for each in shown}
        best = sorted((each for each in scores.items() if each[1]), key=lambda each: -each[1])
        return tuple((id_, float(score)) for id_, score in best[:limit])

    def mentions(self) -> tuple[Mention, ...]:
        found = (mention for each in self._data.current(self._lanes) for _, mention in sorted(each.mentions.items()))
        return tuple({mention.id: mention for mention in found}.values())

    def superseded(self) -> tuple[Mention, ...]:
        now = {each.id for each in self.mentions()}
        old = (each for version in self._data.versions.values() for each in version.mentions.values())
        return tuple({each.id: each for each in old if each.id not in now}.values()) if self._conversation else ()

    def decisions(self) -> tuple[Decision, ...]:
        if not self._conversation:
            return ()
        return tuple(sorted(self._data.decisions.values(), key=lambda each: (each.at, each.id)))

    def sessions(self) -> tuple[SessionRecord, ...]:
        if not self._conversation:
            return ()
        by_day = {
            day: SessionRecord(self._pair, day, SessionStatus.HELD) for day in _days(self._data.current(self._lanes))
        }
        programme = self._programmes.load()
        by_day |= {each.day: each for each in (programme.sessions if programme else ()) if each.pair == self._pair}
        return tuple(by_day[day] for day in sorted(by_day))

    def draft(self, draft_id: str) -> Draft | None:
        if not self._conversation:
            return None
        if draft_id in self._data.drafts or len(draft_id) < 4:
            return self._data.drafts.get(draft_id)
        found = [draft for id_, draft in self._data.drafts.items() if id_.startswith(draft_id)]
        return found[0] if len(found) == 1 else None


class MemoryRecord:
    """The record of a home that has no disk."""

    def __init__(self) -> None:
        self._pairs: dict[str, _PairData] = {}
        self.programmes = MemoryProgrammes()
        self.consents = MemoryConsents()
        self.reviews = MemoryReviews()
        self.draft_words = MemoryDraftWords(lambda pair: self._of(pair).drafts.values())
        self.tokens = MemoryTokens()
        self.vaults = MemoryVaults(self.programmes)

    def writer(self, grant: Grant[WriteNotes]) -> MemoryWriter:
        _check(grant.permission, WriteNotes)
        return MemoryWriter(self._of(grant.pair), pair=grant.pair)

    def reader(self, grant: Grant[ReadConversation] | Grant[ReadProgramme]) -> PairReader:
        if grant.permission is not ReadProgramme:
            _check(grant.permission, ReadConversation)
        return MemoryReader(self._of(grant.pair), pair=grant.pair, programmes=self.programmes, lanes=grant.lanes)

    def sources(self, grant: Grant[PreviewWall]) -> tuple[SourceRow, ...]:
        _check(grant.permission, PreviewWall)
        found = [(each, _row(each)) for each in self._of(grant.pair).current() if each.document]
        return tuple(
            SourceRow(row.id, row.lane, row.kind, row.session_date, row.passages, _held(each)) for each, row in found
        )

    def ledger_reader(self, grant: Grant[ReadCommitments]) -> PairReader:
        _check(grant.permission, ReadCommitments)
        reader = MemoryReader(self._of(grant.pair), pair=grant.pair, programmes=self.programmes)
        return LedgerReader(reader, shown=shown_to(grant))

    def criterion_words(self, grant: Grant[ReadCriteria]) -> tuple[CriterionWord, ...]:
        _check(grant.permission, ReadCriteria)
        words = tuple(sorted(self._of(grant.pair).words.values(), key=lambda each: (each.at, each.id)))
        return shown_to_sponsor(words) if grant.role is Role.SPONSOR else words

    def append_criterion_word(self, word: CriterionWord, grant: Grant[AgreeCriteria] | Grant[SignCriteria]) -> None:
        if grant.permission is not SignCriteria:
            _check(grant.permission, AgreeCriteria)
        if (word.pair, word.by) != (grant.pair, grant.principal.person):
            raise NotPermitted("this is another person's word")
        self._of(grant.pair).words.setdefault(word.id, word)

    def close(self) -> None:
        """Nothing to close."""

    def _of(self, pair: str) -> _PairData:
        return self._pairs.setdefault(pair, _PairData())


def _check(held: type[object], asked: type[object]) -> None:
    if held is not asked:
        raise NotPermitted(f"a {asked.__name__} grant is needed here, not {held.__name__}")


def _row(version: _Version) -> DocumentRow:
    of = version.document
    assert of is not None
    return DocumentRow(
        of.id,
        of.version,
        of.pair,
        of.lane,
        of.kind,
        of.session_date,
        of.name,
        len(version.passages),
        version.missing,
        sum(bool(each.held) for each in version.passages),
        version.indexed,
    )


def _held(version: _Version) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(each.held for each in version.passages if each.held).items()))


def _days(versions: Iterable[_Version]) -> Iterator[date]:
    return (each.document.session_date for each in versions if each.document and each.document.kind in _OF_SESSIONS)


def _stems(text: str) -> str:
    """The words of a text between blanks, cut to a stem; a phrase is in a text when its stems are in a row."""
    words = re.findall(r"\w+", text.casefold())
    return "".join(f" {word[:5] if word.isalpha() else word} " for word in words)


def _whole_characters(document: RedactedDocument) -> None:
    try:
        "".join(line.text for line in document.lines).encode()
    except UnicodeEncodeError:
        raise BadInput("a text holds half a character (a lone surrogate) and cannot be stored") from None
