"""Telephone numbers of many regions, with extensions, and those spelt out in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from guards.recognisers.dates import without_dates
from guards.recognisers.found import LIKELY, SURE, Found, Recogniser, matches

_CANDIDATE: Final = re.compile(
    r"(?<![\w.,:/+#-])(?P<it>(?:\+|00)?\s?(?:\(\+?\d{1,5}\)[ .\-]?)?\d(?:[ .\-/]{0,2}\(?\d\)?){5,16}"
    r"(?:\s*(?:ext\.?|extension|x)\s*\d{1,6})?)(?!\w|[.,:/-]\d)",
    re.IGNORECASE,
)
_REGIONS: Final = [
    "US",
    "GB",
    "IN",
    "AU",
    "JP",
    "DE",
    "FR",
    "ES",
    "IT",
    "NL",
    "BE",
    "CH",
    "AT",
    "SE",
    "NO",
    "DK",
    "FI",
    "IE",
    "PL",
    "CZ",
    "PT",
    "BR",
    "MX",
    "ZA",
    "NG",
    "KE",
    "GH",
    "EG",
    "AE",
    "SA",
    "IL",
    "TR",
    "RU",
    "UA",
    "CN",
    "HK",
    "SG",
    "MY",
    "TH",
    "VN",
    "PH",
    "ID",
    "KR",
    "NZ",
    "AR",
    "CL",
    "CO",
    "RO",
    "HU",
    "GR",
    "HR",
    "SI",
    "SK",
    "BG",
    "EE",
    "LV",
    "LT",
    "IS",
    "CY",
    "TN",
    "MA",
    "PK",
    "BD",
    "LK",
]
_CONTEXT: Final = re.compile(
    r"\b(?:call(?:s|ed)?|phone|tel|telephone|mobile|mob|cell|fax|office|ring|text(?:ed)?|whatsapp|sms|dial|hotline|"
    r"number|line|landline|contact|reach|registered|messages?\s+to|pager)\b",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"^[\s,\-]*(?:office|fax|mobile|cell|home|work)\b", re.IGNORECASE)
_DATE: Final = re.compile(
    r"^(?:(?:19|20)\d\d[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d\d)(?:[ T]\d{1,2})?$"
)
_DIGIT_WORD: Final = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_SPELT: Final = re.compile(
    rf"\b(?:(?:plus|double|triple)[\s-]+)?{_DIGIT_WORD}(?:[\s,-]+(?:(?:double|triple)[\s-]+)?{_DIGIT_WORD}){{5,14}}\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    """Numbers that a numbering plan knows, or that the words around call a number."""
    for match in _CANDIDATE.finditer(without_dates(text)):
        number = match.group("it").rstrip(" -/.(")
        if _is_number(text, match.start("it"), number):
            yield Found(match.start("it"), match.start("it") + len(number), "PHONE_NUMBER", LIKELY)
    yield from matches(_SPELT, text, "PHONE_NUMBER", SURE)


def _is_number(text: str, start: int, number: str) -> bool:
    digits = sum(each.isdigit() for each in re.split(r"(?i)ext|x", number)[0])
    if not 7 <= digits <= 15 or _DATE.match(number):
        return False
    if number.startswith(("+", "00", "(")) and digits >= 8:
        return True
    end = start + len(number)
    if _CONTEXT.search(text[max(0, start - 45) : start]) or _AFTER.match(text[end : end + 12]):
        return digits >= 8 or not number.isdigit()
    return _separated(number) and digits >= 9 and any(_valid(number, region) for region in _REGIONS)


def _separated(number: str) -> bool:
    """Groups of digits as people write a number; a lone dot is a decimal point or a build number."""
    return any(sign in number for sign in " -/(") or number.count(".") >= 2


def _valid(number: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


RECOGNISER: Final = Recogniser("phone", ("PHONE_NUMBER",), find)
