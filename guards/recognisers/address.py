"""Postal addresses: a street with its number as some fifty countries write it, a box, a plot, with what belongs to it.

A town alone stays. Where a street's word is a plain one as well, a unit, a post code or an announcement must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.address_parts import Tail, has_word, is_stop, left_of, tail_of
from guards.recognisers.dates import DATE, WRITTEN
from guards.recognisers.found import LIKELY, Found, Recogniser
from guards.recognisers.hints import Lines, lowered
from guards.recognisers.keep_shape import Kept
from guards.recognisers.street_words import (
    BEHIND,
    CAP,
    CODE,
    DIRECTION,
    ENGLISH,
    ENGLISH_SURE,
    FIRST,
    FIRST_FOREIGN,
    HOME,
    MARK,
    NUMBER,
    SHORT,
    SMALL,
    SUFFIX,
    UNIT,
)
from guards.recognisers.unlisted import is_unlisted

_START: Final = r"(?<![\w@#.,:/-])"
_ORDINAL: Final = r"\d{1,3}(?i:st|nd|rd|th)"
_PLAIN: Final = (
    r"(?:a|an|and|or|on|in|to|for|at|with|by|from|is|was|are|were|be|has|had|have|it|we|he|she|they|i|you|my|our|"
    r"his|her|their|"
    r"this|that|these|of|days?|weeks?|months?|years?|hours?|hrs?|min|mins|minutes?|people|claims?|rows?|tickets?|"
    r"tests?|times?|"
    r"points?|stories|items?|users?|more|less|new|open|per|down|up|out|into|over|about|as|than|then|not|no|but|if|"
    r"ms|km|pm|am)"
)
_ENGLISH: Final = re.compile(
    rf"{_START}{NUMBER},?[ ]+(?:{DIRECTION}\.?[ ]+)?(?P<name>(?:(?:{CAP}|{_ORDINAL}|{SMALL})[ ]+){{0,5}})"
    rf"(?P<kind>{ENGLISH})(?!\w)\.?"
    rf"(?:[ ]+{DIRECTION}(?![\w'’])\.?)?(?:[ ]+\d{{1,3}}(?![\w:.%/-]))?"
)
_LOWER: Final = re.compile(
    rf"{_START}{NUMBER},?[ ]+(?P<name>(?:(?!{_PLAIN}\b)(?:[^\W\d_][\w'’-]*|{_ORDINAL})\.?[ ]+){{1,3}})"
    rf"(?P<kind>{ENGLISH})(?!\w)",
    re.IGNORECASE,
)
_NAME: Final = rf"(?:(?:{SMALL}[ ]|d['’]|l['’]){{0,3}}{CAP}(?:[ ](?:{SMALL}[ ]|d['’]|l['’]){{0,2}}{CAP}){{0,4}})"
_FIRST: Final = re.compile(
    rf"{_START}(?:(?i:{FIRST})[ ]|(?i:{SHORT})\.[ ]?|[Cc]/[ ]?){_NAME}[ ,]{{1,3}}(?i:{MARK})?{NUMBER}(?!\w)"
)
_FIRST_LOWER: Final = re.compile(
    rf"{_START}(?:{FIRST_FOREIGN}[ ]|{SHORT}\.[ ]?|c/[ ]?)(?:"
    rf"(?!{_PLAIN}\b)[^\W\d_][\w'’-]*\.?[ ,]+){{1,5}}{MARK}?{NUMBER}(?!\w)",
    re.IGNORECASE,
)
_NUMBER_FIRST: Final = re.compile(
    rf"{_START}{NUMBER},?[ ](?:(?i:{FIRST_FOREIGN}|{SHORT}\.)|(?:avenue|av|boulevard|boul|bd|place|cours|route|"
    rf"allée|square|via|soi)\.?(?=[ ]{_NAME}))"
    rf"\.?[ ](?:{_NAME}|(?:{SMALL}[ ]){{0,3}}[^\W\d_][\w'’-]*(?:[ ]{SMALL}[ ][^\W\d_][\w'’-]*)?)(?:[ ]\d{{1,3}}"
    rf"(?![\w:.%]))?"
)
_NUMBERED_ROAD: Final = re.compile(
    rf"{_START}{NUMBER}[ ]+(?:{DIRECTION}\.?[ ]+)?(?i:county road|county rd|state route|state road|highway|hwy|us|"
    rf"route|cr|sr|fm|rural road)"
    rf"[ -]?\d{{1,4}}(?:[ ]{DIRECTION})?(?!\w)"
)
_GRID: Final = re.compile(rf"{_START}[NSEW]\d{{1,5}}[ ]?[NSEW]\d{{1,6}}[ ](?:{CAP}[ ]?){{1,4}}(?<=\w)")
_AMERICAS: Final = re.compile(
    rf"{_START}(?i:calle|carrera|cra|kra|cr|cl|av|avenida|diagonal|transversal|tv|dg)\.?[ ]\d{{1,3}}[A-Za-z]?"
    rf"(?:[ ]?(?i:bis|sur|norte|este))?"
    rf"[ ]?(?:\#|(?i:no|n[º°])\.?)[ ]?\d{{1,3}}[A-Za-z]?[ ]?[-–][ ]?\d{{1,3}}(?!\w)"
)
_SUFFIXED: Final = re.compile(
    rf"{_START}(?:(?:{CAP}|{SMALL})[ -]){{0,4}}(?P<word>[^\W\d_][\w'’-]*(?i:{SUFFIX}))[ ](?i:{MARK})?{NUMBER}(?![\w%])"
)
_SUFFIXED_LOWER: Final = re.compile(
    rf"{_START}(?P<word>[^\W\d_][\w'’-]+{SUFFIX})[ ]{MARK}?{NUMBER}(?![\w%])", re.IGNORECASE
)
_BEHIND: Final = re.compile(rf"{_START}(?:{CAP}[ -]){{1,3}}(?i:{BEHIND})[ ]?(?i:{MARK})?[ ]?{NUMBER}(?![\w%])")
_CODED: Final = re.compile(
    rf"{_START}(?:(?i:{SMALL})[ ]){{0,2}}{CAP}(?:[ ](?:{CAP}|{SMALL})){{0,4}}[ ]{NUMBER},\s?(?="
    rf"(?!20[12]\d\b){CODE}[ ]{CAP}|{CAP}[ ]\d{{5,6}}\b)"
)
_EASTERN: Final = re.compile(
    rf"{_START}(?:\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})?,?[ ](?:[A-Z]\w+[ ]?){{1,3}}(?:[,-][ ]?\w+-(?i:ku|shi|cho|"
    rf"machi|dong|gu))"
    rf"|\d{{1,2}}-(?i:chome)[ ,]+\d[\d-]*[ ,]+[A-Z][\w-]+(?:,?[ ][A-Z][\w-]+)?|\d{{1,4}}(?:-\d{{1,4}})?,?[ ][\w-]+-"
    rf"(?i:ro|gil|daero|dong)\b)"
)
_BOX: Final = re.compile(
    rf"{_START}(?i:p\.?[ ]?o\.?[ ]?box|post(?:al)?[ ]?box|postfach|apartado|casilla|gpo[ ]box|psc|r\.?r\.?|"
    rf"rural[ ]route|hc|unit(?=[ ]\d+,?[ ]box))"
    rf"[ ]*\#?[ ]?\d+(?:,?[ ]*(?i:box)[ ]*\d+)?(?!\w)"
)
_SHIP: Final = re.compile(
    rf"{_START}(?i:us(?:s|ns|cgc|nv))[ ][\w'’. -]{{2,30}}?[,\s]{{1,3}}(?i:fpo|apo|dpo)[ ](?i:a[aep])[ ]\d{{5}}"
)
_FORCES: Final = re.compile(r"[,\s]{0,3}(?:apo|fpo|dpo)[ ](?:a[aep])[ ]\d{5}(?:-\d{4})?", re.IGNORECASE)
_HOME: Final = re.compile(rf"{_START}{HOME}\.?[ ]?\#?\d{{1,5}}[A-Za-z]?(?:[-/]\w{{1,5}}){{0,3}}(?=,|[ ]{CAP})")
_PART: Final = re.compile(
    rf"{_START}{UNIT}(?:[ ](?i:no|nr))?\.?[ ]?\#?(?:\d{{1,5}}|[A-Z])[A-Za-z]?(?:[-/]\w{{1,5}}){{0,3}}(?=,)|"
    rf"{_START}[A-Z]-?\d{{1,4}}(?=,?[ ]{CAP})|{_START}\d{{1,3}}(?i:st|nd|rd|th)[ ](?i:floor)(?=,)"
)
_UNNUMBERED: Final = re.compile(rf"{_START}(?:{CAP}[ ]){{1,3}}{ENGLISH}(?!\w)")
_UK_CODE: Final = re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]?[ \t]\d[ABD-HJLNP-UW-Z]{2}(?![\w-])")
_CUE: Final = re.compile(
    r"(?:\baddress(?:es)?(?:[ ](?:is|was|are|now))?[ ]?[:=-]?|\b(?:lives?|living|lived|resid(?:es|ing|ed)|stay(?:s|"
    r"ing)|located|"
    r"situated)[ ](?:now[ ])?(?:at|on|in)|\bbased[ ](?:at|in)|\bmov(?:ed|es|ing)[ ](?:in)?to|\b(?:ship|deliver|"
    r"post|mail|send|sent|parcel|courier|goes)\w*"
    r"(?:[ ][\w']+){0,3}[ ]to|\bpick\w*[ ](?:\w+[ ]){1,2}up[ ](?:at|from)|\b(?:home|flat|house|place|office|hq)"
    r"(?:[ ]is)?(?:[ ](?:at|is)|:)|"
    r"\binvoice[ ]to|\b(?:meet|come)[ ](?:\w+[ ])?(?:at|to)|\bworks?[ ]from)[ ]*$",
    re.IGNORECASE,
)
_LEADS: Final = re.compile(_CUE.pattern.removesuffix("[ ]*$"), re.IGNORECASE)
_LEAD_STEMS: Final = (
    *("address", "liv", "resid", "stay", "locat", "situat", "based", "mov", "ship", "deliver", "post", "mail", "sen"),
    *("parcel", "courier", "goes", "pick", "home", "flat", "house", "place", "office", "hq", "invoice", "meet", "come"),
    "work",
)
"""One of these is in whatever leads to an address."""
_WORD: Final = re.compile(r"(?<![^\W_])[^\W\d_][\w'’]*")
_TOWN_CODE: Final = re.compile(
    r"(?<![\w-])(?:(?i:[a-z]{1,2}\d[a-z\d]?[ ]?\d[abd-hjlnp-uw-z]{2}|[a-z]\d[a-z][ ]?\d[a-z]\d|"
    r"[a-z]\d[\dw][ ]?[a-z\d]{4})|\d{5,6}|"
    r"(?!(?:19|20)\d\d)\d{4}(?:[ ](?i:[a-z]{2}))?(?=[ ][^\W\d_]{3,}$)|\d{2}-\d{3}|\d{3}[ ]\d{2})(?![\w])"
)
"""A post code, in any case."""
_UK_END: Final = re.compile(r"\d[A-Z]{2}")
_SURE_CUE: Final = re.compile(
    r"(?:\baddress(?:es)?(?:[ ](?:is|was|are|now))?[ ]?[:=-]?|\b(?:lives?|living|lived|resid(?:es|ing|ed))[ ]"
    r"(?:now[ ])?(?:at|on))[ ]*$",
    re.IGNORECASE,
)
_AFTER_CUE: Final = re.compile(rf"(?:{NUMBER},?[ ]{_NAME}|{_NAME},?[ ](?i:{MARK})?{NUMBER}(?!\w))")
_WEAK_SUFFIX: Final = re.compile(
    r"(?:ring|gate|tie|markt|hof|berg|lund|pad|lei|baan|gata|damm|graben|[oô]ver|vei|väg|backen|steig|kade|stien|"
    r"braut|ufer)$",
    re.IGNORECASE,
)
_SURE: Final = (_NUMBERED_ROAD, _GRID, _AMERICAS, _FIRST, _EASTERN, _BOX, _SHIP, _CODED, _BEHIND)
_DIGIT: Final = re.compile(r"\d")
_NUMBER_HINT: Final = re.compile(r"\d(?<![\w@#.,:/-]\d)")
_AFTER_SIGN: Final = re.compile(r"\d(?<=[ ,.#№:°]\d|[^\W\d_]\d)")
_AFTER_WORD: Final = re.compile(rf"[\w.'’-][ ,]{{1,3}}{MARK}?\d", re.IGNORECASE)
_AFTER_SUFFIX: Final = re.compile(rf"{SUFFIX}[ ]{MARK}?\d", re.IGNORECASE)
LINE_HINTS: Final = {
    **dict.fromkeys((_NUMBERED_ROAD, _EASTERN, _ENGLISH, _LOWER, _NUMBER_FIRST), (_DIGIT, _NUMBER_HINT)),
    **dict.fromkeys((_SUFFIXED, _SUFFIXED_LOWER), (_DIGIT, _AFTER_SIGN, _AFTER_WORD, _AFTER_SUFFIX)),
    _FIRST: (_DIGIT, _AFTER_SIGN, _AFTER_WORD),
    **dict.fromkeys((_BOX, _BEHIND, _HOME, _FIRST_LOWER), (_DIGIT, _AFTER_SIGN)),
    _GRID: (re.compile(r"[NSEW]\d{1,5}[ ]?[NSEW]\d"),),
    _AMERICAS: (_DIGIT, re.compile(r"(?:\#|(?i:no|n[º°])\.?)[ ]?\d{1,3}[A-Za-z]?[ ]?[-–][ ]?\d")),
    _PART: (re.compile(r"(?:[\dA-Z][A-Za-z]?(?:[-/]\w{1,5}){0,3}|(?i:floor)),|[A-Z]-?\d{1,4},?[ ]"),),
}
"""Of patterns that keep to a line: what each of their lines has in it (``hints``)."""
TEXT_HINTS: Final = {
    _SHIP: re.compile(r"[AaDdFf][Pp][Oo][ ][Aa][AaEePp][ ]\d"),
    _CODED: re.compile(rf"[ ]{NUMBER},\s?(?=(?!20[12]\d\b){CODE}[ ]{CAP}|{CAP}[ ]\d{{5,6}}\b)"),
}
"""Of the others: what a text has in it where they match."""


def find(text: str) -> Iterator[Found]:
    """The longest reading of each address, a finding for each of its lines."""
    if not has_digit(text):
        return
    for start, end in _streets(text, Kept(text)):
        yield from _whole(text, start, end)
    yield from _in_lower_case(text)
    for match in _UK_CODE.finditer(text) if _UK_END.search(text) else ():
        yield Found(*match.span(), "LOCATION", LIKELY)


def _matches(pattern: re.Pattern[str], text: str, lines: Lines) -> Iterator[re.Match[str]]:
    """The matches of a pattern, tried only where it may match."""
    if pattern in LINE_HINTS:
        yield from lines.matches(pattern, *LINE_HINTS[pattern])
    elif pattern not in TEXT_HINTS or TEXT_HINTS[pattern].search(text):
        yield from pattern.finditer(text)


def _undated(text: str, start: int, end: int) -> tuple[int, int]:
    """An address without the date that it ran into; nothing is left of one without a figure of its own."""
    for pattern in (DATE, WRITTEN):
        for dated in pattern.finditer(text, max(0, start - 12)):
            if dated.start() >= end:
                break
            if dated.start() <= start < dated.end():
                start = min(end, dated.end())
            elif dated.start() > start:
                end = dated.start()
    return (start, end) if has_digit(text[start:end]) else (start, start)


def _in_lower_case(text: str) -> Iterator[Found]:
    """Lines without capitals, or with words that lead to an address, read as if each word of a name had its capital."""
    at = 0
    for line in text.split("\n"):
        if has_digit(line) and (line.islower() or _leads(line, 0, len(line))):
            view = _WORD.sub(_capital, line)
            for start, end in _streets(view, Kept(line)) if view != line else ():
                if _cued(line, start) or _TOWN_CODE.search(view, start, end):
                    yield from _whole(text, at + start, at + end)
        at += len(line) + 1


def _capital(match: re.Match[str]) -> str:
    word = match.group(0)
    plain = re.fullmatch(rf"{_PLAIN}|{SMALL}", word) or is_stop(word)
    return word if plain or len(word[0].upper()) > 1 else word[0].upper() + word[1:]


def _whole(text: str, start: int, end: int) -> Iterator[Found]:
    start, end = _undated(text, start, end)
    at = start
    for line in text[start:end].split("\n"):
        trimmed = line.rstrip(" \t,;>-([|")
        lead = len(trimmed) - len(trimmed.lstrip(" \t,;:>-|"))
        if any(sign.isalnum() for sign in trimmed):
            yield Found(at + lead, at + len(trimmed), "LOCATION", LIKELY)
        at += len(line) + 1


def _streets(text: str, kept: Kept) -> Iterator[tuple[int, int]]:
    lines = Lines(text)
    for pattern in _SURE:
        for match in _matches(pattern, text, lines):
            if pattern is _BOX or has_word(match.group(0)):
                yield _with_parts(text, *match.span())
    yield from _english(text, kept, lines)
    yield from _suffixed(text, lines)
    yield from _foreign(text, lines)
    yield from _units(text, lines)
    yield from _announced(text, kept, lines)


def _with_parts(text: str, start: int, end: int, *, lower: bool = False) -> tuple[int, int]:
    end = start + len(text[start:end].rstrip(", \n"))
    forces = _FORCES.match(text, end)
    return left_of(text, start), forces.end() if forces else tail_of(text, end, lower=lower).end


def _english(text: str, kept: Kept, lines: Lines) -> Iterator[tuple[int, int]]:
    for pattern, lower in ((_ENGLISH, False), (_LOWER, True)):
        for match in _matches(pattern, text, lines):
            name = match["name"]
            small = lower and not re.search(r"[^\W\d_a-zß-öø-ÿ]", name)
            if (lower and not small) or not (
                has_word(name) or match["kind"].casefold() in {"broadway", "strand", "queensway"}
            ):
                continue
            sure = re.fullmatch(ENGLISH_SURE, match["kind"]) is not None if lower else bool(name)
            start = left_of(text, match.start())
            tail = tail_of(text, match.end(), lower=lower)
            if kept.touches(match.start("name"), match.end("kind")) and not (tail.code or tail.unit):
                continue
            if sure or tail.code or tail.unit or start < match.start() or _cued(text, start):
                yield start, tail.end


def _suffixed(text: str, lines: Lines) -> Iterator[tuple[int, int]]:
    """A word that ends as streets do; one that ends as family names do as well needs a town, a unit or a lead."""
    for pattern, lower in ((_SUFFIXED, False), (_SUFFIXED_LOWER, True)):
        for match in _matches(pattern, text, lines):
            word = match["word"].rstrip(".")
            start, end = _with_parts(text, *match.span(), lower=lower)
            sure = not _WEAK_SUFFIX.search(word) or end > match.end() or _cued(text, match.start())
            if is_unlisted(word) and sure:
                yield start, end


def _foreign(text: str, lines: Lines) -> Iterator[tuple[int, int]]:
    for pattern in (_FIRST_LOWER, _NUMBER_FIRST):
        for match in _matches(pattern, text, lines):
            if has_word(match.group(0)):
                yield _with_parts(text, *match.span(), lower=match.group(0).islower())


def _units(text: str, lines: Lines) -> Iterator[tuple[int, int]]:
    """A unit with what follows, where that is a home or ends in a post code; a street without a number beside one."""
    for pattern in (_HOME, _PART, _UNNUMBERED):
        for match in _matches(pattern, text, lines):
            tail: Tail = tail_of(text, match.end(), lower=False)
            start = left_of(text, match.start())
            home = pattern is _HOME and tail.end > match.end()
            if (
                home
                or tail.code
                or (pattern is _PART and tail.unit and tail.town)
                or (pattern is _UNNUMBERED and start < match.start() and has_digit(text[start : match.start()]))
            ):
                yield start, tail.end


def has_digit(text: str) -> bool:
    """Whether a stretch holds a digit of any kind."""
    return bool(_DIGIT.search(text)) or (not text.isascii() and any(sign.isdigit() for sign in text))


def _announced(text: str, kept: Kept, lines: Lines) -> Iterator[tuple[int, int]]:
    """A number and a name that is on no list, right after words that lead to an address."""
    for match in _after_leads(text, lines):
        if not _cued(text, match.start()) or kept.touches(*match.span()):
            continue
        tail = tail_of(text, match.end(), lower=False)
        sure = _SURE_CUE.search(text, max(0, match.start() - 40), match.start()) or tail.code or tail.unit or tail.town
        if sure and any(is_unlisted(word) for word in re.findall(r"[^\W\d_]{3,}", match.group(0))):
            yield left_of(text, match.start()), tail.end


def _after_leads(text: str, lines: Lines) -> Iterator[re.Match[str]]:
    """What may be an address where its line, or the one before, leads to one."""
    for start, end in lines.having(_DIGIT):
        if _leads(text, text.rfind("\n", 0, max(0, start - 1)) + 1, end):
            yield from _AFTER_CUE.finditer(text, start, end)


def _leads(text: str, start: int, end: int) -> bool:
    """Whether something in a stretch leads to an address."""
    low = lowered(text[start:end])
    return any(stem in low for stem in _LEAD_STEMS) and bool(_LEADS.search(text, start, end))


def _cued(text: str, start: int) -> bool:
    return bool(_CUE.search(text, max(0, start - 48), start))


RECOGNISER: Final = Recogniser("address", ("LOCATION",), find)
