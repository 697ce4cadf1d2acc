"""The facts in a line that a draft may not get wrong: who, days, numbers, tickets, and whether it says no.

Word overlap misses nearly every one-fact edit, so the grounding check compares these instead. Pure functions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from guards.text import PLACEHOLDER

_MONTH: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTHS: Final = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_MONTH: Final = re.compile(
    rf"\b{_DAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+({_MONTHS})\b\.?(?:,?\s+(\d{{4}})\b)?", re.IGNORECASE
)
_MONTH_DAY: Final = re.compile(
    rf"\b{_DAY}({_MONTHS})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*%)(?:,?\s+(\d{{4}})\b)?", re.IGNORECASE
)
_WEEKDAY: Final = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b", re.IGNORECASE
)  # fmt: skip
_TICKET: Final = re.compile(r"\b[A-Za-z][A-Za-z0-9_]{0,15}-\d{1,7}\b|(?<!\w)#\d{1,7}\b")
_NUMBER: Final = re.compile(r"(?<![\w.,])[-−]?\d+(?:[ ,]\d{3})*(?:\.\d+)?|(?<=[A-Za-z])\d+(?:\.\d+)?")
_WORDS: Final = {
    word: str(value)
    for value, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
    )
} | {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "half": "0.5", "twice": "2"}
_NUMBER_WORD: Final = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without)\b|n['’]t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found, each with how often. A day is ``(year or 0, month, day)``."""

    who: Counter[str]
    days: Counter[tuple[int, int, int]]
    weekdays: Counter[str]
    numbers: Counter[str]
    tickets: Counter[str]
    negations: int


def _number(found: str) -> str:
    plain = re.sub(r"[ ,](?=\d{3})", "", found.replace("−", "-"))
    return f"{float(plain):g}" if len(plain) < 15 else plain


def facts_of(text: str) -> Facts:
    """Take the facts out of one text.

    What was recognised as a placeholder, day or ticket is blanked before numbers are looked for, so that its
    digits are not counted twice.
    """
    rest = text

    def take(pattern: re.Pattern[str]) -> list[re.Match[str]]:
        nonlocal rest
        found = list(pattern.finditer(rest))
        for match in found:
            rest = rest[: match.start()] + " " * len(match.group(0)) + rest[match.end() :]
        return found

    who = Counter(match.group(0) for match in take(PLACEHOLDER))
    days = [(int(m.group(1)), int(m.group(2)), int(m.group(3))) for m in take(_ISO)]
    days += [(int(m.group(3) or 0), _MONTH[m.group(2).lower()], int(m.group(1))) for m in take(_DAY_MONTH)]
    days += [(int(m.group(3) or 0), _MONTH[m.group(1).lower()], int(m.group(2))) for m in take(_MONTH_DAY)]
    tickets = Counter(match.group(0).upper() for match in take(_TICKET))
    weekdays = Counter(match.group(1).lower()[:3] for match in take(_WEEKDAY))
    numbers = Counter(_number(match.group(0)) for match in take(_NUMBER))
    numbers.update(_WORDS[match.group(1).lower()] for match in take(_NUMBER_WORD))
    return Facts(who, Counter(days), weekdays, numbers, tickets, len(_NEGATION.findall(rest)))


def same_day(left: tuple[int, int, int], right: tuple[int, int, int]) -> bool:
    """Whether two days agree; a missing year agrees with any."""
    return left[1:] == right[1:] and (0 in {left[0], right[0]} or left[0] == right[0])


def missing_facts(text: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Which kinds of fact in ``text`` do not stand in ``lines``: ``who``, ``day``, ``number``, ``ticket``."""
    said, found = facts_of(text), facts_of("\n".join(lines))
    checks = (
        ("who", all(each in found.who for each in said.who)),
        ("day", all(any(same_day(each, other) for other in found.days) for each in said.days)),
        ("weekday", all(each in found.weekdays for each in said.weekdays)),
        ("number", all(each in found.numbers for each in said.numbers)),
        ("ticket", all(each in found.tickets for each in said.tickets)),
    )
    return tuple(name for name, good in checks if not good)
