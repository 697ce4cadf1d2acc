"""Identity numbers of states: Indian PAN and Aadhaar, British NINO, and any that a word announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.dates import without_dates
from guards.recognisers.found import LIKELY, SURE, Found, Recogniser, matches
from guards.recognisers.hints import lowered

_PAN: Final = re.compile(r"(?<![\w-])[A-Z]{3}[ABCFGHJLNPTE][A-Z]\d{4}[A-Z](?![\w-])|(?<=PAN )[A-Z]{5}\d{4}[A-Z]\b")
_PAN_ANNOUNCED: Final = re.compile(r"\bPAN\b\W{0,12}(?P<it>[A-Z]{5}\d{4}[A-Z])\b")
_AADHAAR: Final = re.compile(r"(?<![\w-])[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?![\w-])")
_AADHAAR_WORD: Final = re.compile(r"\b(?:aadhaar|aadhar|uidai)\b", re.IGNORECASE)
_NINO: Final = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)")
_ANNOUNCED: Final = re.compile(
    r"\b(?:passport|driv(?:er|ing)(?:['’]?s)?\s+licen[cs]e|national\s+id(?:entity)?|id\s+card|tax\s+id|tin|nino|"
    r"national\s+insurance|nhs\s+number|visa\s+number|licen[cs]e\s+plate|bank\s+account|account\s+(?:number|no\.?)|"
    r"routing\s+number|sort\s+code)\b(?:\s+(?:number|no\.?|is|was|card))*\W{0,4}"
    r"(?P<it>(?=[\w -]*\d{2})[A-Z]{0,4}\d[A-Z0-9]*(?:[ -]\d[A-Z0-9]*){0,5})\b",
    re.IGNORECASE,
)
_PAN_END: Final = re.compile(r"\d{4}[A-Z]")
_NINO_END: Final = re.compile(r"\d{2} ?[A-D]")
_TWELVE: Final = re.compile(r"\d{4}[ -]?\d{4}[ -]?\d{4}")
_STEMS: Final = (
    *(("passport",), ("licen",), ("nationa",), ("id", "card"), ("tax", "id"), ("nino",), ("nhs",), ("visa",)),
    *(("account",), ("routing",), ("sort", "code")),
)
_TIN: Final = re.compile(r"tin(?<!\wtin)(?!\w)")
"""Hints: what a text has in it where the patterns match."""


def find(text: str) -> Iterator[Found]:
    """A bare shape only where a false alarm is unlikely; else the word that announces the number."""
    if _PAN_END.search(text):
        yield from matches(_PAN, text, "IN_PAN", LIKELY)
        yield from matches(_PAN_ANNOUNCED, text, "IN_PAN", SURE)
    if _NINO_END.search(text):
        yield from matches(_NINO, text, "UK_NINO", LIKELY)
    if _may_announce(lowered(text)):
        yield from matches(_ANNOUNCED, without_dates(text), "NATIONAL_ID", LIKELY)
    for found in matches(_AADHAAR, without_dates(text), "IN_AADHAAR", SURE) if _TWELVE.search(text) else ():
        if _AADHAAR_WORD.search(text[max(0, found.start - 40) : found.start]):
            yield found


def _may_announce(low: str) -> bool:
    return any(all(part in low for part in parts) for parts in _STEMS) or bool(_TIN.search(low))


RECOGNISER: Final = Recogniser("national_id", ("IN_PAN", "IN_AADHAAR", "UK_NINO", "NATIONAL_ID"), find)
