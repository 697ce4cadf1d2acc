"""Days, clock times, numbers with unit and bound, and tickets of a line, each with the place where it stands.

Pure and linear: one pass per kind, and what one pass took is blanked for the next. A value that cannot be read is
left in the text as a word with a digit, which must then stand literally in the cited lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from guards.claim_words import lexicon

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY: Final = (
    r"mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:r(?:s(?:days?)?)?)?|fri(?:days?)?|sat(?:urdays?)?"
    r"|sun(?:days?)?"
)
_NAMED: Final = rf"(?:(?P<weekday>{_WEEKDAY})\b\.?,?\s+(?:the\s+)?)?"
_PERIOD: Final = r"day|week|month|sprint|quarter|year|iteration|pilot|session|meeting|gate"
_ONES: Final = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORD_VALUE: Final = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ORDINAL: Final = (
    {f"{word}th": n for n, word in enumerate(_ONES) if n > 3 and n not in {5, 8, 9, 12}}
    | {"fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20, "thirtieth": 30}
)  # fmt: skip
_SMALL_ORDINAL: Final = {"first": 1, "second": 2, "third": 3} | _ORDINAL
_LONG_FIRST: Final = "|".join(sorted((word for word in _ONES if word != "one"), key=len, reverse=True))
_SPELT: Final = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{'|'.join(_ONES[1:10])}|(?P<ord>{'|'.join(_SMALL_ORDINAL)})))?"
    rf"|(?P<one>{_LONG_FIRST}|one(?=[ -](?:day|week|month|year|hour|minute|second|euro|percent)))"
    rf"|(?P<nth>{'|'.join(sorted(_ORDINAL, key=len, reverse=True))}))(?:[ ](?P<scale>hundred|thousand))?\b",
    re.IGNORECASE,
)
_WRITTEN_OUT: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), written)
    for pattern, written in (
        (r"\btwice\b", "2 times"), (r"\b(\d+)(?:st|nd|rd|th) time\b", r"\1 times"),
        (r"\b(\d+(?:\.\d+)?) out of (\d+)\b(?![.,]\d)", r"\1/\2"), (r"\bv(?=\d)", "version "),
        (r"(?<!\ba )(?<!\d )\bthird\b", "3rd"), (r"\b(\d+)rd time\b", r"\1 times"),
        (rf"\b(\d{{1,2}})(?:st|nd|rd|th)?( (?:or|and|to) | ?[-/] ?)(\d{{1,2}}(?:st|nd|rd|th)?) ({_MONTH})\b",
         r"\1 \4\2\3 \4"),
    )
)  # fmt: skip
"""Other spellings of a number, and a month that stands for two days."""
_YEAR: Final = r"(?:,?\s+(?P<year>\d{4})\b)?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w-])",
        rf"\b{_NAMED}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>{_MONTH})\b\.?{_YEAR}",
        rf"\b{_NAMED}(?P<month>{_MONTH})\b\.?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*%){_YEAR}",
        (
            rf"(?<![\w/.])(?:(?P<weekday>{_WEEKDAY})\b\.?,?\s+)?(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})"
            r"(?:/(?P<year>\d{4}))?(?![\w/])"
        ),
        (
            rf"(?<![\w/.])(?:(?P<weekday>{_WEEKDAY})\b\.?,?\s+)?(?P<day>\d{{1,2}})\.\s?(?P<month>0[1-9]|1[0-2])\."
            r"(?:\s?(?P<year>\d{4}))?(?!\d)"
        ),
        rf"\b{_NAMED}(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b",
        (
            r"\b(?P<end>end|start|beginning|middle) of (?:the |this )?(?P<which>next |last )?"
            rf"(?P<period>{_PERIOD}|{_MONTH})\b"
        ),
        r"\b(?P<word>eow|eod|eom|today|tomorrow|yesterday|tonight|day after tomorrow)\b",
        rf"\b(?P<which>next|last|this|coming|previous|past) (?P<period>{_WEEKDAY}|{_PERIOD}|{_MONTH})\b",
        rf"\b(?P<weekday>{_WEEKDAY})\b",
        rf"\b(?P<month>{_MONTH.replace('|may|', '|')})\b",
        r"\b(?P<month>(?-i:May))\b",
    )
)
_TICKET: Final = re.compile(r"\b[A-Za-z][A-Za-z0-9_]{0,15}-\d{1,7}\b|(?<!\w)[#!]\d{1,7}\b")
_TIME: Final = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)|\b(?P<h24>\d{1,2}):(?P<m24>[0-5]\d)\b"
    r"|\b(?P<oclock>\d{1,2}) o'clock\b|\b(?P<word>noon|midday|midnight)\b", re.IGNORECASE,
)  # fmt: skip
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<money>(?:[€$£]|\b(?:EUR|USD|GBP|CHF)\b)\s?)?(?P<sign>[-−](?=\d))?"
    r"(?P<value>[1-9]\d{0,2}(?:\.\d{3})+(?![.\d])|\d{1,15}(?:[ ,]\d{3}(?!\d))*(?:\.\d+)?|\d{1,15},\d{1,2}(?!\d))"
    r"(?P<scale>\s?(?:k|m|bn|million|thousand)\b)?"
    r"(?:[\s-]?(?:(?:consecutive|full|whole|more|further|extra|additional) )?"
    r"(?P<unit>%|€|\$|£|percentage points?|percent points?|per cent|working days?|business days?|[A-Za-z]{1,12})"
    r"(?![A-Za-z]))?",
    re.IGNORECASE,
)
_DOTTED: Final = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
"""A full stop between thousands, as it is written in half of Europe; read so in the claim and in its lines."""
_SCALES: Final = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}
_IN_DAYS: Final = {"day": 1.0, "week": 7.0}
_IN_MINUTES: Final = {"minute": 1.0, "hour": 60.0, "second": 1 / 60}
_BEFORE: Final = tuple(
    (name, re.compile(rf"(?:^|[\s(])(?:{words})\s*$", re.IGNORECASE))
    for name, words in (
        (
            "<=",
            (
                r"at most|(?:no|not) (?:more|higher|longer|larger|later) than|up to|(?:a )?max(?:imum)?\.?(?: of)?|≤|<="
                r"|not (?:to )?exceed(?:ing)?|never (?:more than|exceed(?:s|ing)?)|not (?:above|over)"
                r"|cap(?:ped)? (?:at|of)|limit(?:ed)? (?:to|of)|limit"
            ),
        ),
        (
            ">=",
            (
                r"at least|(?:no|not) (?:less|fewer|lower|shorter|smaller) than|(?:a )?min(?:imum)?\.?(?: of)?|≥|>="
                r"|not (?:below|under)"
            ),
        ),
        (">", r"more than|over|above|exceed(?:s|ing|ed)?|greater than|higher than|longer than|>|beyond|larger than"),
        ("<", r"less than|fewer than|under|below|lower than|shorter than|<|smaller than"),
        ("=", r"exactly|precisely"),
        ("from", r"from|up from|down from|instead of|rather than"),
        ("to", r"to|→|->|=>|now"),
    )
)
_AFTER: Final = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        (
            ">=",
            (
                r"[\s,]*(?:or (?:more|higher|better|above|over|longer)\b|and (?:up|above)\b"
                r"|(?:at )?(?:the )?(?:minimum|least)\b|\+)"
            ),
        ),
        ("<=", r"[\s,]*(?:or (?:less|fewer|lower|below|under|shorter)\b|(?:at )?(?:the )?(?:maximum|max|most)\b)"),
        ("from", r"\s*(?:→|->|=>)"),
    )
)
_LEAD: Final = tuple(
    (name, re.compile(rf"\b(?:{words})[\s:,(]*(?:the )?$", re.IGNORECASE))
    for name, words in (
        ("after", "after|later than(?<!no later than)(?<!not later than)|following|past|not before"),
        ("before", "before|ahead of|prior to|earlier than"),
        ("until", "until|till|through|up to|til"),
        ("from", "since|from|starting|as of|beginning|onwards"),
        ("by", "by|due|due on|due by|no later than|not later than|deadline|deadline is|latest"),
        ("to", "to|→|->|–|-"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is said: ``options`` are month and day, two of them for ``2/10``; ``said`` other words."""

    options: frozenset[tuple[int, int]] = frozenset()
    year: int = 0
    weekday: str = ""
    said: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its base unit. ``unit`` is empty where none is known, ``bound`` one of ``<= >= < > = from to``."""

    value: float
    unit: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A day, number, clock time (minutes) or ticket, and where it stands."""

    start: int
    end: int
    what: Day | Number | int | str


def spelt_as_digits(text: str) -> str:
    """Number words as digits: ``forty-four`` is ``44``, ``the ninth`` is ``the 9th``, ``v2`` is ``version 2``."""
    plain = _SPELT.sub(_digits, text)
    for pattern, written in _WRITTEN_OUT:
        plain = pattern.sub(written, plain)
    return plain


def _digits(match: re.Match[str]) -> str:
    nth = match["nth"] or match["ord"]
    if nth:
        return f"{_WORD_VALUE.get((match['tens'] or '').lower(), 0) + _SMALL_ORDINAL[nth.lower()]}th"
    value = sum(_WORD_VALUE.get((match[name] or "").lower(), 0) for name in ("tens", "unit", "one"))
    return str(value * {"hundred": 100, "thousand": 1000}.get((match["scale"] or "").lower(), 1))


def values_of(text: str) -> tuple[list[Value], str]:
    """The values of a text in the order of their places, and the text with each of them blanked."""
    found: list[Value] = []
    rest = text
    readers: list[tuple[re.Pattern[str], Callable[[re.Match[str], str], Day | Number | int | str | None]]] = [
        (_DATES[0], _day), (_TICKET, lambda match, _: match.group(0).upper()), (_TIME, _time),
        *((pattern, _day) for pattern in _DATES[1:]), (_NUMBER, _number),
    ]  # fmt: skip
    for pattern, reader in readers:
        spans: list[tuple[int, int]] = []
        for match in pattern.finditer(rest):
            what = reader(match, text)
            if what is not None:
                end = _end(match) if isinstance(what, Number) else match.end()
                spans.append((match.start(), end))
                found.append(Value(match.start(), end, what))
        rest = _blanked(rest, spans)
    return sorted(found, key=lambda each: each.start), rest


def _end(match: re.Match[str]) -> int:
    """Where a number ends: with its unit, or before a word that is none."""
    unit = (match["unit"] or "").lower().replace(" ", "-")
    return match.end() if unit in lexicon().units else max(match.end("value"), match.end("scale"))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], "\x01" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _day(match: re.Match[str], text: str) -> Day | None:
    got = match.groupdict()
    weekday = (got.get("weekday") or "").lower()[:3]
    said = " ".join(
        part.strip().lower() for part in (got.get("end"), got.get("which"), got.get("period"), got.get("word")) if part
    )
    said = {"eow": "end week", "eod": "end day", "eom": "end month", "tonight": "today"}.get(said, said)
    lead = _lead(text[max(0, match.start() - 24) : match.start()])
    if got.get("one"):
        one, two = int(got["one"]), int(got["two"])
        options = frozenset((month, day) for month, day in ((one, two), (two, one)) if month <= 12 and 1 <= day <= 31)
        return Day(options, int(got.get("year") or 0), weekday, "", lead) if options else None
    month = got.get("month") or ""
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower().rstrip("."), 0)
    day = int(got.get("day") or 0)
    if day > 31 or number > 12:
        return None
    options = frozenset({(number, day)}) if day or number else frozenset[tuple[int, int]]()
    return Day(options, int(got.get("year") or 0), weekday, said, lead)


def _lead(before: str) -> str:
    return next((name for name, pattern in _LEAD if pattern.search(before)), "")


def _time(match: re.Match[str], text: str) -> int | None:  # noqa: ARG001 - one shape for all readers
    if match["word"]:
        return 0 if match["word"].lower() == "midnight" else 720
    hour = int(match["hour"] or match["h24"] or match["oclock"])
    minute = int(match["minute"] or match["m24"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return hour * 60 + minute if hour < 25 else None


def _number(match: re.Match[str], text: str) -> Number:
    plain = match["value"].replace(" ", "")
    plain = plain.replace(".", "") if _DOTTED.fullmatch(plain) else plain
    plain = plain.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", plain) else plain.replace(",", "")
    value = float(plain) * _SCALES.get((match["scale"] or "").strip().lower(), 1)
    value = -value if match["sign"] else value
    said = (match["unit"] or "").lower()
    unit = lexicon().units.get(said.replace(" ", "-"), "") or lexicon().units.get(
        (match["money"] or "").strip().lower(), ""
    )
    before, after = (
        text[max(0, match.start() - 26) : match.start()],
        text[match.end("unit" if unit and said else "value") :][:16],
    )
    bound = next((name for name, pattern in _AFTER if pattern.match(after)), "")
    bound = next((name for name, pattern in _BEFORE if pattern.search(before)), "") or bound
    if unit in _IN_DAYS:
        return Number(value * _IN_DAYS[unit], "day", bound)
    if unit in _IN_MINUTES:
        return Number(round(value * _IN_MINUTES[unit], 6), "minute", bound)
    return Number(value, unit, bound)
