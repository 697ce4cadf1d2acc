"""What a document says about itself: front matter, a ``Date:`` line, a date in the file name, its kind.

Front matter is read as flat ``key: value`` lines, not as YAML: nothing in a note is worth a parser that can be bombed.
An ambiguous date (03/04/2026) is no date: a wrong session date is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath
from typing import Final

from guards.text import RawText
from knowledge.passages import DocumentKind, SourceLine

_PAIR_OF: Final = re.compile(r"([A-Za-z][A-Za-z_ -]{0,30}?)\s*:\s*(.*)$")
_KEYS: Final = frozenset(
    {"date", "session_date", "kind", "type", "pair", "title", "lane", "template", "tags", "version"}
)
_DATE_LINE: Final = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\|\s*)?\**\s*(?:(?:session|meeting)\s+)?(?:date|held(?:\s+on)?|day)\s*\**\s*(?:[:：]|\|)\s*\**\s*(.+)$",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY_FIRST: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_MONTH_FIRST: Final = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_LOOK_AT: Final = 40
_FRONT_LIMIT: Final = 60


@dataclass(frozen=True, slots=True)
class Meta:
    """What was found; ``lines`` are the document's lines with the front matter blanked."""

    lines: tuple[SourceLine, ...]
    session_date: date | None = None
    kind: DocumentKind | None = None
    pair: str | None = None


@dataclass(frozen=True, slots=True)
class _Front:
    end: int = 0
    values: Mapping[str, str] = field(default_factory=dict[str, str])


def meta_of(lines: Sequence[SourceLine], *, name: PurePath) -> Meta:
    """Read what the document says of itself, the surest source first."""
    front = _front_matter(lines)
    kept = tuple(_blanked(line) if index < front.end and _is_meta(line) else line for index, line in enumerate(lines))
    said = front.values.get("session_date") or front.values.get("date") or ""
    day = day_in(said) or _date_line(lines) or _date_in_name(name)
    kind = front.values.get("kind") or front.values.get("type") or ""
    known = {each.value: each for each in DocumentKind}
    return Meta(kept, day, known.get(kind.casefold()), front.values.get("pair") or None)


def day_in(text: str) -> date | None:
    """The one day a text states without ambiguity: ISO, or with the month's name."""
    if match := _ISO.search(text):
        return _day(match.group(1), match.group(3), match.group(4))
    if match := _DAY_FIRST.search(text):
        return _day(match.group(3), _month(match.group(2)), match.group(1))
    if match := _MONTH_FIRST.search(text):
        return _day(match.group(3), _month(match.group(1)), match.group(2))
    return None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].casefold()) + 1


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _front_matter(lines: Sequence[SourceLine]) -> _Front:
    texts = [line.text.unseal().strip() for line in lines[:_FRONT_LIMIT]]
    start = next((index for index, text in enumerate(texts) if text), 0)
    if not texts or texts[start] != "---" or "---" not in texts[start + 1 :]:
        return _Front()
    end = texts.index("---", start + 1)
    pairs = [match.groups() for text in texts[start + 1 : end] if (match := _PAIR_OF.match(text))]
    values = {key.strip().casefold().replace(" ", "_").replace("-", "_"): value.strip(" \"'") for key, value in pairs}
    return _Front(end + 1, values) if _KEYS & values.keys() else _Front()


def _is_meta(line: SourceLine) -> bool:
    text = line.text.unseal().strip()
    match = _PAIR_OF.match(text)
    return text == "---" or (match is not None and match.group(1).strip().casefold().replace(" ", "_") in _KEYS)


def _blanked(line: SourceLine) -> SourceLine:
    return replace(line, text=RawText(""), heading=0)


def _date_line(lines: Sequence[SourceLine]) -> date | None:
    matches = (_DATE_LINE.match(line.text.unseal()[:200]) for line in lines[:_LOOK_AT])
    return next((day for match in matches if match and (day := day_in(match.group(1)))), None)


def _date_in_name(name: PurePath) -> date | None:
    return next((day for part in reversed(name.parts) if (day := day_in(part))), None)
