"""Commitments in the API: the shape of interfaces.md, a person's word on one, follow-through, pauses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from copilot.calibration import Kept
from copilot.mentions import DecisionKind
from copilot.programme import Period

LONGEST_REASON: Final = 2000
"""Characters: what a programme file takes for a whole commitment."""
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)

CommitmentId = Annotated[str, Path(min_length=4, max_length=64, pattern=r"^[0-9a-zA-Z_-]+$")]
PersonId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Day = Annotated[date, Field(ge=_EARLIEST, le=_LATEST)]


def _none_for_empty(value: object) -> object:
    """A form sends an empty field as an empty string."""
    return None if value == "" else value


FormDay = Annotated[Day | None, BeforeValidator(_none_for_empty)]
FormPerson = Annotated[PersonId | None, BeforeValidator(_none_for_empty)]


class CitationOut(BaseModel):
    """A note line."""

    source: str
    line_from: int
    line_to: int
    quote: str


class CommitmentOut(BaseModel):
    """A commitment as the ledger folds it on the day; a sponsor gets it without citations and names."""

    id: str
    owner: str | None
    action: str
    due: date | None
    ticket: str | None
    status: str
    first_agreed: date
    age_days: int
    times_carried: int
    kpi: str | None
    criterion: str | None
    citations: list[CitationOut]


class WordIn(BaseModel):
    """A person's word. ``seen`` is the latest word on the pair's commitments that they knew of, where that is kept."""

    model_config = ConfigDict(extra="forbid")
    kind: DecisionKind
    reason: str | None = Field(default=None, max_length=LONGEST_REASON)
    due: Day | None = None
    owner: PersonId | None = None
    day: Day | None = Field(default=None, alias="date")
    seen: str | None = Field(default=None, max_length=64)


class WordForm(BaseModel):
    """The form of a word. ``back`` says which of the two pages it came from."""

    model_config = ConfigDict(extra="forbid")
    csrf: str = Field(default="", max_length=128)
    kind: DecisionKind
    back: Literal["mine", "pair"] = "pair"
    seen: str = Field(default="", max_length=64)
    reason: str = Field(default="", max_length=LONGEST_REASON)
    due: FormDay = None
    owner: FormPerson = None


class WordOut(BaseModel):
    """A word as kept: to share an item also confirms it, so there may be two."""

    id: str
    kind: DecisionKind
    at: datetime


class TakenOut(BaseModel):
    """What was decided. ``at_once`` says that somebody else spoke meanwhile; both words are kept, the later counts."""

    commitment: str
    words: list[WordOut]
    at_once: bool


class KeptOut(BaseModel):
    """Of ``n`` commitments of a kind, how many were done as first agreed."""

    kind: str
    kept: int
    n: int

    @classmethod
    def of(cls, kept: Kept) -> KeptOut:
        """The figure as the API shows it."""
        return cls(kind=kept.kind, kept=kept.kept, n=kept.n)


class FollowThroughOut(BaseModel):
    """For the mentee alone; a kind with fewer than four commitments is left out."""

    kinds: list[KeptOut]


class PauseIn(BaseModel):
    """From one day to another, both included; no reason is asked."""

    model_config = ConfigDict(extra="forbid")
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")


class PauseOut(BaseModel):
    """A pause; ``id`` is the day it starts."""

    id: date
    start: date = Field(alias="from")
    end: date = Field(alias="to")

    @classmethod
    def of(cls, period: Period) -> PauseOut:
        """The pause as the API shows it."""
        return cls.model_validate({"id": period.start, "from": period.start, "to": period.end})
