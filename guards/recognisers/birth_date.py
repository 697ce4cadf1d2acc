"""Dates of birth. Any other date is part of the work and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import SURE, Found, Recogniser, matches

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE: Final = (
    rf"(?:\d{{1,4}}[-/. ]\d{{1,2}}[-/. ]\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?(?:\s+\d{{2,4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+\d{{2,4}})?|(?:19|20)\d\d)"
)
_ANNOUNCED: Final = re.compile(
    r"\b(?:d\.?o\.?b\.?|date\s+of\s+birth|birth\s?date|birth\s?day|born(?:\s+(?:on|in))?)\b"
    rf"(?:\s+(?:is|was|on|in|the))*[\s:=,(\-]{{0,4}}(?P<it>{_DATE})\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    """The date after a word of birth."""
    yield from matches(_ANNOUNCED, text, "DATE_OF_BIRTH", SURE)


RECOGNISER: Final = Recogniser("birth_date", ("DATE_OF_BIRTH",), find)
