"""Documents, passages, mentions and decisions for tests of the record, and the grants to write and read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from copilot.mentions import Decision, DecisionKind, Mention, MentionKind, ReadBy
from copilot.stores.protocols import PairReader, PairWriter, Record
from copilot.stores.sql import SqlRecord, open_record
from guards.access import Lane, Principal, ReadConversation, Role, WriteNotes, authorize
from guards.keys import Keyring
from guards.text import house, mint_redacted
from knowledge.passages import Citation, DocumentKind, Passage, RedactedDocument, RedactedLine

ADA = Principal("ada", {"p": Role.MENTOR_COACH, "q": Role.MENTOR_COACH})
SAM = Principal("sam", {"p": Role.SPONSOR})
DAY = date(2026, 9, 14)


def opened(folder: Path) -> SqlRecord:
    return open_record(folder / "record.db", keyring=Keyring(folder / "keys"))


def writer(record: Record, pair: str = "p") -> PairWriter:
    return record.writer(authorize(ADA, WriteNotes, pair))


def reader(record: Record, pair: str = "p") -> PairReader:
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
