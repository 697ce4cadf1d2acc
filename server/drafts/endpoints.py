"""``/api/v1/pairs/{pair}/drafts``: session preps of a pair, for the pair."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from fastapi import Path, Query, Response

from copilot.bootstrap import Copilot
from copilot.composing import draft_for, rendered
from copilot.draft_saying import Asked, plan_of, say
from copilot.draft_wall import check_draft, stamp
from copilot.draft_words import PLAN, DraftWordKind, Plan, applied
from copilot.drafts import Draft
from copilot.errors import NotFound
from copilot.snapshot import Request as Wanted
from copilot.stores.protocols import DraftHead, PairReader
from copilot.why import why
from guards.access import Grant, ReadConversation, WriteNotes
from server.auth import Opened, asks
from server.drafts.schemas import AcceptIn, DraftHeadOut, DraftIn, Format, PlanOut, WhyOut, WordIn
from server.once import api_router
from server.paging import Page, Paged, page
from server.problems import Conflict

api: Final = api_router("/pairs/{pair}/drafts", "drafts")

Reading = Annotated[Grant[ReadConversation], asks(ReadConversation)]
Writing = Annotated[Grant[WriteNotes], asks(WriteNotes)]
DraftId = Annotated[str, Path(min_length=4, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
ItemId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
_MEDIA: Final = {
    "md": "text/markdown; charset=utf-8", "text": "text/plain; charset=utf-8", "ics": "text/calendar; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "json": "application/json",
}  # fmt: skip
_ENDING: Final = {"text": "txt"}
_FORMATS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The draft, as a document or in the format asked for.",
        "content": {
            kind.split(";")[0]: {"schema": {"type": "object" if name == "json" else "string"}}
            for name, kind in _MEDIA.items()
        },
    }
}


def kept_draft(copilot: Copilot, grant: Grant[ReadConversation], draft_id: str) -> tuple[Draft, PairReader]:
    """A draft of the grant's pair, if its sources may be seen now.

    Raises:
        NotFound: the pair has none by that id.
        NotPermitted: it rests on what is closed now.
    """
    reader = copilot.record.reader(grant)
    draft = reader.draft(draft_id)
    if draft is None:
        raise NotFound(f"pair {grant.pair} has no draft {draft_id}")
    now = stamp(copilot.consents, copilot.programme().pair(grant.pair))
    check_draft(draft, role=grant.role, reader=reader, now=now)
    return draft, reader


@api.get("")
def all_drafts(copilot: Opened, grant: Reading, wanted: Paged) -> Page[DraftHeadOut]:
    """The pair's drafts, the latest session first."""
    found = page(copilot.record.draft_words.drafts(grant), wanted, key=_key)
    return Page(items=[DraftHeadOut.of(each) for each in found.items], next=found.next)


@api.post("", status_code=201)
def make_draft(copilot: Opened, grant: Reading, wanted: DraftIn, response: Response) -> dict[str, Any]:
    """Draft the pair's next session."""
    draft = draft_for(copilot, Wanted(grant.pair, wanted.day, wanted.minutes), principal=grant.principal)
    response.headers["Location"] = f"/api/v1/pairs/{grant.pair}/drafts/{draft.id}"
    plan = plan_of(copilot, draft, principal=grant.principal)
    response.headers["ETag"] = etag(plan)
    return shape(copilot, grant, draft, plan)


@api.get("/{draft}", response_model=None, responses=_FORMATS)
def one_draft(
    copilot: Opened, grant: Reading, draft: DraftId, response: Response,
    form: Annotated[Format, Query(alias="format")] = "json",
) -> Response | dict[str, Any]:  # fmt: skip
    """A draft as the pair has it: struck lines left out, edited ones with who edited them; ``plan`` has the rest."""
    found, _ = kept_draft(copilot, grant, draft)
    plan = plan_of(copilot, found, principal=grant.principal)
    if form != "json":
        return as_file(copilot, grant, found, plan, form=form)
    response.headers["ETag"] = etag(plan)
    return shape(copilot, grant, found, plan)


@api.get("/{draft}/plan")
def one_plan(copilot: Opened, grant: Reading, draft: DraftId, response: Response) -> PlanOut:
    """Who accepted the draft, and what was said of its lines."""
    found, _ = kept_draft(copilot, grant, draft)
    return _told(copilot, grant, found, plan_of(copilot, found, principal=grant.principal), response)


@api.post("/{draft}/words", status_code=201)
def say_word(
    copilot: Opened, grant: Reading, _: Writing, draft: DraftId, word: WordIn, response: Response
) -> PlanOut:  # fmt: skip
    """Strike, edit or accept a line, or take that back. What would change nothing is not kept twice."""
    found, _reader = kept_draft(copilot, grant, draft)
    asked = Asked(word.item, word.kind, word.text, word.seen)
    return _told(copilot, grant, found, say(copilot, found, asked, principal=grant.principal), response)


@api.post("/{draft}/accept", status_code=201)
def accept(
    copilot: Opened, grant: Reading, _: Writing, draft: DraftId, wanted: AcceptIn, response: Response
) -> PlanOut:  # fmt: skip
    """Accept the plan as it reads now."""
    found, _reader = kept_draft(copilot, grant, draft)
    plan = accept_plan(copilot, grant, found, version=wanted.version)
    return _told(copilot, grant, found, plan, response)


@api.get("/{draft}/items/{item}/why")
def why_item(copilot: Opened, grant: Reading, draft: DraftId, item: ItemId) -> WhyOut:
    """The note lines behind an item (``2.1``) or a criterion (``c1``)."""
    found, reader = kept_draft(copilot, grant, draft)
    reveal = copilot.reveal(grant.pair, grant.principal)
    text = why(found, item, reader=reader, reveal=reveal, opted_in=copilot.opted_in(grant.pair))
    return WhyOut(draft=found.id, item=item, lines=text.splitlines())


def accept_plan(copilot: Copilot, grant: Grant[ReadConversation], draft: Draft, *, version: str | None) -> Plan:
    """The plan after the caller accepted it.

    Raises:
        Conflict: it reads otherwise than the version that they had before them.
    """
    now = plan_of(copilot, draft, principal=grant.principal)
    if version is not None and version != now.version:
        raise Conflict("the plan was changed meanwhile: read it again, then accept it", status=412)
    return say(copilot, draft, Asked(PLAN, DraftWordKind.ACCEPT), principal=grant.principal)


def etag(plan: Plan) -> str:
    """Changes with each word on the draft."""
    return f'"{plan.etag}"'


def shape(copilot: Copilot, grant: Grant[ReadConversation], draft: Draft, plan: Plan) -> dict[str, Any]:
    """The document of ``coach prep --json`` as the pair has it, names restored, and the plan beside it."""
    reveal = copilot.reveal(grant.pair, grant.principal)
    made = rendered(applied(draft, plan), form="json", reveal=reveal)
    assert isinstance(made, dict)  # noqa: S101 - the form says so
    told = PlanOut.of(draft.id, plan, both_of(copilot, grant.pair), reveal)
    return {**made, "plan": told.model_dump(mode="json")}


def as_file(copilot: Copilot, grant: Grant[ReadConversation], draft: Draft, plan: Plan, *, form: Format) -> Response:
    """The draft as the pair has it, to be saved."""
    reveal = copilot.reveal(grant.pair, grant.principal)
    if form == "json":
        body: str | bytes = json.dumps(shape(copilot, grant, draft, plan), ensure_ascii=False, indent=2) + "\n"
    else:
        made = rendered(applied(draft, plan), form=form, reveal=reveal)
        body = made if isinstance(made, bytes) else str(made)
    name = f"prep-{grant.pair}-{draft.day.isoformat()}.{_ENDING.get(form, form)}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "ETag": etag(plan)}
    return Response(body, media_type=_MEDIA[form], headers=headers)


def both_of(copilot: Copilot, pair: str) -> tuple[str, ...]:
    """The two who accept a plan."""
    known = copilot.programme().pair(pair)
    return (known.mentor, known.mentee) if known else ()


def _told(
    copilot: Copilot, grant: Grant[ReadConversation], draft: Draft, plan: Plan, response: Response
) -> PlanOut:  # fmt: skip
    response.headers["ETag"] = etag(plan)
    reveal = copilot.reveal(grant.pair, grant.principal)
    return PlanOut.of(draft.id, plan, both_of(copilot, grant.pair), reveal)


def _key(head: DraftHead) -> str:
    """Sorts the latest session first."""
    return f"{10**8 - head.day.toordinal()}.{head.id}"
