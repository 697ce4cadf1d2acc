"""What may stand before and after a street in an address: units, house names, post codes, towns, on further lines too.

Answers with positions only. Refuses to begin an address: a unit or a town alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from guards.ordinary_words import listed_words
from guards.recognisers.keep import is_kept
from guards.recognisers.street_words import CAP, CITIES, CODE, DIRECTION, HOUSE, SMALL, UNIT, YEAR

_SEPARATOR: Final = re.compile(
    r"(?P<comma>[ \t]?[,;·][ \t]*|[ \t]+[-–][ \t]+(?=\w))|\.?[ \t]+(?=[IVX]+/)|[ \t]+|\.[ \t](?=(?:fszt|em|ap|apt|"
    r"lgh)\b)"
)
_NEXT_LINE: Final = re.compile(r"(?P<comma>[ \t]*,)?[ \t]*\n[ \t>|]*(?:,[ \t]*)?")
_VALUE: Final = r"\.?:?(?:[ ]?#?[ ]?\d{1,5}[A-Za-z]?(?:[-/]\w{1,5}){0,3}|[ ][A-Za-z]\d{0,4}(?![\w'’]))"
_UNIT: Final = re.compile(
    rf"(?:{UNIT}(?:[ ]?(?i:no|nr|n[º°])\b)?{_VALUE}(?!\w)|#\d{{1,4}}(?:-\d{{1,5}})?(?!\w)|[A-Z]{{1,3}}-?\d{{1,4}}"
    rf"(?:/\d{{1,3}})?(?=,|$)"
    rf"|\d{{1,3}}/[A-H](?!\w)|\d{{1,3}}(?i:st|nd|rd|th)[ ](?i:floor|main|cross|block|stage|phase|avenue|street|"
    rf"road|lane)"
    rf"(?:[ ](?i:road))?\b|\d{{1,2}}(?:\.?[º°ªoa]|\.)[ ]?(?i:th|tv|mf|sal|og|stock|izq|dcha|dta|esq|dto|floor|"
    rf"[a-h])?(?![\w])\.?"
    rf"|(?i:[ivx]{{1,4}}/\d{{1,3}}|ground floor|top floor|penthouse))"
)
_CODE: Final = re.compile(rf"(?:(?<=[A-Z]{{2}}[ ])|(?!{YEAR}(?![ ][A-Z])))(?:{CODE})")
_STATE: Final = re.compile(r"[A-Z]{2,3}(?![\w'’])|[A-Z]{1,2}(?=[ ]\d{4,6})")
_NAME: Final = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’-])*\.?(?!\w)"
"""A word of a town: a post code's letters and figures are none."""
_TOWN: Final = re.compile(
    rf"(?:(?:{SMALL}[ ]){{0,2}}{_NAME}(?:[ ](?:{SMALL}[ ]){{0,2}}(?:{_NAME})|/{_NAME}|[ ]\d{{1,2}}(?![\w:.%-])){{0,3}})"
)
_LEADS_TO_CODE: Final = re.compile(rf"{_NAME}(?:[ ]{_NAME}){{0,3}},?[ ](?:[A-Z]{{2,3}}[ ])?(?:{CODE})")
"""A town without a comma before it, told by the post code behind."""
_LOWER_TOWN: Final = re.compile(r"[^\W\d_][\w'’-]*(?:[ ][^\W\d_][\w'’-]*){0,2}")
_GOES_ON: Final = re.compile(r"\.?[ ]\w")
_NAMED_HOUSE: Final = re.compile(rf"(?i:the)[ ]{CAP}(?=,|[ ]{CODE})")
_NO_TOWN: Final = re.compile(
    r"(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|"
    r"nov|dec)[a-z]*\b|"
    r"(?:the|she|he|we|i|it|they|and|but|or|so|please|call|action|sprint|next|then|thanks|today|tomorrow|for|by|on|"
    r"at|from|"
    r"with|until|before|after|is|was|has|owner|due|note|see|also|who|which|where|when|if|because|ask|tell|said|"
    r"says)\b|q[1-4]\b",
    re.IGNORECASE,
)
_LEFT: Final = re.compile(
    rf"(?:(?<![\w-])(?:{UNIT}(?:[ ]?(?i:no|nr))?{_VALUE}|[A-GI-PT-V]-?\d{{1,4}}(?=,)|\d{{1,3}}/F|\d{{1,3}}(?i:st|"
    rf"nd|rd|th)[ ](?i:floor)"
    rf"|(?:(?i:the)[ ])?{CAP}(?:[ ]{CAP}){{0,2}}(?<=[\w]{{3}})(?:[ ]{HOUSE})|(?i:the)[ ](?:{CAP}[ ])?{HOUSE}|"
    rf"{CAP}[ ]{HOUSE}"
    rf"|(?i:no|nr|h\.?[ ]?no|house|plot|blk|block|lot|door[ ]no)\.?:?)[ ]?,?[ \t]*)$"
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Tail:
    """Where an address ends, and whether a unit, a post code or a town in it says that it is one."""

    end: int
    code: bool = False
    unit: bool = False
    town: bool = False


def left_of(text: str, start: int) -> int:
    """Where the units and the house name before a street begin."""
    for _ in range(4):
        window = text[max(0, start - 60) : start].rpartition("\n")[2]
        match = _LEFT.search(window)
        if match is None or not match.group(0).strip():
            return start
        start -= len(window) - match.start()
    return start


def tail_of(text: str, end: int, *, lower: bool) -> Tail:
    """What follows a street, over commas, spaces and line breaks; ``lower`` where the street has no capitals."""
    tail = Tail(end)
    for _ in range(10):
        further = next(_parts(text, tail, lower=lower), None)
        if further is None:
            return tail
        tail = further
    return tail


def _parts(text: str, tail: Tail, *, lower: bool) -> Iterator[Tail]:
    """The next part, if there is one."""
    broken = _NEXT_LINE.match(text, tail.end)
    gap = broken or _SEPARATOR.match(text, tail.end)
    if gap is None:
        return
    at, comma = gap.end(), bool(gap["comma"])
    unit, code = _UNIT.match(text, at), _CODE.match(text, at)
    if code is not None and not _counts(text, code.end()):
        yield replace(tail, end=code.end(), code=True)
    if unit is not None and (comma or broken or not unit.group(0)[0].isdigit()):
        yield replace(tail, end=unit.end(), unit=True)
    state = _STATE.match(text, at)
    if state is not None and _is_state(text, state, broken=broken is not None):
        yield replace(tail, end=state.end())
    if broken:
        yield from _town_line(text, at, tail, comma=comma)
    else:
        town = _town(text, at, lower=lower) if comma or tail.code or _LEADS_TO_CODE.match(text, at) else _city(text, at)
        if town:
            yield replace(tail, end=town, town=True)


def _city(text: str, at: int) -> int | None:
    first = _WORD.match(text, at)
    return first.end() if first is not None and first.group(0)[0].isupper() and is_city(first.group(0)) else None


def _is_state(text: str, state: re.Match[str], *, broken: bool) -> bool:
    """Capitals before a post code, or at the end of what stands between commas."""
    if _CODE.match(text, state.end() + 1):
        return True
    return not (broken or is_kept(state.group(0)) or _GOES_ON.match(text, state.end()))


def is_city(words: str) -> bool:
    """Whether each word is a town or country of the list."""
    return all(word.casefold() in CITIES for word in _WORD.findall(words))


def _counts(text: str, end: int) -> bool:
    """Whether a number is followed by a plain word that it counts."""
    word = re.compile(r"[ ]([a-z]{2,})").match(text, end)
    return word is not None and word[1] in {
        "claims",
        "rows",
        "users",
        "records",
        "euro",
        "euros",
        "people",
        "times",
        "hours",
        "days",
    }


def _town(text: str, at: int, *, lower: bool) -> int | None:
    if _NO_TOWN.match(text, at) and not _NAMED_HOUSE.match(text, at):
        return None
    match = _TOWN.match(text, at)
    if match is not None and (not is_kept(match.group(0)) or is_city(match.group(0))):
        return match.end() - (match.group(0).endswith(".") and len(match.group(0)) > 4)
    return _lower_town(text, at) if lower else None


def _lower_town(text: str, at: int) -> int | None:
    """In lower case a town is a word that is on no list, up to three of them."""
    match = _LOWER_TOWN.match(text, at)
    if match is None:
        return None
    end = at
    for word in re.compile(r"[^\W\d_][\w'’-]*").finditer(text, at, match.end()):
        folded = word.group(0).casefold()
        if folded not in CITIES and (folded in listed_words().any_case or is_kept(folded) or _NO_TOWN.match(folded)):
            break
        end = word.end()
    return end if end > at else None


def _town_line(text: str, at: int, tail: Tail, *, comma: bool) -> Iterator[Tail]:
    """A line that is a town alone, where a comma led to it, or a town with its post code."""
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    line = text[at:stop]
    town = _TOWN.match(line) or (_LOWER_TOWN.match(line) if line.islower() else None)
    if town is None or _NO_TOWN.match(line):
        return
    code = re.compile(rf",?[ ](?:[A-Z]{{2,3}},?[ ])?(?:{CODE})").search(line, max(0, town.end() - 4))
    if code is not None and code.start() <= town.end() + 12:
        yield replace(tail, end=at + code.end(), code=True, town=True)
    elif comma or (not line[town.end() :].strip(" ,.") and tail.unit):
        yield replace(tail, end=at + town.end(), town=True)


def is_stop(word: str) -> bool:
    """Whether a word ends what belongs to an address: a day, a month, a word of the sentence."""
    return _NO_TOWN.fullmatch(word) is not None


def has_word(text: str) -> bool:
    """Whether a stretch holds a word that is no jargon and no direction."""
    return any(not is_kept(word) and not re.fullmatch(DIRECTION, word) for word in _WORD.findall(text))
