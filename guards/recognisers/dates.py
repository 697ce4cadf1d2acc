"""Dates, which redaction never harms: rules for numbers look at a text in which they are blanked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
DATE: Final = re.compile(
    rf"(?<![\d+])(?<!\d[-/.])(?:{_YEAR}([-/.]){_MONTH}\1{_DAY}|{_DAY}([-/.]){_MONTH}\2{_YEAR}"
    rf"|{_MONTH}([-/.]){_DAY}\3{_YEAR}|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\d]|[-/.]\d)"
)
"""A day in figures with the year in four, as ISO, European, American or compact."""


@lru_cache(maxsize=1)
def without_dates(text: str) -> str:
    """``text`` with each date in figures blanked by signs that no number has; positions stay. Rules ask in turn."""
    return DATE.sub(lambda match: "_" * len(match.group(0)), text)
