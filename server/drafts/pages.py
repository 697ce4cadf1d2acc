"""``/pairs/{pair}/prep``: the next session on one page."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from copilot.composing import draft_for
from copilot.snapshot import Request as Wanted
from server.auth import Opened
from server.drafts.endpoints import DraftId, Reading, kept_draft
from server.drafts.view import page_of
from server.html import show

pages: Final = APIRouter(include_in_schema=False, prefix="/pairs/{pair}/prep")


@pages.get("")
def next_prep(copilot: Opened, grant: Reading) -> Response:
    """Draft the next session and show it; the same notes give the same draft."""
    draft = draft_for(copilot, Wanted(grant.pair), principal=grant.principal)
    return RedirectResponse(f"/pairs/{grant.pair}/prep/{draft.id}", 303)


@pages.get("/{draft}")
def prep(request: Request, copilot: Opened, grant: Reading, draft: DraftId) -> Response:
    """A draft on its page."""
    found, _ = kept_draft(copilot, grant, draft)
    return show(request, "prep.html", {"draft": page_of(found, reveal=copilot.reveal(grant.pair, grant.principal))})
