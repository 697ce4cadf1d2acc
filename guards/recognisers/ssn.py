"""United States social security numbers: written with hyphens, or announced by a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.dates import without_dates
from guards.recognisers.found import SURE, Found, Recogniser, matches

_HYPHENS: Final = re.compile(r"(?<![\w-])(?!000)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
_ANNOUNCED: Final = re.compile(
    r"\b(?:ssn|social\s+security(?:\s+(?:number|no\.?|#))?)\b[^\d\n]{0,40}?(?P<it>\d{3}[ .-]?\d{2}[ .-]?\d{4})(?!\w)",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    """Nine bare digits are a ticket or a count unless the text says otherwise."""
    yield from matches(_HYPHENS, text, "US_SSN", SURE)
    yield from matches(_ANNOUNCED, without_dates(text), "US_SSN", SURE)


RECOGNISER: Final = Recogniser("ssn", ("US_SSN",), find)
