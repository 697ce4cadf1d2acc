"""``/api/v1/pairs/{pair}/notes``: a pair's notes, for the pair. A preview keeps nothing, not in memory either."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, TypeVar

from fastapi import Depends, Form, Path, UploadFile
from pydantic import Field, TypeAdapter, ValidationError

from copilot.errors import BadInput
from copilot.keeping import PromiseWord
from copilot.previewing import preview
from copilot.sent_notes import Sent, placed, with_fields
from copilot.withdrawing import withdraw
from guards.access import Grant, ReadConversation, WriteNotes, readers_of
from server.auth import Opened, asks
from server.jobs.endpoints import Running
from server.jobs.schemas import JobOut
from server.notes.schemas import (
    Answer,
    FieldName,
    HeldOut,
    Kind,
    NoteOut,
    OneNoteOut,
    PreviewOut,
    PromiseIn,
    WithdrawnOut,
    line_out,
)
from server.notes.taking import note_key, notes_of, one_note, sent_note, start_keeping
from server.once import api_router
from server.paging import Page, Paged, page

T = TypeVar("T")
api: Final = api_router("/pairs/{pair}/notes", "notes")

Writing = Annotated[Grant[WriteNotes], asks(WriteNotes)]
Reading = Annotated[Grant[ReadConversation], asks(ReadConversation)]
DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{20}$")]

_FIELDS: Final = TypeAdapter(dict[FieldName, Answer])
_PROMISES: Final = TypeAdapter(Annotated[list[PromiseIn], Field(max_length=200)])


def _parsed(adapter: TypeAdapter[T], text: str, *, what: str) -> T:
    """JSON within a form's field; what was sent is not repeated."""
    try:
        return adapter.validate_json(text)
    except ValidationError:
        pass
    raise BadInput(f"the field {what} is no JSON of its shape: see the description of this address")


def sent(  # noqa: PLR0913, PLR0917 - the fields of a form
    file: Annotated[UploadFile | None, Form(description="a note as a file, of any format that is read")] = None,
    text: Annotated[str, Form(max_length=1_000_000, description="a note as text, in place of a file")] = "",
    name: Annotated[str, Form(max_length=200, description="of a text; a second one of that day replaces it")] = "",
    day: Annotated[date | None, Form(alias="date", description="the session's day, if the note is silent")] = None,
    kind: Annotated[Kind | None, Form(description="else it is guessed")] = None,
    fields: Annotated[
        str,
        Form(max_length=40_000, description='JSON: answers to open fields of the template, `{"objective": "..."}`'),
    ] = "{}",
) -> Sent:
    """The note of a multipart form, with its fields filled.

    Raises:
        Unreadable: both a file and a text, or a file that is too large.
        BadInput: the file takes no fields.
    """
    answers = {str(each): said for each, said in _parsed(_FIELDS, fields, what="fields").items()}
    return with_fields(sent_note(file, text, name=name, day=day, kind=kind), answers)


Note = Annotated[Sent, Depends(sent)]


@api.post("/preview")
def look(copilot: Opened, grant: Writing, note: Note) -> PreviewOut:
    """What would become of a note: masked lines, what is held back or missing, promises. Nothing is kept or sent."""
    return PreviewOut.of(preview(copilot, note, grant=grant))


def words(
    promises: Annotated[
        str,
        Form(
            max_length=100_000,
            description='JSON: `[{"promise": id, "is_one": true, "owner": person, "due": "2026-10-05"}]`, 200 at most',
        ),
    ] = "[]",
) -> list[PromiseWord]:
    """The caller's own words on what a preview found."""
    return [each.word() for each in _parsed(_PROMISES, promises, what="promises")]


Words = Annotated[list[PromiseWord], Depends(words)]


@api.post("", status_code=202)
def add(copilot: Opened, jobs: Running, grant: Writing, note: Note, said: Words) -> JobOut:
    """Keep a note, as a job of the caller: see ``/api/v1/jobs/{job}`` and its events."""
    return JobOut.of(start_keeping(copilot, jobs, placed(note, pair=grant.pair), grant=grant, words=said))


@api.get("")
def notes(copilot: Opened, grant: Reading, wanted: Paged) -> Page[NoteOut]:
    """The pair's notes, oldest first."""
    found = page(notes_of(copilot, grant), wanted, key=note_key)
    return Page[NoteOut](items=[NoteOut.of(each) for each in found.items], next=found.next)


@api.get("/{document}")
def one(copilot: Opened, grant: Reading, document: DocumentId) -> OneNoteOut:
    """A note with its lines as masked."""
    found = one_note(copilot, grant, document)
    lines = [line_out(each, found.held_at(each)) for each in found.lines]
    held = [HeldOut(line_from=each.first, line_to=each.last, kind=each.kind) for each in found.held]
    read_by = sorted(each.value for each in readers_of(found.row.lane))
    return OneNoteOut(note=NoteOut.of(found.row), lines=lines, held_back=held, read_by=read_by)


@api.delete("/{document}")
def take_out(copilot: Opened, grant: Writing, document: DocumentId) -> WithdrawnOut:
    """Withdraw a note: its text, passages and promises leave record and index; people's decisions stay."""
    found = withdraw(copilot, document, grant=grant)
    return WithdrawnOut(document=found.document, removed=dict(found.counts))
