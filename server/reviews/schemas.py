"""Cards in the API, in the shape of ``coach review show --json``."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

REASON: Final = 500
"""Characters of a reason: some sentences, and no note."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=REASON)]
WordSaid = Literal["watch", "confirm", "dismiss", "reopen"]


class EvidenceOut(BaseModel):
    """One observation; it begins with its points, ``+`` for the flag and ``-`` against it."""

    text: str


class WordOut(BaseModel):
    """What somebody said of a card, and why."""

    event: str
    by: str
    role: str
    date: str
    reason: str


class CardOut(BaseModel):
    """A signal about a pair's process, for a person to judge; it proves nothing and is about nobody."""

    id: str
    as_of: str
    seen: str
    pair: str
    kind: str
    category: str
    tier: str
    evidence: list[EvidenceOut]
    alternatives: list[str]
    clears_when: str
    next_step: str
    state: str
    since: str
    words: list[WordOut]


class WordIn(BaseModel):
    """A decision with its reason; names in the reason are masked before it is kept."""

    model_config = ConfigDict(extra="forbid")
    event: WordSaid
    reason: Reason
