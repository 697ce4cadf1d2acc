"""Due dates as notes say them, resolved against the day of the session.

Declared rules: a weekday is the next such day after the session (``next Tuesday`` is the one of the following
week); ``the 25th`` is the next 25th; ``22/9`` is read in the one order that gives a day within six weeks ahead, and
stays text when both or neither do; a day and month without a year is the nearest one ahead; ``end of week`` is
the Friday; ``in two weeks`` counts from the session. What has no date in it (``end of sprint``, ``before the
gate``, ``next week``) stays text. Of several dates on one line the last one counts: it is the correction.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
    "a couple of": 2,
}  # fmt: skip
_ORDINALS: Final[tuple[str, ...]] = tuple(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"  # noqa: SIM905
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split()
)

_DAY: Final = r"(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_LEAD: Final = (
    r"(?:(?P<lead>\b(?:(?:moved?|moves|pushed|slipped|postponed|rescheduled|delayed|shifted|deferred|now)"
    r"(?: (?:back|out|on|it|this))? (?:to|until|for|due)|no later than|not later than|by|before|on|due(?: on| by)?"
    r"|until|till|for|deadline)\b:?"
    r"(?:\s+(?:the latest|noon|midday|close of|cob|end of day|lunchtime|early|late|first thing(?: on)?))?)"
    r"\s*(?:the\s+)?)?"
)
_NTH: Final = rf"(?P<nth>{'|'.join(sorted((each.replace('-', '[- ]') for each in _ORDINALS), key=len, reverse=True))})"


@dataclass(frozen=True, slots=True)
class Due:
    """A stretch of a line that says when: ``start`` and ``end`` in the line, ``day`` where it names one."""

    start: int
    end: int
    day: date | None


def _nearest(day: int, month: int, on: date) -> date | None:
    try:
        this_year = date(on.year, month, day)
        return this_year if this_year >= on - timedelta(days=60) else date(on.year + 1, month, day)
    except ValueError:
        return None


def _iso(match: re.Match[str], on: date) -> date | None:  # noqa: ARG001 - one shape for all readers
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _named_month(match: re.Match[str], on: date) -> date | None:
    month = _month(match["month"])
    if not match["year"]:
        return _nearest(int(match["day"]), month, on)
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def _numeric(match: re.Match[str], on: date) -> date | None:
    """``22/9``: day and month in either order, if only one order gives a day (the weekday said) within six weeks."""
    one, two = int(match["one"]), int(match["two"])
    orders = {_in_year(day, month, on) for day, month in ((one, two), (two, one))}
    said = (match["weekday"] or "").lower()[:3]
    near = {day for day in orders if day is not None and day - on <= timedelta(days=42)}
    fit = {day for day in near if _DAYS[day.weekday()].startswith(said)}
    return fit.pop() if len(fit) == 1 else None


def _in_year(day: int, month: int, on: date) -> date | None:
    for year in (on.year, on.year + 1):
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= on:
            return date(year, month, day)
    return None


def _day_of_month(match: re.Match[str], on: date) -> date | None:
    return next_such_day(int(match["day"]), on)


def next_such_day(day: int, on: date) -> date | None:
    """The next day of this number, the session's own day included."""
    year, month = on.year, on.month
    for _ in range(12):
        if day <= calendar.monthrange(year, month)[1] and date(year, month, day) >= on:
            return date(year, month, day)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


def _worded(match: re.Match[str], on: date) -> date | None:
    """``the fourteenth``, ``first of November``."""
    day = _ORDINALS.index(re.sub(r"\s", "-", match["nth"].lower())) + 1
    if match["month"]:
        return _nearest(day, _month(match["month"]), on)
    return next_such_day(day, on)


def _month(said: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(said.lower().rstrip(".")[:3]))


def _dotted(match: re.Match[str], on: date) -> date | None:
    """``14.10.`` and ``25.08.2026``: with dots the day comes first."""
    try:
        given = date(int(match["year"]), int(match["two"]), int(match["one"])) if match["year"] else None
    except ValueError:
        return None
    return given or _nearest(int(match["one"]), int(match["two"].rstrip(".")), on)


def _end_of_month(match: re.Match[str], on: date) -> date | None:
    month = _month(match["month"])
    year = on.year if month >= on.month else on.year + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _weekday(match: re.Match[str], on: date) -> date:
    wanted = next(n for n, name in enumerate(_DAYS) if name.startswith(match["weekday"].lower()[:3]))
    which = (match["which"] or "").strip().lower()
    if which == "next":
        return on + timedelta(days=7 - on.weekday() + wanted)
    if which == "this" and wanted == on.weekday():
        return on
    later = 7 if re.search(r"\bweek$", match.group(0), re.IGNORECASE) or which.startswith("a week") else 0
    return on + timedelta(days=(wanted - on.weekday() - 1) % 7 + 1 + later)


def _day_of_next_week(match: re.Match[str], on: date) -> date:
    said = (match["weekday"] or match["later"]).lower()[:3]
    wanted = next(n for n, name in enumerate(_DAYS) if name.startswith(said))
    return on + timedelta(days=7 - on.weekday() + wanted)


def _dashed(match: re.Match[str], on: date) -> date | None:  # noqa: ARG001 - one shape for all readers
    """``25/09/2026``: with a year the day comes first, unless only the other order is a day."""
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    one, two = int(match["one"]), int(match["two"])
    day, month = (one, two) if two <= 12 else (two, one)
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] else None


def _hours(match: re.Match[str], on: date) -> date:
    return on + timedelta(days=int(match["hours"]) // 24)


def _relative(match: re.Match[str], on: date) -> date:
    word = match["relative"].lower()
    if "day after" in word:
        return on + timedelta(days=2)
    return on + timedelta(days=1 if word in _TOMORROW else 0)


def _span(match: re.Match[str], on: date) -> date:
    said, unit = match["count"].lower(), match["unit"].lower()
    count = int(said) if said.isdigit() else _COUNTS[said]
    return on + timedelta(days=count * (14 if unit.startswith("fort") else 7 if unit.startswith("w") else 1))


def _end_of(match: re.Match[str], on: date) -> date:
    if match["period"].lower() == "month":
        return date(on.year, on.month, calendar.monthrange(on.year, on.month)[1])
    friday = on + timedelta(days=(4 - on.weekday()) % 7)
    return friday + timedelta(days=7) if match["nextweek"] else friday


def _text(match: re.Match[str], on: date) -> None:  # noqa: ARG001 - one shape for all readers
    return None


_Reader = Callable[[re.Match[str], date], "date | None"]
_COUNT: Final = r"(?P<count>\d{1,2}|a couple of|an?|one|two|three|four|five|six|seven|eight|ten)"
_UNIT: Final = r"(?P<unit>days?|weeks?|wks?|fortnight)"
_TOMORROW: Final = frozenset(["tomorrow", "tmrw", "tmr", "tomorow", "2moro"])


def _form(body: str, reader: _Reader, *, lead: bool = False) -> tuple[re.Pattern[str], _Reader, bool]:
    return re.compile(rf"{_LEAD}(?<![\w/.-])(?<!every )(?<!each ){body}(?![\w/-])", re.IGNORECASE), reader, lead


_FORMS: Final = (
    _form(r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)", _iso),
    _form(
        rf"(?:{_DAY},?\s+)?(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd"
        rf"|th)?\.?(?:\s+of)?\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>20\d\d))?",
          _named_month),
    _form(rf"(?:{_DAY},?\s+)?(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd"
          r"|th)?(?:,?\s+(?P<year>20\d\d))?", _named_month),
    _form(rf"(?:(?P<weekday>{_DAY}),?\s+)?(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})", _numeric, lead=True),
    _form(r"(?P<one>\d{1,2})\.(?P<two>\d{1,2})\.(?P<year>20\d\d)", _dotted),
    _form(r"(?P<one>\d{1,2})\.(?P<two>(?:0[1-9]|1[0-2])\.?|[1-9]\.)(?P<year>(?!))?", _dotted, lead=True),
    _form(rf"(?:{_DAY},?\s+)?(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)", _day_of_month, lead=True),
    _form(rf"(?:the\s+)?{_NTH}(?P<month>(?!))?", _worded, lead=True),
    _form(rf"(?:the\s+)?{_NTH}\s+(?:of\s+)?(?P<month>{_MONTH})", _worded),
    _form(r"(?:the\s+)?end of (?:the |this )?(?P<nextweek>next )?(?P<period>week|month)", _end_of),
    _form(rf"(?:the\s+)?end of (?P<month>{_MONTH})", _end_of_month),
    _form(r"(?P<period>eow)(?P<nextweek>(?!))?", _end_of),
    _form(r"(?P<period>month)[ -]end(?P<nextweek>(?!))?", _end_of),
    _form(rf"(?:next week,? (?:on |by )?(?P<weekday>{_DAY})|(?P<later>{_DAY})(?:,)? (?:of )?next week)",
          _day_of_next_week),
    _form(rf"{_DAY},?\s+(?:the\s+)?(?P<day>\d{{1,2}})(?!\s*(?:{_MONTH}|[:.]\d|[ap]m|h\b|%))", _day_of_month),
    _form(r"the\s+(?P<day>\d{1,2})(?=\s*(?:$|[.,;)]))", _day_of_month, lead=True),
    _form(r"(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?P<year>20\d\d|\d\d)", _dashed),
    _form(r"this (?P<relative>afternoon|evening|morning)", _relative),
    _form(r"(?:in|within)\s+(?:the next\s+)?(?P<hours>24|48|72)\s+hours", _hours),
    _form(rf"(?P<which>this |next |coming |the coming |a week on "
    rf"|the following )?(?P<weekday>{_DAY})(?: (?:morning|afternoon|evening|noon|eod|cob"
          r"|night|week|at the latest|latest))?", _weekday),
    _form(r"(?P<relative>the day after tomorrow|day after tomorrow|tomorrow|tmrw|tmr|tomorow|2moro|today|tonight|eod"
          r"|end of day)(?: (?:morning|afternoon|evening|noon|night|eod|at the latest|latest))?", _relative),
    _form(rf"(?:in|within)\s+(?:the next\s+)?{_COUNT}\s+{_UNIT}(?:['’]s?)?(?: time)?", _span),
    _form(rf"{_COUNT}\s+{_UNIT}\s+from\s+(?:today|now)", _span),
    _form(r"(?:the\s+)?end of (?:the |this |next )?(?:sprint|quarter|year|iteration|pilot)", _text),
    _form(r"(?:early |late |mid )?(?:this|next|the coming) (?:week|month|sprint|quarter|session|time|meeting"
    r"|call)", _text),
    _form(r"(?:(?:the|our|next|this|my)\s+)+(?:[\w-]+\s+){0,2}?"
          r"(?:gate|session|meeting|release|launch|demo|sprint|review|deadline|go-live|call|board)", _text, lead=True),
)  # fmt: skip
_TIMED_LEADS: Final = (
    "by", "before", "until", "till", "due", "no later", "not later", "deadline", "mov", "push", "slip", "postp",
    "resch", "delay", "shift", "defer", "now",
)  # fmt: skip


def due_phrases(line: str, on: date) -> Iterator[Due]:
    """Every phrase of the line that can say when something is due, in no order; overlaps are possible."""
    for pattern, reader, needs_lead in _FORMS:
        for match in pattern.finditer(line):
            led = (match["lead"] or "").lower().startswith((*_TIMED_LEADS, "on", "for"))
            if needs_lead and not led and not (reader is _numeric and _apart(line, match)):
                continue
            if reader is _text and needs_lead and not match["lead"].lower().startswith(_TIMED_LEADS):
                continue
            yield Due(match.start(), match.end(), reader(match, on))


def _apart(line: str, match: re.Match[str]) -> bool:
    """Whether a bare ``14/10`` stands in a place of its own: after a dash, comma or bar, with nothing behind it."""
    before, behind = line[: match.start()].rstrip(), line[match.end() :].lstrip()
    return (not before or before[-1] in "-–—,(|:;") and (not behind or behind[0] in ").,;|-–—")


_FOLLOWS: Final = re.compile(
    r"(?:and|but|then|at|so|if|or|latest|as|when|because|unless|after|before|with|for|to|in|from|[A-Z]+-\d)\b"
)
"""What may follow a bare day that says when, where a noun would be described by it ("Friday meeting")."""


def _counts(line: str, due: Due) -> bool:
    """A bare weekday or date counts with a lead word, or where nothing follows it that it could describe."""
    said = line[due.start : due.end].lower()
    if re.match(
        r"(?:move|push|slip|postpone|resched|delay|shift|defer|now|by|before|on|due|until|till|for|no |not "
        r"|deadline|in |within |end |the end|a week|\w+ (?:of )?next week|(?:\d+|an?|one|two|three|four|five"
        r"|six|ten) (?:day|week|fortnight))",
        said,
    ):
        return True
    rest = line[due.end :].lstrip()
    if said in {"today", "tonight", "eow", "eod", *_TOMORROW} or said.startswith(("next ", "this ")):
        return not re.match(r"['’]s\b", rest)
    return not rest or not re.match(r"\w", rest) or _FOLLOWS.match(rest) is not None


def find_due(line: str, on: date) -> Due | None:
    """The date or phrase by which something is due.

    Example:
        ``find_due("send the plan by Friday", date(2026, 9, 14)).day`` is 18 September 2026.
    """
    found = [due for due in due_phrases(line, on) if _counts(line, due)]
    kept = [due for due in found if not any(_inside(due, other) for other in found)]
    dated = [due for due in kept if due.day is not None]
    return max(dated or kept, key=lambda due: (due.end, -due.start), default=None)


def _inside(due: Due, other: Due) -> bool:
    return (other.start, other.end) != (due.start, due.end) and other.start <= due.start and due.end <= other.end
