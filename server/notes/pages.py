"""``/pairs/{pair}/notes``: add a note, see what would be kept, keep it, read it as masked, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from copilot.bootstrap import Copilot
from copilot.errors import BadInput, NotFound
from copilot.keeping import PromiseWord
from copilot.previewing import Preview, preview
from copilot.sent_notes import Sent, placed, with_fields
from copilot.withdrawing import withdraw
from guards.access import Grant, ReadConversation, authorize
from knowledge.errors import Unreadable
from knowledge.note_fields import TEMPLATE, note_schema
from knowledge.reading import SUFFIXES
from server.auth import Opened
from server.html import show
from server.jobs.endpoints import JobId, Running
from server.jobs.runner import JobState
from server.notes.endpoints import DocumentId, Reading, Writing
from server.notes.shelf import OnShelf, Shelved
from server.notes.taking import KIND, notes_of, one_note, sent_note, start_keeping
from server.notes.view import line_views, preview_view, readers

pages: Final = APIRouter(include_in_schema=False, prefix="/pairs/{pair}/notes")

_WORDS: Final = 200
"""Promises of one note that are asked about; the rest wait with the commitments."""
_LONGEST: Final = 4000
_PASTED: Final = 1_000_000
"""Letters of a pasted text; a form's field takes no more bytes either. More comes as a file."""
_NAME: Final = 200
PreviewId = JobId


@pages.get("")
def notes(request: Request, copilot: Opened, jobs: Running, grant: Reading, template: bool = False) -> Response:
    """The pair's notes, newest first, and the place to add one."""
    text = TEMPLATE.read_text("utf-8") if template else ""
    return _list(request, copilot, grant, {"text": text, "running": _running(jobs, grant)})


def _running(jobs: Running, grant: Grant[ReadConversation]) -> str:
    mine = jobs.mine(grant.principal.person, kind=KIND)
    return next((each.id for each in mine if each.pair == grant.pair and not each.ended), "")


def _list(
    request: Request, copilot: Copilot, grant: Grant[ReadConversation], given: Mapping[str, Any], *, status: int = 200
) -> Response:
    reveal = copilot.reveal(grant.pair, grant.principal)
    rows = [(row, reveal(row.name)) for row in reversed(notes_of(copilot, grant))]
    fields = {each.name: each.title for each in note_schema().fields}
    context = {
        "pair": grant.pair, "rows": rows, "fields": fields, "suffixes": ",".join(SUFFIXES), "today": copilot.today,
        "text": "", "title": "", "day": "", "kind": "", "refused": "", "running": "", **given,
    }  # fmt: skip
    return show(request, "notes.html", context, status=status)


class Desk:
    """Where somebody who may write is working: the home, the shelf and their grant."""

    def __init__(self, request: Request, copilot: Opened, shelf: OnShelf, grant: Writing) -> None:
        self.request: Final = request
        self.copilot: Final = copilot
        self.shelf: Final = shelf
        self.grant: Final = grant

    def found(self, name: str) -> Shelved:
        """A preview of theirs.

        Raises:
            NotFound: there is none by that id (any more).
        """
        return self.shelf.of(self.grant.principal.person, self.grant.pair, name)

    def put(self, seen: Preview) -> Response:
        """Put a preview away and go to its page."""
        made = self.shelf.put(seen, person=self.grant.principal.person)
        return RedirectResponse(f"/pairs/{self.grant.pair}/notes/preview/{made.id}", 303)

    def show(self, found: Shelved, *, refused: str = "", given: FormData | None = None) -> Response:
        """A preview's page; with ``refused`` what was sent stays in its fields."""
        programme = self.copilot.programme()
        context = {
            "pair": self.grant.pair, "view": preview_view(found.preview, programme), "seen": found.preview,
            "name": found.id, "people": sorted((each.name, each.id) for each in programme.people), "refused": refused,
            "given": {key: value for key, value in given.items() if isinstance(value, str)} if given else {},
            "words": _WORDS,
        }  # fmt: skip
        return show(self.request, "note-preview.html", context, status=422 if refused else 200)


async def sent_form(request: Request) -> FormData:
    """The form as sent; its fields are named after the promises of the preview."""
    return await request.form()


AtDesk = Annotated[Desk, Depends(Desk)]
Sending = Annotated[FormData, Depends(sent_form)]


@pages.post("/preview")
def look(desk: AtDesk, form: Sending) -> Response:
    """Look at a note; nothing of it is kept. What cannot be taken is said beside the form, the text still in it."""
    given = {each: _text(form, each, most=_PASTED) for each in ("text", "title", "day", "kind")}
    file = form.get("file")
    kind = given["kind"] if given["kind"] in {"note", "transcript"} else None
    try:
        sent = sent_note(
            file if isinstance(file, UploadFile) else None, given["text"], name=given["title"][:_NAME],
            day=_day(given["day"]), kind=kind,
        )  # fmt: skip
        return desk.put(preview(desk.copilot, sent, grant=desk.grant))
    except (Unreadable, BadInput) as error:
        reading = authorize(desk.grant.principal, ReadConversation, desk.grant.pair)
        return _list(desk.request, desk.copilot, reading, {**given, "refused": str(error)}, status=422)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("that is no date: choose one, or write it as 2026-09-14") from None


@pages.get("/preview/{name}")
def looked_at(desk: AtDesk, name: PreviewId) -> Response:
    """A note as it would be kept."""
    return desk.show(desk.found(name))


@pages.post("/preview/{name}/fields")
def fill(desk: AtDesk, name: PreviewId, form: Sending) -> Response:
    """Look again, with fields filled."""
    found = desk.found(name)
    try:
        seen = preview(desk.copilot, _filled(found, form), grant=desk.grant)
    except (Unreadable, BadInput) as error:
        return desk.show(found, refused=str(error), given=form)
    desk.shelf.drop(name)
    return desk.put(seen)


@pages.post("/preview/{name}/keep")
def keep(desk: AtDesk, jobs: Running, name: PreviewId, form: Sending) -> Response:
    """Keep the note, with what was said about it, as a job."""
    found, pair = desk.found(name), desk.grant.pair
    try:
        note = placed(_filled(found, form), pair=pair)
        words = _words(form, found, {each.id for each in desk.copilot.programme().people})
    except (Unreadable, BadInput) as error:
        return desk.show(found, refused=str(error), given=form)
    job = start_keeping(desk.copilot, jobs, note, grant=desk.grant, words=words)
    desk.shelf.drop(name)
    return RedirectResponse(f"/pairs/{pair}/notes/kept/{job.id}", 303)


@pages.post("/preview/{name}/discard")
def discard(desk: AtDesk, name: PreviewId) -> Response:
    """Forget the preview."""
    desk.shelf.drop(desk.found(name).id)
    return RedirectResponse(f"/pairs/{desk.grant.pair}/notes?said=discarded", 303)


def _filled(found: Shelved, form: FormData) -> Sent:
    """The note with the fields of the form; its day is the one that was shown."""
    answers = {each.field: _text(form, f"field-{each.field}") for each in found.preview.missing}
    sent = found.preview.placed.sent
    return with_fields(replace(sent, day=found.preview.day), answers)


def _text(form: FormData, name: str, *, most: int = _LONGEST) -> str:
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    if len(value) > most:
        raise BadInput(f"a field takes {most} letters at most: shorten it, or send a file")
    return value.strip()


def _words(form: FormData, found: Shelved, people: set[str]) -> list[PromiseWord]:
    """What the form says of each promise that the preview showed; silence leaves it to be settled later."""
    words: list[PromiseWord] = []
    for each in found.preview.promises[:_WORDS]:
        said = _text(form, f"is-{each.id}")
        if said == "no":
            words.append(PromiseWord(each.id, False))
        elif said == "yes":
            owner = _text(form, f"owner-{each.id}") or None
            if owner is not None and owner not in people:
                raise BadInput("nobody of the programme is named so: choose an owner from the list")
            words.append(PromiseWord(each.id, True, owner, _day(_text(form, f"due-{each.id}")[:10])))
    return words


@pages.get("/kept/{job}")
def kept(request: Request, copilot: Opened, jobs: Running, grant: Reading, job: JobId) -> Response:
    """How far the keeping is, and what came of it."""
    found = jobs.of(grant.principal.person, job)
    if found.pair != grant.pair or found.kind != KIND:
        raise NotFound("no such job of yours in this pair: see the list of its notes")
    row = None
    if found.state is JobState.DONE:
        rows = notes_of(copilot, grant)
        row = next((each for each in rows if each.id == found.result["document"]), None)
    name = copilot.reveal(grant.pair, grant.principal)(row.name) if row else ""
    fields = {each.name: each.title for each in note_schema().fields}
    told = found.events[-1].data if found.events else {"done": 0, "of": 3, "text": "Waiting for its turn"}
    context = {"pair": grant.pair, "job": found, "row": row, "name": name, "fields": fields, "told": told}
    return show(request, "note-kept.html", context)


@pages.get("/{document}")
def one(request: Request, copilot: Opened, grant: Reading, document: DocumentId) -> Response:
    """A note as it is on record: masked, with who may read it."""
    found = one_note(copilot, grant, document)
    fields = {each.name: each.title for each in note_schema().fields}
    context = {
        "pair": grant.pair, "row": found.row, "held": found.held, "fields": fields,
        "name": copilot.reveal(grant.pair, grant.principal)(found.row.name),
        "lines": line_views(found.lines, found.held, {}), "readers": readers(found.row.lane),
    }  # fmt: skip
    return show(request, "note.html", context)


@pages.post("/{document}/withdraw")
def take_out(copilot: Opened, grant: Writing, document: DocumentId) -> Response:
    """Withdraw a note."""
    withdraw(copilot, document, grant=grant)
    return RedirectResponse(f"/pairs/{grant.pair}/notes?said=withdrawn", 303)
