"""Calls, consents, tokens and erasures in the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from server.jobs.schemas import JobOut

ID: Final = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
AnId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ID)]
Typed = Annotated[str, StringConstraints(max_length=64)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Days = Annotated[int, Field(ge=1, le=365)]
PurposeName = Literal[
    "session_prep", "endpoint_model", "sensitive_drafts", "sensitive_endpoint", "programme_review", "evaluation",
    "next_cohort",
]  # fmt: skip
RoleName = Literal["mentor_coach", "mentee", "sponsor", "peer_mentor", "reverse_mentor", "lnd", "other"]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CallOut(BaseModel):
    """A call that left, or was refused at, the door; never its text."""

    at: str
    pair: str
    destination: str
    bytes: int
    texts: int
    placeholders: int
    sha256: str
    policy: str
    verdict: str


class ConsentOut(BaseModel):
    """What the caller allows now."""

    person: str
    purpose: str
    allowed: bool


class ConsentIn(_In):
    """Give or withdraw; it counts at once."""

    allowed: bool


class TokenOut(BaseModel):
    """A sign-in or token of the caller: all but its secret."""

    id: str
    kind: str
    scopes: list[str]
    state: Literal["good", "ended", "revoked"]
    label: str
    created: datetime
    expires: datetime
    used: date | None


class TokenIn(_In):
    """A new API token."""

    scopes: list[Literal["read", "write"]] = Field(default=["read"], min_length=1, max_length=2)
    days: Days = 30
    label: Label = ""


class IssuedOut(BaseModel):
    """The secret, this once."""

    id: str
    token: str
    expires: datetime


class ErasureIn(_In):
    """What to erase for good; ``confirm`` is its id, typed once more."""

    kind: Literal["pair", "person"]
    id: AnId
    confirm: Typed


class EraseForm(BaseModel):
    """The second step on a page: what, and its id typed once more."""

    kind: Literal["pair", "person"]
    id: AnId
    typed: Typed


class TokenForm(BaseModel):
    """A new token on a page."""

    label: Label = ""
    days: Days = 30
    write: Literal["", "yes"] = ""


class AskedOut(BaseModel):
    """The first word of a pair: the other person's is missing."""

    pair: str
    by: str
    date: date
    until: date
    waits_for: str


class ErasureOut(BaseModel):
    """Either a job that erases, with the address of its certificate, or a word that waits for another."""

    asked: AskedOut | None = None
    job: JobOut | None = None
    certificate: str | None = None
