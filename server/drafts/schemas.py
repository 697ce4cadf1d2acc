"""Drafts in the API. The draft itself is the document of ``coach prep --json``, which others script against."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class DraftIn(BaseModel):
    """What to draft: a session on a day (else the next one expected), of a length (else the pair's blueprint)."""

    model_config = ConfigDict(extra="forbid")
    day: date | None = Field(default=None, alias="date")
    minutes: Literal[60, 45, 30] | None = None


class WhyOut(BaseModel):
    """The note lines behind an item, one of context on either side."""

    draft: str
    item: str
    lines: list[str]
