"""``/pairs/{pair}/commitments`` for the two of a pair, ``/commitments`` for what is one's own over all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from copilot.bootstrap import Copilot
from copilot.calibration import lines
from copilot.committing import Said, take
from copilot.listing import listed, own_follow_through, sight
from copilot.mentions import DecisionKind
from copilot.pausing import AHEAD, end_pause, pause, pauses
from guards.access import Grant, Principal, ReadCommitments, Role, authorize
from guards.errors import NotPermitted
from server.auth import Opened, SignedIn
from server.commitments.endpoints import Deciding, Every, Reading
from server.commitments.schemas import CommitmentId, Day, WordForm
from server.commitments.view import ListView, list_of
from server.html import show

pages: Final = APIRouter(include_in_schema=False, prefix="/pairs/{pair}/commitments")
own: Final = APIRouter(include_in_schema=False, prefix="/commitments")

_NEEDS_WHY: Final = frozenset({DecisionKind.DROP, DecisionKind.DENY})


@dataclass(frozen=True, slots=True)
class Section:
    """A pair on the page of one's own commitments; ``closed`` says why there is nothing to see for now."""

    pair: str
    found: ListView | None
    closed: str = ""


@pages.get("")
def pair_page(request: Request, copilot: Opened, grant: Reading, *, every: Every = False) -> Response:
    """A pair's commitments, for its coach or mentee; the sponsor has a page of their own."""
    if grant.role is Role.SPONSOR:
        return RedirectResponse("/sponsor", 303)
    context = {
        "pair": grant.pair, "found": _list(copilot, grant, every=every), "back": "pair", "every": every,
        **_pausing(copilot, grant.principal),
    }  # fmt: skip
    return show(request, "commitments.html", context)


@pages.post("/{commitment}/words")
def say(copilot: Opened, grant: Deciding, commitment: CommitmentId, word: Annotated[WordForm, Form()]) -> Response:
    """A person's word on a commitment."""
    lacks_why = word.kind in _NEEDS_WHY and not word.reason.strip()
    if lacks_why or (word.kind is DecisionKind.MOVE and word.due is None and word.owner is None):
        return _to(word.back, grant.pair, "why" if lacks_why else "where", commitment)
    said = Said(
        word.kind, datetime.now(UTC), copilot.today, word.reason or None, word.due, word.owner, word.seen
    )  # fmt: skip
    taken = take(copilot, grant.pair, [commitment], said, principal=grant.principal)
    return _to(word.back, grant.pair, "both" if taken.at_once else word.kind.value, commitment)


@own.get("")
def own_page(request: Request, copilot: Opened, caller: SignedIn, *, every: Every = False) -> Response:
    """What a mentee promised, over all their pairs, with what is theirs alone beside it."""
    sections = [_section(copilot, caller.principal, pair, every=every) for pair in caller.pairs_as(Role.MENTEE.value)]
    told = own_follow_through(copilot, principal=caller.principal, as_of=copilot.today)
    context = {
        "sections": sections, "back": "mine", "every": every, "follow": list(lines(told)),
        **_pausing(copilot, caller.principal),
    }  # fmt: skip
    return show(request, "own-commitments.html", context)


@own.post("/pauses")
def take_pause(
    copilot: Opened, caller: SignedIn, start: Annotated[Day, Form()], end: Annotated[Day, Form()],
    back: Annotated[str, Form(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")] = "",
) -> Response:  # fmt: skip
    """Pause, from one day to another."""
    pause(copilot, principal=caller.principal, start=start, end=end)
    return _from_pause(back, "paused")


@own.post("/pauses/{start}/end")
def stop_pause(
    copilot: Opened, caller: SignedIn, start: date,
    back: Annotated[str, Form(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")] = "",
) -> Response:  # fmt: skip
    """End a pause early, or take one back."""
    end_pause(copilot, principal=caller.principal, start=start)
    return _from_pause(back, "resumed")


def _list(copilot: Copilot, grant: Grant[ReadCommitments], *, every: bool) -> ListView:
    found = listed(copilot, grant.pair, principal=grant.principal, as_of=copilot.today, every=every)
    pair = copilot.programme().pair(grant.pair)
    assert pair is not None  # noqa: S101 - there is a grant on it
    return list_of(found, pair=pair, me=grant.principal.person, sight=sight(copilot, grant.pair))


def _section(copilot: Copilot, principal: Principal, pair: str, *, every: bool) -> Section:
    try:
        grant = authorize(principal, ReadCommitments, pair)
    except NotPermitted as error:
        return Section(pair, None, str(error))
    return Section(pair, _list(copilot, grant, every=every))


def _pausing(copilot: Copilot, principal: Principal) -> dict[str, Any]:
    today = copilot.today
    latest = date.fromordinal(today.toordinal() + AHEAD)
    return {"pauses": pauses(copilot, principal=principal), "today": today, "latest": latest}


def _to(back: str, pair: str, said: str, commitment: str) -> RedirectResponse:
    where = "/commitments" if back == "mine" else f"/pairs/{pair}/commitments"
    return RedirectResponse(f"{where}?said={said}#c-{commitment}", 303)


def _from_pause(pair: str, said: str) -> RedirectResponse:
    return RedirectResponse(f"{f'/pairs/{pair}' if pair else ''}/commitments?said={said}#pause", 303)
