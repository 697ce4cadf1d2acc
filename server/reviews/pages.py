"""``/review``: what waits for whoever is signed in, and each card with a decision of one click and a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from copilot import reviewing
from copilot.bootstrap import Copilot
from copilot.review import Event
from guards.errors import NotPermitted
from server.auth import Opened, SignedIn
from server.html import show
from server.jobs.endpoints import Running
from server.jobs.runner import Job, Jobs
from server.problems import Refused
from server.reviews.endpoints import LOOK, CardId, States, in_order, look, their_card
from server.reviews.schemas import Reason, WordSaid
from server.reviews.view import card_view

pages: Final = APIRouter(include_in_schema=False, prefix="/review")
_FRESH: Final = timedelta(minutes=15)
"""How long a look at today's record is good: notes come a few times a day, and the page must not look at each load."""


@pages.get("")
def review(request: Request, copilot: Opened, caller: SignedIn, jobs: Running, state: States = "waiting") -> Response:
    """The queue. Opening it has today's record judged, in the background."""
    job = looking(copilot, jobs, caller.person)
    seen = reviewing.board(copilot, caller.person)
    found = in_order(seen, state)
    shown, programme = reviewing.wordings(copilot, caller.person), copilot.programme()
    cards = [card_view(each, shown=shown[each.finding.pair], programme=programme) for each in found]
    counts = {name: len(in_order(seen, name)) for name in ("waiting", "watching", "confirmed", "dismissed", "expired")}
    context = {"cards": cards, "state": state, "counts": counts, "muted": seen.muted, "told": seen.counts_shown,
               "job": job, "judges": bool(shown)}  # fmt: skip
    return show(request, "review.html", context)


@pages.get("/{card}")
def one_card(request: Request, copilot: Opened, caller: SignedIn, card: CardId) -> Response:
    """A card with everything said of it."""
    found, grant = their_card(copilot, caller.person, card)
    shown = reviewing.wording(copilot, grant)
    return show(request, "card.html", {"card": card_view(found, shown=shown, programme=copilot.programme())})


@pages.post("/{card}")
def decide(
    copilot: Opened, caller: SignedIn, card: CardId, event: Annotated[WordSaid, Form()],
    reason: Annotated[Reason, Form()],
) -> Response:  # fmt: skip
    """Keep a decision with its reason."""
    found, _ = their_card(copilot, caller.person, card)
    reviewing.decide(copilot, caller.person, found.finding.id, event=Event(event), reason=reason)
    return RedirectResponse(f"/review?said={event}", 303)


def looking(copilot: Copilot, jobs: Jobs, person: str) -> Job | None:
    """The look at today's record that goes on now; begun where none is fresh, ``None`` where nothing is going on."""
    last = next(iter(jobs.mine(person, kind=LOOK)), None)
    if last is None or (last.ended and datetime.now(UTC) - last.since > _FRESH):
        try:
            last = look(copilot, jobs, person)
        except (NotPermitted, Refused):  # nothing of theirs to judge, or too much waits: the queue is shown as it is
            return None
    return None if last.ended else last
