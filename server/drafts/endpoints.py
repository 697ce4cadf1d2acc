"""``/api/v1/pairs/{pair}/drafts``: session preps of a pair, for the pair."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Path, Response

from copilot.bootstrap import Copilot
from copilot.composing import draft_for, rendered
from copilot.draft_wall import check_draft, stamp
from copilot.drafts import Draft
from copilot.errors import NotFound
from copilot.snapshot import Request as Wanted
from copilot.stores.protocols import PairReader
from copilot.why import why
from guards.access import Grant, ReadConversation
from server.auth import Opened, asks
from server.drafts.schemas import DraftIn, WhyOut
from server.once import api_router

api: Final = api_router("/pairs/{pair}/drafts", "drafts")

Reading = Annotated[Grant[ReadConversation], asks(ReadConversation)]
DraftId = Annotated[str, Path(min_length=4, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
ItemId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]


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


@api.post("", status_code=201)
def make_draft(copilot: Opened, grant: Reading, wanted: DraftIn, response: Response) -> dict[str, Any]:
    """Draft the pair's next session."""
    draft = draft_for(copilot, Wanted(grant.pair, wanted.day, wanted.minutes), principal=grant.principal)
    response.headers["Location"] = f"/api/v1/pairs/{grant.pair}/drafts/{draft.id}"
    return shape(copilot, grant, draft)


@api.get("/{draft}")
def one_draft(copilot: Opened, grant: Reading, draft: DraftId) -> dict[str, Any]:
    """A draft as it was made."""
    return shape(copilot, grant, kept_draft(copilot, grant, draft)[0])


@api.get("/{draft}/items/{item}/why")
def why_item(copilot: Opened, grant: Reading, draft: DraftId, item: ItemId) -> WhyOut:
    """The note lines behind an item (``2.1``) or a criterion (``c1``)."""
    found, reader = kept_draft(copilot, grant, draft)
    reveal = copilot.reveal(grant.pair, grant.principal)
    text = why(found, item, reader=reader, reveal=reveal, opted_in=copilot.opted_in(grant.pair))
    return WhyOut(draft=found.id, item=item, lines=text.splitlines())


def shape(copilot: Copilot, grant: Grant[ReadConversation], draft: Draft) -> dict[str, Any]:
    """The document of ``coach prep --json``, names restored for the pair."""
    made = rendered(draft, form="json", reveal=copilot.reveal(grant.pair, grant.principal))
    assert isinstance(made, dict)  # noqa: S101 - the form says so
    return made
