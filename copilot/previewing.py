"""What would become of a note, before anything of it is kept or sent: masked lines, what is held, missing, promised.

The same reader, redactor and rules as ingest, over a copy of the pair's vault that is forgotten afterwards. No model is
asked, not one on this machine either: what the rules see is shown, and ingest may find more. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from copilot.bootstrap import Copilot
from copilot.engines.rules import RulesEngine
from copilot.ingest import HeldLines, held_lines_of
from copilot.intake import mention_reader, note_gaps
from copilot.ledger import fold
from copilot.ledger_states import state_of
from copilot.mentions import Commitment, CommitmentStatus
from copilot.sent_notes import Placed, Sent, placed
from guards.access import Grant, Lane, Principal, ReadConversation, RevealNames, WriteNotes, authorize
from guards.errors import NotPermitted
from guards.language import WITHHELD
from guards.text import PLACEHOLDER, RedactedText
from guards.vault import Vault
from knowledge.chunking import chunk
from knowledge.documents import redact_document
from knowledge.note_fields import note_schema
from knowledge.passages import DocumentKind, RedactedLine

PERSON: Final = "PERSON"


@dataclass(frozen=True, slots=True)
class Masked:
    """Something that was masked: its placeholder, what kind of thing it is, and how often it stands in the note."""

    placeholder: str
    kind: str
    times: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A field of the note template without an answer, and what to add."""

    field: str
    title: str
    add: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A note as it would be kept. ``names`` are the words behind the placeholders, for whoever may see them.

    ``promises`` are what the rules found, to be confirmed or not; ``foreign`` counts lines in a language that is not
    read; ``replaces`` says that a note of this name is on record and would be replaced.
    """

    placed: Placed = field(repr=False)
    document: str
    name: RedactedText
    kind: DocumentKind
    day: date
    lines: tuple[RedactedLine, ...]
    passages: int
    held: tuple[HeldLines, ...]
    masked: tuple[Masked, ...]
    missing: tuple[Missing, ...]
    promises: tuple[Commitment, ...]
    foreign: int
    replaces: bool
    names: Mapping[str, str] = field(repr=False)

    @property
    def informal(self) -> int:
        """How many of the promises are rough ones, which count only once somebody confirms them."""
        return sum(each.status is CommitmentStatus.CANDIDATE for each in self.promises)

    @property
    def people(self) -> int:
        """How many different names were masked."""
        return sum(each.kind == PERSON for each in self.masked)

    def held_at(self, line: RedactedLine) -> str:
        """Why a line is held back; empty when it is not."""
        return next((each.kind for each in self.held if each.first <= line.last and line.first <= each.last), "")


def preview(copilot: Copilot, sent: Sent, *, grant: Grant[WriteNotes]) -> Preview:
    """Look at a note as ingest would.

    Raises:
        Unreadable: it cannot be read.
        BadInput: it has no session day, or is another pair's.
        RedactionFailed: masking did not finish.
    """
    found = placed(sent, pair=grant.pair)
    programme = copilot.programme()
    read = mention_reader(programme, engine=lambda _: RulesEngine())
    with copilot.record.vaults.scratch(grant.pair) as vault:
        redacted = redact_document(
            found.document, redactor=copilot.redactor, vault=vault, pair=grant.pair, lane=Lane.CONVERSATION,
            session_date=found.day, languages=programme.languages,
        )  # fmt: skip
        passages = chunk(redacted)
        mentions = read(redacted, passages, vault)
        marks = _masked([*(line.text for line in redacted.lines), redacted.name])
        names = _names([each.placeholder for each in marks], vault, grant.principal)
    folded = fold(mentions, (), (), as_of=date.max)
    return Preview(
        placed=found, document=redacted.id, name=redacted.name, kind=redacted.kind, day=found.day,
        lines=redacted.lines, passages=len(passages), held=held_lines_of(passages), masked=marks,
        missing=_missing(note_gaps(redacted)), promises=tuple(each for each in folded if state_of(each.status).running),
        foreign=sum(line.text == WITHHELD for line in redacted.lines),
        replaces=_on_record(copilot, grant, redacted.id), names=names,
    )  # fmt: skip


def _masked(texts: Iterable[RedactedText]) -> tuple[Masked, ...]:
    counts = Counter(mark for text in texts for mark in text.placeholders())
    return tuple(Masked(mark, _kind(mark), times) for mark, times in sorted(counts.items(), key=_by_number))


def _by_number(entry: tuple[str, int]) -> tuple[bool, str, int]:
    kind, _, number = entry[0].strip("<>").rpartition("_")
    return kind != PERSON, kind, int(number)


def _kind(mark: str) -> str:
    match = PLACEHOLDER.fullmatch(mark)
    return match.group(1) if match else ""


def _names(marks: Iterable[str], vault: Vault, principal: Principal) -> dict[str, str]:
    """What stands behind the placeholders; nothing for somebody who may not see names now."""
    try:
        reveal = authorize(principal, RevealNames, vault.pair)
    except NotPermitted:
        return {}
    return {each: vault.restore(each, reveal) for each in marks}


def _missing(fields: Iterable[str]) -> tuple[Missing, ...]:
    known = {each.name: each for each in note_schema().fields}
    return tuple(Missing(each, known[each].title, known[each].add) for each in fields)


def _on_record(copilot: Copilot, grant: Grant[WriteNotes], document: str) -> bool:
    reader = copilot.record.reader(authorize(grant.principal, ReadConversation, grant.pair))
    return any(row.id == document for row in reader.documents())
