"""``/pairs/{pair}/prep``: the next session on one page, struck, edited and accepted by both of the pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from copilot.bootstrap import Copilot
from copilot.composing import draft_for
from copilot.draft_saying import Asked, plan_of, say
from copilot.draft_words import LONGEST, DraftWordKind, item_of
from copilot.snapshot import Request as Wanted
from copilot.why import why
from guards.access import Grant, ReadConversation
from guards.text import RedactedText
from server.auth import Opened
from server.drafts.endpoints import DraftId, ItemId, Reading, Writing, accept_plan, as_file, both_of, kept_draft
from server.drafts.schemas import Format, SessionForm, Version, WordForm
from server.drafts.view import Readers, item_view, page_of, said_of
from server.html import show
from server.jobs.endpoints import JobId, Running
from server.jobs.runner import Jobs, JobState, Tell

pages: Final = APIRouter(include_in_schema=False, prefix="/pairs/{pair}/prep")
_OLDER: Final = 24
"""Other drafts that a page lists; a programme of a year has some fifty sessions."""
_SAID: Final = {
    DraftWordKind.STRIKE: "struck", DraftWordKind.UNSTRIKE: "back", DraftWordKind.EDIT: "edited",
    DraftWordKind.AS_DRAFTED: "as-drafted", DraftWordKind.ACCEPT: "accepted-line",
}  # fmt: skip


@pages.get("")
def next_prep(copilot: Opened, grant: Reading, jobs: Running) -> Response:
    """Draft the next session and show it; the same notes give the same draft."""
    return _drafted(copilot, grant, Wanted(grant.pair), jobs)


@pages.post("")
def other_prep(
    copilot: Opened, grant: Reading, _: Writing, form: Annotated[SessionForm, Form()], jobs: Running
) -> Response:  # fmt: skip
    """Draft a session of another day or length."""
    wanted = Wanted(grant.pair, form.day, int(form.minutes) if form.minutes else None)
    return _drafted(copilot, grant, wanted, jobs)


@pages.get("/being-drafted/{job}")
def being_drafted(request: Request, grant: Reading, job: JobId, jobs: Running) -> Response:
    """What a model words, as it comes; the draft itself once it is done."""
    found = jobs.of(grant.principal.person, job)
    if found.state is JobState.DONE:
        return RedirectResponse(str(found.result["to"]), 303)
    return show(request, "being-drafted.html", {"pair": grant.pair, "job": found})


@pages.get("/{draft}")
def prep(request: Request, copilot: Opened, grant: Reading, draft: DraftId) -> Response:
    """A draft on its page."""
    found, _ = kept_draft(copilot, grant, draft)
    plan = plan_of(copilot, found, principal=grant.principal)
    reveal = copilot.reveal(grant.pair, grant.principal)
    view = page_of(found, plan, reveal=reveal, readers=_readers(copilot, grant))
    others = [each for each in copilot.record.draft_words.drafts(grant) if each.id != found.id]
    return show(request, "prep.html", {"draft": view, "others": others[:_OLDER], "longest": LONGEST})


@pages.get("/{draft}/items/{item}")
def why_page(request: Request, copilot: Opened, grant: Reading, draft: DraftId, item: ItemId) -> Response:
    """The note lines behind one line with what stands around them, and what was said of it."""
    found, reader = kept_draft(copilot, grant, draft)
    line = item_of(found, item)
    plan = plan_of(copilot, found, principal=grant.principal)
    reveal, readers = copilot.reveal(grant.pair, grant.principal), _readers(copilot, grant)
    text = why(found, item, reader=reader, reveal=reveal, opted_in=copilot.opted_in(grant.pair))
    context = {
        "pair": grant.pair, "draft": found.id, "item": item_view(found, plan, line, reveal=reveal, readers=readers),
        "lines": _context(text) if line.citations else [], "longest": LONGEST,
        "said": said_of(plan.of(item), reveal=reveal, readers=readers),
    }  # fmt: skip
    return show(request, "why.html", context)


@pages.post("/{draft}/items/{item}")
def say_word(
    copilot: Opened, grant: Reading, _: Writing, draft: DraftId, item: ItemId, word: Annotated[WordForm, Form()]
) -> Response:  # fmt: skip
    """Keep a word on a line and come back to it."""
    found, _reader = kept_draft(copilot, grant, draft)
    asked = Asked(item_of(found, item).id, word.kind, word.text, word.seen)
    say(copilot, found, asked, principal=grant.principal)
    return RedirectResponse(f"/pairs/{grant.pair}/prep/{found.id}?said={_SAID[word.kind]}#item-{asked.item}", 303)


@pages.post("/{draft}/accept")
def accept(
    copilot: Opened, grant: Reading, _: Writing, draft: DraftId, version: Annotated[Version, Form()]
) -> Response:  # fmt: skip
    """Accept the plan as the page showed it."""
    found, _reader = kept_draft(copilot, grant, draft)
    accept_plan(copilot, grant, found, version=version)
    return RedirectResponse(f"/pairs/{grant.pair}/prep/{found.id}?said=accepted", 303)


@pages.get("/{draft}/file/{form}")
def download(copilot: Opened, grant: Reading, draft: DraftId, form: Format) -> Response:
    """The draft as the pair has it, to be saved."""
    found, _ = kept_draft(copilot, grant, draft)
    return as_file(copilot, grant, found, plan_of(copilot, found, principal=grant.principal), form=form)


def _drafted(copilot: Copilot, grant: Grant[ReadConversation], wanted: Wanted, jobs: Jobs) -> Response:
    """At once by rules; by a model as a job of the caller's, which tells what was worded as it comes."""
    if copilot.engine_name(grant.pair) == "rules":
        draft = draft_for(copilot, wanted, principal=grant.principal)
        return RedirectResponse(f"/pairs/{grant.pair}/prep/{draft.id}", 303)
    reveal = copilot.reveal(grant.pair, grant.principal)

    def work(tell: Tell) -> Mapping[str, str]:
        def told(kind: str, text: RedactedText) -> None:
            tell("worded", {"kind": kind, "text": reveal(text)})

        draft = draft_for(copilot, wanted, principal=grant.principal, told=told)
        return {"to": f"/pairs/{grant.pair}/prep/{draft.id}"}

    job = jobs.start("prep", work, person=grant.principal.person, pair=grant.pair)
    return RedirectResponse(f"/pairs/{grant.pair}/prep/being-drafted/{job.id}", 303)


def _readers(copilot: Copilot, grant: Grant[ReadConversation]) -> Readers:
    programme = copilot.programme()
    found = {each: programme.person(each) for each in both_of(copilot, grant.pair)}
    return Readers(grant.principal.person, {each: person.name for each, person in found.items() if person})


def _context(text: str) -> list[tuple[str, bool]]:
    """Lines of ``why`` with whether the item rests on them; a place's own heading is no line of it."""
    return [(each.removeprefix(">").strip(), each.startswith(">")) for each in text.splitlines()]
