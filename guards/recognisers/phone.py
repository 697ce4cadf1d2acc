"""Telephone numbers of many regions, with extensions, and those spelt out in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from guards.recognisers.dates import without_dates
from guards.recognisers.found import LIKELY, SURE, Found, Recogniser, matches
from guards.recognisers.hints import lowered

_CANDIDATE: Final = re.compile(
    r"(?<![\w./+#-])(?<!\d,)(?<!\d:)(?P<it>(?:(?:\+|00)\s?)?(?:\(\+?\d{1,5}\)[ .\-/]?)?\d(?:[ .\-/]{0,2}\(?\d\)?){5,16}"
    r"(?:\s*(?:;?ext\.?=?|extension|x|\#)\s*\d{1,6})?)(?!\w|[.,:/-]\d)",
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
    r"\b(?:call(?:s|ed|ing)?|phone[ds]?|ph|tel|telephone|mobile|mob|cell|fax|office|ring|rang|rings|text(?:ed|s)?|"
    r"whatsapp|signal|sms|dial|hotline|number|line|landline|contact|reach(?:able|ed)?|registered|messages?\s+to|pager|"
    r"(?:get|got|catch|find|reach)\s+(?:me|him|her|them|us)|handy|desk|direct|switchboard|voicemail|answers\s+on)\b"
    r"|(?:^|[\s,;|(])[tmpf]:\s*$|\u260e|\U0001f4de|\U0001f4f1",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^[\s,\-(]*(?:office|fax|mobile|cell|home|work|desk|is\s+(?:my|his|her|their)\s+(?:number|mobile|cell))\b"
)
_QUANTITY_BEFORE: Final = re.compile(r"(?:[$€£¥₹]|\b(?:EUR|USD|GBP|INR|CHF|JPY|AUD))\s?$")
_QUANTITY_AFTER: Final = re.compile(
    r"^\s?(?:%|[$€£¥₹]|(?:EUR|USD|GBP|INR|CHF|JPY|AUD|rows|records|users|claims|policies|events|requests|lines|hits|"
    r"items|bytes|tokens|parameters|ms|seconds|steps)\b)",
    re.IGNORECASE,
)
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE: Final = re.compile(
    rf"^(?:(?:19|20)\d\d[-/. ]{_MONTH}[-/. ]{_DAY}|(?:{_DAY}[-/. ]{_MONTH}|{_MONTH}[-/. ]{_DAY})[-/. ](?:19|20)?\d\d)"
    r"(?:[ T]\d{1,2})?$"
)
_EIGHT: Final = re.compile(r"(?!(?:19|20)\d\d)[235689]\d{3}[ -](?!(?:19|20)\d\d)\d{4}$|[2-9]\d([ .-])\d\d\1\d\d\1\d\d$")
"""Two fours (Hong Kong, Singapore) or four pairs (Denmark, Norway); two years are no number."""
_EXTENSION: Final = re.compile(r"[;\s]*(?:ext|x|#)", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d(?:[ .\-/]{0,2}\(?\d\)?){5}")
"""What each candidate holds, dates blanked or not."""
_DIGIT_WORDS: Final = ("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LEAST_WORDS: Final = 6
_DIGIT_WORD: Final = rf"(?:{'|'.join(_DIGIT_WORDS)})"
_SPELT: Final = re.compile(
    rf"\b(?:(?:plus|double|triple)[\s-]+)?{_DIGIT_WORD}(?:[\s,-]+(?:(?:double|triple)[\s-]+)?{_DIGIT_WORD}){{5,14}}\b",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    """Numbers that a numbering plan knows, or that the words around call a number."""
    for match in _CANDIDATE.finditer(without_dates(text)) if _DIGITS.search(text) else ():
        number = match.group("it").rstrip(" -/.(")
        if _is_number(text, match.start("it"), number):
            yield Found(match.start("it"), match.start("it") + len(number), "PHONE_NUMBER", LIKELY)
    low = lowered(text)
    if sum(low.count(word) for word in _DIGIT_WORDS) >= _LEAST_WORDS:
        yield from matches(_SPELT, text, "PHONE_NUMBER", SURE)


def _is_number(text: str, start: int, number: str) -> bool:
    plain = _EXTENSION.split(number)[0]
    digits = sum(each.isdigit() for each in plain)
    end = start + len(number)
    if not 7 <= digits <= 15 or _DATE.match(number) or _counts(text, start, end):
        return False
    if (plain.startswith(("+", "00", "(")) or plain != number) and digits >= 8:
        return True
    if _CONTEXT.search(text[max(0, start - 45) : start]) or _AFTER.match(text[end : end + 24].lower()):
        return digits >= 8 or not plain.isdigit()
    if _EIGHT.match(plain):
        return _known_plan(plain)
    return _long_enough(plain, digits) and _known_plan(plain)


def _long_enough(plain: str, digits: int) -> bool:
    """Whether the digits alone look like a number; ten that begin with 1 are seconds since 1970."""
    if _separated(plain):
        return digits >= 9
    return digits >= 9 if plain.startswith("0") else 10 <= digits <= 11 and plain[0] != "1"


def _counts(text: str, start: int, end: int) -> bool:
    """Whether the words beside say that the figure counts something."""
    before = text[max(0, start - 5) : start]
    return bool(_QUANTITY_BEFORE.search(before) or _QUANTITY_AFTER.match(text[end : end + 16]))


def _known_plan(number: str) -> bool:
    return any(_valid(number, region) for region in _REGIONS)


def _separated(number: str) -> bool:
    """Groups of digits as people write a number; a lone dot is a decimal point or a build number."""
    return any(sign in number for sign in " -/(") or number.count(".") >= 2


def _valid(number: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False


RECOGNISER: Final = Recogniser("phone", ("PHONE_NUMBER",), find)
