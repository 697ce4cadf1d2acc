"""Erasing in two steps: what goes and what stays, then the id typed once more; a job, and its certificate."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from copilot import erasing, erasure_asking
from copilot.erasure_records import Target
from copilot.errors import BadInput
from guards.errors import NotPermitted
from guards.roster import ERASED
from server.auth import OWNER, OWNER_ONLY, Opened, SignedIn
from server.html import show
from server.privacy.endpoints import OWN, AskedPair, Erasing
from server.privacy.schemas import AnId, EraseForm

pages: Final = APIRouter(include_in_schema=False)
Kind = Literal["pair", "person"]
Ticket = Annotated[str, Path(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


@pages.get("/privacy/erase")
def first_step(
    request: Request, copilot: Opened, caller: SignedIn, kind: Annotated[Kind, Query()],
    of: Annotated[AnId, Query(alias="id")],
) -> Response:  # fmt: skip
    """What would go, what would stay, and what to type."""
    own = of == caller.person if kind == "person" else of in caller.pairs_as(*OWN)
    if not own:
        raise NotPermitted("a person has their own person erased, and both of a pair their pair: this is neither")
    waits = next((each for each in erasure_asking.asked_of(copilot, caller.person) if each.pair == of), None)
    context = {
        "kind": kind, "of": of, "csrf": caller.csrf, "action": "/privacy/erase", "waits": waits, "both": kind == "pair",
        "mine": waits is not None and waits.by == caller.person, "not_reached": erasing.NOT_REACHED,
    }  # fmt: skip
    return show(request, "erase.html", context)


@pages.post("/privacy/erase")
def second_step(
    copilot: Opened, caller: SignedIn, erasures: Erasing, form: Annotated[EraseForm, Form()]
) -> Response:  # fmt: skip
    """Erase, or keep the first word of a pair."""
    target = Target(form.kind, form.id)
    if erasure_asking.ask(copilot, target, by=caller.person, typed=form.typed) is not None:
        return RedirectResponse("/privacy?said=asked#erase", 303)
    ticket, _ = erasures.start(copilot, target, person=caller.person)
    return RedirectResponse(f"/erasures/{ticket}", 303)


@pages.post("/privacy/erase/{pair_id}/take-back")
def take_back(copilot: Opened, caller: SignedIn, pair_id: AskedPair) -> Response:
    """Let the word for a pair's erasure count no more."""
    erasure_asking.take_back(copilot, pair_id, by=caller.person)
    return RedirectResponse("/privacy?said=kept#erase", 303)


@pages.get("/start/erase", dependencies=[OWNER_ONLY])
def owners_step(
    request: Request, copilot: Opened, kind: Annotated[Kind, Query()] = "pair",
    of: Annotated[str, Query(alias="id", max_length=64)] = "",
) -> Response:  # fmt: skip
    """Whoever runs the home: which pair or person, then the same second step."""
    programme = copilot.programme()
    if not of:
        people = [(each.id, each.name) for each in programme.people if each.name != ERASED]
        return show(request, "erase-owner.html", {"pairs": [each.id for each in programme.pairs], "people": people})
    context = {
        "kind": kind, "of": of, "csrf": request.state.owner_csrf, "action": "/start/erase", "waits": None,
        "both": False, "mine": False, "not_reached": erasing.NOT_REACHED,
    }  # fmt: skip
    return show(request, "erase.html", context)


@pages.post("/start/erase", dependencies=[OWNER_ONLY])
def owners_second_step(copilot: Opened, erasures: Erasing, form: Annotated[EraseForm, Form()]) -> Response:
    """Erase, as ``coach erase`` does on the same home."""
    if form.typed.strip() != form.id:
        raise BadInput(f"type {form.id} to confirm: something else was typed, and nothing was erased")
    ticket, _ = erasures.start(copilot, Target(form.kind, form.id), person=OWNER)
    return RedirectResponse(f"/erasures/{ticket}", 303)


@pages.get("/erasures/{ticket}")
def ended(request: Request, erasures: Erasing, ticket: Ticket) -> Response:
    """How an erasure stands, for whoever has its address; counts alone."""
    return show(request, "erased.html", {"job": erasures.of(ticket), "ticket": ticket})
