"""Dates, which redaction never harms: rules for numbers look at a text in which they are blanked."""

from __future__ import annotations

import re
from typing import Final

_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
DATE: Final = re.compile(
    rf"(?<![\d+])(?<!\d[-/.])(?:{_YEAR}([-/.]){_MONTH}\1{_DAY}|{_DAY}([-/.]){_MONTH}\2{_YEAR}"
    rf"|{_MONTH}([-/.]){_DAY}\3{_YEAR}|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\d]|[-/.]\d)"
)
"""A day in figures with the year in four, as ISO, European, American or compact."""


_NAMED_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])\.?"
)
_NTH: Final = r"\d{1,2}(?:st|nd|rd|th)?"
WRITTEN: Final = re.compile(
    rf"(?<![\w.])(?:{_NTH}[ -](?:of[ ])?{_NAMED_MONTH}(?:,?[ -]['’]?(?:{_YEAR}|\d\d(?!\d)))?|"
    rf"{_NAMED_MONTH}[ -]{_NTH}(?:,?[ ]{_YEAR})?"
    rf"|{_NAMED_MONTH}[ ]{_YEAR}|\d{{1,2}}:\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{2}}){{1,2}}|{_YEAR}-\d\d)(?![\w])",
    re.IGNORECASE,
)
"""A day with its month in letters, a month with its year, a clock."""


def without_dates(text: str) -> str:
    """``text`` with each date in figures blanked by signs that no number has; positions stay."""
    return DATE.sub(lambda match: "_" * len(match.group(0)), text)
