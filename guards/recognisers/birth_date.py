"""Dates of birth. Any other date is part of the work and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import SURE, Found, Recogniser, matches
from guards.recognisers.hints import lowered

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_PAST: Final = r"(?:19\d\d|200\d|201[0-2])"
"""The years in which someone at work, or a child of theirs old enough to be spoken of, was born."""
_ORDINAL: Final = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_DAY: Final = rf"(?:\d{{1,2}}\s?(?:st|nd|rd|th)?|{_ORDINAL})"


def _dates(year: str, *, bare: str) -> str:
    """Every way to write a day with ``year``; ``bare`` is what else counts."""
    between = r"\s?[-/.\s]\s?"
    return (
        rf"(?:{year}{between}\d{{1,2}}{between}\d{{1,2}}|\d{{1,2}}{between}\d{{1,2}}{between}{year}"
        rf"|{_DAY}[\s.\-/]{{0,3}}(?:of\s+)?{_MONTH}[\s,.\-/]{{0,3}}(?:(?:of|in)\s+)?['’]?{year}"
        rf"|{_MONTH}[\s.\-/]{{0,3}}(?:the\s+)?{_DAY}[\s,.\-/]{{1,3}}['’]?{year}"
        rf"|{year}[\s,.\-/]{{1,3}}{_MONTH}[\s,.\-/]{{0,3}}\d{{1,2}}(?:st|nd|rd|th)?"
        rf"|{_PAST}(?:0[1-9]|1[0-2])[0-3]\d|[0-3]\d[0-3]\d{_PAST}{bare})(?!\w)"
    )


_ANY: Final = _dates(
    r"(?:(?:19|20)\d\d|\d\d)",
    bare=rf"|\d{{1,2}}[-/.]\d{{1,2}}|{_DAY}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+(?:the\s+)?{_DAY}"
    rf"|(?:{_MONTH}[\s,]+)?{_PAST}|['’]\d\d",
)
_FULL: Final = _dates(rf"(?:{_PAST}|['’]?[4-9]\d)", bare="")
_NOUN: Final = (
    r"(?:d\.\s?o\.\s?b\.?|dob|(?:date|day|year)[\s_-]{1,2}of[\s_-]{1,2}birth|birth[\s_-]?dates?|birth[\s_-]?days?|"
    r"b[\s_-]?day|birth\s+year|yob)"
)
_CUE: Final = rf"(?<![^\W_])(?:{_NOUN}|born|née|turn(?:s|ed|ing)\s+\d\d)(?![^\W_])"
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?"
_ANNOUNCED: Final = re.compile(
    rf"{_CUE}(?:['’]s)?(?:\s*\([dmy /.\-]{{2,14}}\))?(?:[\s:=,\-–—|\"'*(]{{1,6}}"
    rf"(?:is|was|are|on|in|the|of|year|falls|comes|back|being|given|as|{_WEEKDAY}(?=\W))(?=\W)){{0,4}}"
    rf"[\s:=,(\-–—|\"'?*#]{{0,6}}(?P<it>{_ANY})",
    re.IGNORECASE,
)
_LATER: Final = re.compile(rf"{_CUE}[^\d]{{0,70}}?(?<!\w)(?P<it>{_FULL})", re.IGNORECASE)
_BORN_YEAR: Final = re.compile(rf"\bborn\b[^\d.;?!\n]{{0,50}}?\b(?:in|around|circa)\s+(?P<it>{_PAST})\b", re.IGNORECASE)
_SHORT: Final = re.compile(rf"(?<![\w.])\*?b\.\s{{0,2}}(?:in\s+)?(?P<it>{_FULL}|{_PAST}\b)", re.IGNORECASE)
_BEFORE: Final = re.compile(
    rf"(?<![\w./-])(?P<it>{_ANY})[\s,(\[\-–—]{{1,4}}(?:(?:is|was|as|being|for|marks)\s+)?"
    rf"(?:(?:my|his|her|their|the|your|our|[^\W\d_]{{2,20}}['’]s)\s+)?{_NOUN}(?![^\W_])",
    re.IGNORECASE,
)


_HINT: Final = re.compile(
    r"birth|born|née|turn(?:s|ed|ing)\s|[dy]ob|b[\s_-]?day|d\.\s?o\.\s?b|(?<![\w.])\*?b\.", re.IGNORECASE
)
"""Without one of these no pattern matches; one look spares five."""
_STEMS: Final = ("birth", "born", "née", "turn", "dob", "yob", "b.")
_BDAY: Final = re.compile(r"b[\s_-]?day")
_DOB: Final = re.compile(r"d\.\s?o\.\s?b")
"""Without one of these the hint does not match; they are quicker to look for."""


def find(text: str) -> Iterator[Found]:
    """The date at a word of birth; further from the word only a full one that lies far enough in the past."""
    low = lowered(text)
    if not (any(stem in low for stem in _STEMS) or _BDAY.search(low) or _DOB.search(low)) or not _HINT.search(text):
        return
    for pattern in (_ANNOUNCED, _LATER, _BORN_YEAR, _SHORT, _BEFORE):
        yield from matches(pattern, text, "DATE_OF_BIRTH", SURE)


RECOGNISER: Final = Recogniser("birth_date", ("DATE_OF_BIRTH",), find)
