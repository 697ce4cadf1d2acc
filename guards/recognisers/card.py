"""Payment cards of 12 to 19 digits by the Luhn check, Mastercard's 2-series and Maestro included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.dates import without_dates
from guards.recognisers.found import SURE, Found, Recogniser

_CANDIDATE: Final = re.compile(r"(?<![\w.+-])[2-6]\d{3}(?:[ \-]?\d){8,15}(?!\w|[.-]\d)")
_CONTEXT: Final = re.compile(
    r"\b(?:card|credit|debit|visa|master\s?card|amex|maestro|discover|cc|pan)\b", re.IGNORECASE
)


def find(text: str) -> Iterator[Found]:
    """12 digits pass the check by chance once in ten, so they also need a word that says card."""
    for match in _CANDIDATE.finditer(without_dates(text)):
        digits = [int(each) for each in match.group(0) if each.isdigit()]
        near = text[max(0, match.start() - 60) : match.end() + 30]
        if luhn(digits) and (len(digits) > 12 or _CONTEXT.search(near)):
            yield Found(match.start(), match.end(), "CREDIT_CARD", SURE)


def luhn(digits: list[int]) -> bool:
    """ISO/IEC 7812: from the right every second digit is doubled, digits of it summed; the sum ends in 0."""
    doubled = [each if at % 2 == 0 else each * 2 - 9 * (each > 4) for at, each in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


RECOGNISER: Final = Recogniser("card", ("CREDIT_CARD",), find)
