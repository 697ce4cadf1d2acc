"""Payment cards of 12 to 19 digits by the Luhn check: Mastercard's 2-series, Maestro and JCB's 1800 included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.dates import without_dates
from guards.recognisers.found import SURE, Found, Recogniser

_CANDIDATE: Final = re.compile(
    r"(?<![\w.+-])(?:(?:[2-6]\d{3}|1800)(?:[ \-\u00a0\u2010-\u2013]?\d){8,18}|[2-6]\d{3}(?:\.\d{4}){3})(?!\w|[.-]\d)"
)
_DIGITS: Final = re.compile(r"\d{4}(?:[ \-\u00a0\u2010-\u2013.]?\d){8}")
"""What each candidate holds, dates blanked or not."""
_CONTEXT: Final = re.compile(
    r"\b(?:card|credit|debit|visa|master\s?card|amex|maestro|discover|cc|pan)\b", re.IGNORECASE
)
_OTHER: Final = re.compile(
    r"\b(?:order|build|run|job|ticket|invoice|request|trace|span|commit|batch|session|claim|policy|event|offset|"
    r"pipeline|aadhaar|aadhar|uidai|epoch|timestamp|serial|sku|tracking|hash|key|rows?|id|ref|reference)\b"
    r"\W{0,3}(?:(?:number|no|id|is|was)\b\W{0,3}){0,2}$",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\s?(?:rows|records|users|claims|policies|events|requests|lines|hits|items|bytes|tokens|ms|ns|seconds|steps)\b",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:\d{3})?"
)


def find(text: str) -> Iterator[Found]:
    """What follows a card in figures (its expiry, its code) is left off group by group until the check holds."""
    if not _DIGITS.search(text):
        return
    blanked, at = without_dates(text), 0
    while match := _CANDIDATE.search(blanked, at):
        groups = [match.start() + part.end() for part in re.finditer(r"\d+", match.group(0))]
        end = next((each for each in reversed(groups) if _is_card(text, match.start(), each)), None)
        if end is not None:
            yield Found(match.start(), end, "CREDIT_CARD", SURE)
        at = end or groups[0]  # a candidate runs on into the next number


def _is_card(text: str, start: int, end: int) -> bool:
    """12 digits pass the check by chance once in ten, so words that say what else they are overrule it."""
    digits = [int(each) for each in text[start:end] if each.isdigit()]
    if not 12 <= len(digits) <= 19 or not luhn(digits) or _CLOCK.fullmatch(text[start:end]):
        return False
    if digits[0] == 1:
        return len(digits) == 15
    if len(digits) > 12 or _CONTEXT.search(text[max(0, start - 60) : end + 30]):
        return True
    return not _OTHER.search(text[max(0, start - 30) : start]) and not _COUNTED.match(text[end : end + 16])


def luhn(digits: list[int]) -> bool:
    """ISO/IEC 7812: from the right every second digit is doubled, digits of it summed; the sum ends in 0."""
    doubled = [each if at % 2 == 0 else each * 2 - 9 * (each > 4) for at, each in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


RECOGNISER: Final = Recogniser("card", ("CREDIT_CARD",), find)
