"""One record of the stream that ``coach extract --jsonl`` reads."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from copilot.cli.redacting import PersonRow


class TextRecord(BaseModel):
    """A text with its id; ``date`` is the session's day, ``roster`` who may be named in it."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
    id: str | int
    text: str
    date: dt.date | None = None
    roster: list[PersonRow] | None = None
