"""A sponsor's pairs in the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from server.commitments.schemas import CommitmentOut

CriterionId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
MARK: Final = r"^[0-9a-f]{16}$"


class KpiOut(BaseModel):
    """A measure as the programme has it; ``better`` is ``lower`` or ``higher``. No readings of it are kept here."""

    id: str
    name: str
    layer: str
    unit: str
    baseline: float | None
    target: float | None
    better: str
    source: str


class OfferOut(BaseModel):
    """A criterion that both of the pair agreed; ``mark`` stands for its text and goes with the sign-off."""

    id: str
    text: str
    kpi: str | None
    agreed_on: date
    mark: str
    signed_on: date | None


class SponsoredOut(BaseModel):
    """A pair as its sponsor sees it; ``criteria`` is null while they are closed."""

    pair: str
    waiting: list[CommitmentOut]
    shared: list[CommitmentOut]
    kpi: KpiOut | None
    criteria: list[OfferOut] | None


class SignIn(BaseModel):
    """A sign-off of the text that ``mark`` stands for."""

    model_config = ConfigDict(extra="forbid")
    mark: str = Field(pattern=MARK)


class SignedOut(BaseModel):
    """The sign-off as kept."""

    criterion: str
    signed_on: date
