"""``/sponsor``: the pairs of a sponsor, each with shared lines, what waits for them, its measure and criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from copilot.mentions import Commitment, CommitmentStatus
from copilot.programme import Pair, Programme
from copilot.sponsoring import Offer, Sponsored, sign, sponsored
from server.auth import Opened, SignedIn
from server.html import show
from server.sponsor.chart import KpiView, kpi_view
from server.sponsor.endpoints import Signing, pairs_of
from server.sponsor.schemas import MARK, CriterionId

pages: Final = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class LineView:
    """A shared line, in the words that were shared."""

    action: str
    who: str
    due: date | None
    late: bool
    age_days: int
    carried: int
    ticket: str
    status: str
    closed: date | None


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair on its sponsor's page."""

    pair: str
    mentee: str
    mentor: str
    waiting: tuple[LineView, ...]
    running: tuple[LineView, ...]
    ended: tuple[LineView, ...]
    kpi: KpiView | None
    criteria: tuple[Offer, ...] | None


@pages.get("/sponsor")
def sponsor_page(request: Request, copilot: Opened, caller: SignedIn) -> Response:
    """Everything that a sponsor may see of their pairs."""
    programme = copilot.programme()
    views = [_view(programme, sponsored(copilot, pair, principal=caller.principal))
             for pair in pairs_of(copilot, caller)]  # fmt: skip
    return show(request, "sponsor.html", {"pairs": views})


@pages.post("/pairs/{pair}/criteria/{criterion}/signature")
def sign_off(
    copilot: Opened, grant: Signing, criterion: CriterionId, mark: Annotated[str, Form(pattern=MARK)]
) -> Response:  # fmt: skip
    """Sign off a criterion as the page showed it."""
    sign(copilot, criterion, grant=grant, mark=mark, at=datetime.now(UTC))
    return RedirectResponse(f"/sponsor?said=signed#{grant.pair}-criteria", 303)


def _view(programme: Programme, found: Sponsored) -> PairView:
    names = found.listed.listing.names
    pair = programme.pair(found.pair)
    assert pair is not None  # noqa: S101 - there is a grant on it
    lines = [(each.status is CommitmentStatus.OPEN, _line(found, pair, each)) for each in found.shared]
    return PairView(
        pair.id, names.get(pair.mentee, pair.mentee), names.get(pair.mentor, pair.mentor),
        tuple(_line(found, pair, each) for each in found.waiting),
        tuple(sorted((line for runs, line in lines if runs), key=lambda each: (each.due or date.max, each.action))),
        tuple(line for runs, line in lines if not runs), kpi_view(found.kpi) if found.kpi else None, found.criteria,
    )  # fmt: skip


def _line(found: Sponsored, pair: Pair, each: Commitment) -> LineView:
    roles = {pair.mentee: "the mentee", pair.mentor: "the coach", pair.sponsor: "you"}
    late = each.status is CommitmentStatus.OPEN and each.due is not None and each.due < found.listed.listing.as_of
    who = roles.get(each.owner, "somebody outside the pair") if each.owner else "nobody yet"
    return LineView(
        found.listed.shown(each.action), who, each.due, late, each.age_days, each.times_carried, each.ticket or "",
        each.status.value, each.closed,
    )  # fmt: skip
