"""Notes in the API. Texts are as masked; what was sent is never sent back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from copilot.keeping import PromiseWord
from copilot.mentions import Commitment, CommitmentStatus
from copilot.previewing import Preview
from copilot.stores.protocols import DocumentRow
from guards.redaction import Redaction
from knowledge.passages import RedactedLine

FieldName = Literal["objective", "artifacts", "decisions", "commitments", "escalations"]
Kind = Literal["note", "transcript"]
Answer = Annotated[str, Field(max_length=4000)]
PersonId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


class PromiseIn(BaseModel):
    """A word on one promise of a preview: it is one (with owner and due as they should be), or it is none."""

    model_config = ConfigDict(extra="forbid")
    promise: str = Field(pattern=r"^[0-9a-f]{16}$")
    is_one: bool
    owner: PersonId | None = None
    due: date | None = None

    def word(self) -> PromiseWord:
        """The product's word."""
        return PromiseWord(self.promise, self.is_one, self.owner, self.due)


class LineOut(BaseModel):
    """A line as masked; ``held`` is the kind for which it is held back."""

    line_from: int
    line_to: int
    heading: int
    text: str
    held: str | None


class MaskedOut(BaseModel):
    """Something masked, and how often it stands there."""

    placeholder: str
    kind: str
    times: int


class HeldOut(BaseModel):
    """Lines that are held back from drafts and search."""

    line_from: int
    line_to: int
    kind: str


class MissingOut(BaseModel):
    """A field of the note template that is open, and what to add."""

    field: str
    title: str
    add: str


class PromiseOut(BaseModel):
    """A promise that was found; an informal one counts once somebody confirms it."""

    id: str
    action: str
    informal: bool
    owner: str | None
    due: date | None
    ticket: str | None
    line_from: int
    line_to: int
    question: str | None

    @classmethod
    def of(cls, each: Commitment) -> PromiseOut:
        """The promise as the API shows it, masked."""
        place = each.citations[0]
        return cls(
            id=each.id, action=each.action, informal=each.status is CommitmentStatus.CANDIDATE,
            owner=each.owner or each.owner_text, due=each.due, ticket=each.ticket, line_from=place.first,
            line_to=place.last, question=each.question,
        )  # fmt: skip


class PreviewOut(BaseModel):
    """What would become of a note. Nothing of it was kept."""

    document: str
    name: str
    date: date
    kind: str
    passages: int
    replaces: bool
    foreign: int
    lines: list[LineOut]
    masked: list[MaskedOut]
    held_back: list[HeldOut]
    missing: list[MissingOut]
    promises: list[PromiseOut]

    @classmethod
    def of(cls, seen: Preview) -> PreviewOut:
        """The preview as the API shows it."""
        return cls(
            document=seen.document, name=seen.name, date=seen.day, kind=seen.kind.value, passages=seen.passages,
            replaces=seen.replaces, foreign=seen.foreign,
            lines=[line_out(each, seen.held_at(each)) for each in seen.lines],
            masked=[MaskedOut(placeholder=one.placeholder, kind=one.kind, times=one.times) for one in seen.masked],
            held_back=[HeldOut(line_from=one.first, line_to=one.last, kind=one.kind) for one in seen.held],
            missing=[MissingOut(field=one.field, title=one.title, add=one.add) for one in seen.missing],
            promises=[PromiseOut.of(each) for each in seen.promises],
        )  # fmt: skip


class NoteOut(BaseModel):
    """A note on record; ``name`` is masked."""

    id: str
    name: str
    date: date
    kind: str
    lane: str
    passages: int
    held: int
    missing: list[str]

    @classmethod
    def of(cls, row: DocumentRow) -> NoteOut:
        """The row as the API shows it."""
        return cls(
            id=row.id, name=row.name, date=row.session_date, kind=row.kind.value, lane=row.lane.value,
            passages=row.passages, held=row.held, missing=list(row.fields_missing),
        )  # fmt: skip


class OneNoteOut(BaseModel):
    """A note with its lines as masked, what is held back, and the roles that may read it."""

    note: NoteOut
    lines: list[LineOut]
    held_back: list[HeldOut]
    read_by: list[str]


class WithdrawnOut(BaseModel):
    """What went with a withdrawn note, by kind of row; people's decisions stay."""

    document: str
    removed: dict[str, int]


class TextIn(BaseModel):
    """A text to mask. ``transcript`` takes ``Name:`` at a line's start for a speaker."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    text: str = Field(max_length=200_000)
    transcript: bool = False


class SpanOut(BaseModel):
    """A masked stretch, in Unicode code points of the text sent, end exclusive."""

    start: int
    end: int
    entity_type: str
    placeholder: str


class RedactionOut(BaseModel):
    """The text as masked. ``foreign`` counts lines in a language in which names may have been missed."""

    text: str
    spans: list[SpanOut]
    foreign: int

    @classmethod
    def of(cls, found: Redaction, *, foreign: int) -> RedactionOut:
        """The redaction as the API shows it."""
        spans = [SpanOut(start=one.start, end=one.end, entity_type=one.entity_type, placeholder=one.placeholder)
                 for one in found.spans]  # fmt: skip
        return cls(text=found.text, spans=spans, foreign=foreign)


def line_out(line: RedactedLine, held: str) -> LineOut:
    """A line as the API shows it."""
    return LineOut(line_from=line.first, line_to=line.last, heading=line.heading, text=line.text, held=held or None)
