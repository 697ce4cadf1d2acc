"""``/api/v1/pairs/{pair}/commitments`` for whoever may read them, and ``/api/v1/me`` for what is one's own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Final

from fastapi import Query, Response

from copilot.bootstrap import Copilot
from copilot.committing import Said, Taken, take
from copilot.listing import listed, own_follow_through, served, shapes
from copilot.pausing import end_pause, pause, pauses
from guards.access import DecideCommitments, Grant, Principal, ReadCommitments, Role
from guards.errors import NotPermitted
from server.auth import Opened, SignedIn, asks
from server.commitments.schemas import (
    CommitmentId,
    CommitmentOut,
    Day,
    FollowThroughOut,
    KeptOut,
    PauseIn,
    PauseOut,
    TakenOut,
    WordIn,
    WordOut,
)
from server.once import api_router
from server.paging import Page, Paged, page

api: Final = api_router("/pairs/{pair}/commitments", "commitments")
mine: Final = api_router("/me", "me")

Reading = Annotated[Grant[ReadCommitments], asks(ReadCommitments)]
Deciding = Annotated[Grant[DecideCommitments], asks(DecideCommitments)]
Every = Annotated[bool, Query(alias="all", description="also what is done or dropped")]


@api.get("")
def commitments(
    copilot: Opened, grant: Reading, wanted: Paged, *, every: Every = False,
    day: Annotated[Day | None, Query(alias="date", description="as of this day; else today")] = None,
) -> Page[CommitmentOut]:  # fmt: skip
    """Commitments of a pair, oldest first: for the pair its own, for the sponsor what was shared, bare."""
    found = _shaped(copilot, grant.pair, grant.principal, day or copilot.today, every=every)
    return page(found, wanted, key=_key)


@api.post("/{commitment}/words", status_code=201)
def say(copilot: Opened, grant: Deciding, commitment: CommitmentId, word: WordIn) -> TakenOut:
    """Say what became of a commitment: confirm, deny, done, drop, move, share, unshare."""
    said = Said(
        word.kind, datetime.now(UTC), word.day or copilot.today, word.reason, word.due, word.owner, word.seen
    )  # fmt: skip
    return _taken(take(copilot, grant.pair, [commitment], said, principal=grant.principal))


@mine.get("/commitments")
def own_commitments(copilot: Opened, caller: SignedIn, wanted: Paged, *, every: Every = False) -> Page[CommitmentOut]:
    """What the caller owes, over all pairs in which they are coach or mentee."""
    pairs = caller.pairs_as(Role.MENTOR_COACH.value, Role.MENTEE.value)
    found = [
        each
        for pair in pairs
        for each in _open(copilot, pair, caller.principal, every=every)
        if each.owner == caller.person
    ]
    return page(sorted(found, key=_key), wanted, key=_key)


@mine.get("/follow-through")
def follow_through(copilot: Opened, caller: SignedIn) -> FollowThroughOut:
    """What the caller kept of what they promised as a mentee, by wording and size; shown to nobody else."""
    found = own_follow_through(copilot, principal=caller.principal, as_of=copilot.today)
    return FollowThroughOut(kinds=[KeptOut.of(each) for each in found])


@mine.get("/pauses")
def own_pauses(copilot: Opened, caller: SignedIn) -> list[PauseOut]:
    """The caller's pauses that have not passed."""
    return [PauseOut.of(each) for each in pauses(copilot, principal=caller.principal)]


@mine.post("/pauses", status_code=201)
def take_pause(copilot: Opened, caller: SignedIn, wanted: PauseIn, response: Response) -> PauseOut:
    """Pause: flags on the caller's pairs stand still on these days, and a prep says that they are away."""
    made = pause(copilot, principal=caller.principal, start=wanted.start, end=wanted.end)
    response.headers["Location"] = f"/api/v1/me/pauses/{made.start.isoformat()}"
    return PauseOut.of(made)


@mine.delete("/pauses/{start}", status_code=204)
def stop_pause(copilot: Opened, caller: SignedIn, start: date) -> Response:
    """End a pause early, or take one back that has not begun."""
    end_pause(copilot, principal=caller.principal, start=start)
    return Response(status_code=204)


def _key(each: CommitmentOut) -> str:
    return f"{each.first_agreed.isoformat()} {each.id}"


def _open(copilot: Copilot, pair: str, principal: Principal, *, every: bool) -> list[CommitmentOut]:
    """A pair's commitments; nothing where the pair is closed to them for now."""
    try:
        return _shaped(copilot, pair, principal, copilot.today, every=every)
    except NotPermitted:
        return []


def _shaped(copilot: Copilot, pair: str, principal: Principal, day: date, *, every: bool) -> list[CommitmentOut]:
    found = listed(copilot, pair, principal=principal, as_of=day, every=every)
    criteria = served(copilot, pair, principal=principal, as_of=day)
    return [CommitmentOut.model_validate(each) for each in shapes(found, criteria)]


def _taken(taken: Taken) -> TakenOut:
    (one,) = taken.decided
    return TakenOut(
        commitment=one.commitment.id, at_once=bool(taken.at_once),
        words=[WordOut(id=each.id, kind=each.kind, at=each.at) for each in one.decisions],
    )  # fmt: skip
