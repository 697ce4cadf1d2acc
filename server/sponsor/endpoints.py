"""``/api/v1/sponsor`` and the sign-off of an agreed criterion, for the sponsor of a pair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Final

from copilot.bootstrap import Copilot
from copilot.ledger_views import as_json
from copilot.mentions import Commitment
from copilot.sponsoring import Offer, Sponsored, sign, sponsored
from guards.access import Grant, Role, SignCriteria, authorize
from server.auth import Caller, Opened, SignedIn, asks
from server.commitments.schemas import CommitmentOut
from server.once import api_router
from server.paging import Page, Paged, page
from server.sponsor.schemas import CriterionId, KpiOut, OfferOut, SignedOut, SignIn, SponsoredOut

api: Final = api_router("", "sponsor")
Signing = Annotated[Grant[SignCriteria], asks(SignCriteria)]


def pairs_of(copilot: Copilot, caller: Caller) -> tuple[str, ...]:
    """The pairs that a caller sponsors.

    Raises:
        NotPermitted: there is none, so there is nothing here for them.
    """
    pairs = caller.pairs_as(Role.SPONSOR.value)
    if not pairs:
        authorize(caller.principal, SignCriteria, copilot.programme().id)
    return pairs


@api.get("/sponsor")
def sponsor(copilot: Opened, caller: SignedIn, wanted: Paged) -> Page[SponsoredOut]:
    """The caller's pairs as their sponsor sees them."""
    found = [_shape(sponsored(copilot, pair, principal=caller.principal)) for pair in pairs_of(copilot, caller)]
    return page(found, wanted, key=lambda each: each.pair)


@api.post("/pairs/{pair}/criteria/{criterion}/signature", status_code=201)
def sign_off(copilot: Opened, grant: Signing, criterion: CriterionId, wanted: SignIn) -> SignedOut:
    """Sign off a criterion that both of the pair agreed."""
    word = sign(copilot, criterion, grant=grant, mark=wanted.mark, at=datetime.now(UTC))
    return SignedOut(criterion=word.criterion, signed_on=word.day)


def _shape(found: Sponsored) -> SponsoredOut:
    kpi = found.kpi
    return SponsoredOut(
        pair=found.pair, waiting=_lines(found, found.waiting), shared=_lines(found, found.shared),
        kpi=kpi and KpiOut(
            id=kpi.id, name=kpi.name, layer=kpi.layer, unit=kpi.unit, baseline=kpi.baseline, target=kpi.target,
            better=kpi.better, source=kpi.source,
        ),
        criteria=None if found.criteria is None else [_offer(each) for each in found.criteria],
    )  # fmt: skip


def _lines(found: Sponsored, some: Iterable[Commitment]) -> list[CommitmentOut]:
    shown, kpi = found.listed.shown, found.listed.listing.kpi
    return [CommitmentOut.model_validate(as_json(each, shown=shown, kpi=kpi)) for each in some]


def _offer(each: Offer) -> OfferOut:
    return OfferOut(
        id=each.criterion, text=each.text, kpi=each.kpi, agreed_on=each.offered.agreed_on, mark=each.mark,
        signed_on=each.signed.day if each.signed else None,
    )  # fmt: skip
