"""Names that their shape gives away: after a title, with initials, or "Family, Given" at the start of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from guards.recognisers.found import GUESS, LIKELY, Found, Recogniser, matches
from guards.recognisers.keep import given, is_kept
from guards.recognisers.unlisted import is_unlisted, may_stand

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
NAME_WORD: Final = rf"(?:(?:O|D|L|Mc|Mac)['’]?)?[{_UPPER}][^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+){{0,3}}"
_PARTICLE: Final = r"(?:(?:de|da|do|dos|del|della|di|van|von|der|den|la|le|bin|bint|ibn|al|el|ter|ten|af|av)\s+){1,2}"
_TITLED: Final = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Lord|Lady|Rev|Herr|Frau|Mme|Mlle|Señora?|Monsieur|Madame)\b\.?[ \t]+"
    rf"(?:[{_UPPER}]\.[ \t]?)*(?:{_PARTICLE})?{NAME_WORD}(?:[ \t]+(?:{_PARTICLE})?{NAME_WORD}){{0,2}}"
)
_INITIALLED: Final = re.compile(
    rf"(?<![\w.])(?:[{_UPPER}]\.[ \t]?-?){{1,3}}(?:{_PARTICLE})?{NAME_WORD}(?:[ \t]{NAME_WORD})?(?!\.\w)"
)
_MIDDLE: Final = re.compile(rf"(?<!\w){NAME_WORD}[ \t][{_UPPER}]\.[ \t]{NAME_WORD}")
_BARE: Final = re.compile(
    rf"(?<![\w.&/-])(?P<initials>[{_UPPER}]{{1,2}})[ \t](?P<last>(?:{_PARTICLE})?{NAME_WORD})(?![\w])"
)
"""Initials without stops: "JK Marsh"."""
_BEHIND: Final = re.compile(rf"(?<![\w.-])(?P<last>{NAME_WORD}),?[ \t](?:[{_UPPER}]\.[ \t]?-?){{1,3}}(?=[\s,;:)]|$)")
"""Initials behind: "Marsh, J. K."."""
_NO_INITIALS: Final = frozenset(
    re.findall(
        r"\w+",
        "A I AI ML PM QA UX HR IT US UK EU VP CI CD BI UI PO SM BA DB OK PR AM TV PC ID VC EM TL CS DS DE ES EN RE CC "
        "PS NB BU TA MD NO SO IN ON AT TO OF BY IS AS BE DO GO IF OR AN MY WE HE ME UP Q V X L P",
    )
)
_TURNED: Final = re.compile(
    rf"(?<![\w,&/-])(?<!, )(?P<last>(?:{_PARTICLE})?{NAME_WORD}),[ \t](?P<first>{NAME_WORD})(?![\w/])"
    rf"(?!,[ \t]|[ \t](?:and|or|&)[ \t]|[ \t][{_UPPER}][^\W\d_A-Z])"
)
"""Family name first: "Okafor, Ngozi"; a longer list is no such pair."""
_CAPITAL_BEFORE: Final = re.compile(rf"(?<!\w)[{_UPPER}][\w.'’-]*[ \t]$")
_ABBREVIATION: Final = 3
_COUNTRIES: Final = frozenset(
    re.findall(
        r"\w+",
        "belgium netherlands austria "
        "switzerland norway sweden denmark finland usa uk "
        "kenya nigeria ghana india france germany italy spain poland portugal ireland scotland wales england turkey "
        "brazil mexico canada japan korea vietnam singapore "
        "egypt morocco texas california ohio oregon nevada",
    )
)
_INITIAL: Final = re.compile(rf"[{_UPPER}]\.(?<!\w[{_UPPER}]\.)")
_COMMA: Final = re.compile(rf",[ \t][{_UPPER}]")
"""Hints: what a text has in it where the patterns with full initials, and those with a comma, match."""


def find(text: str) -> Iterator[Found]:
    """The title is part of the span: it says something about the person."""
    yield from matches(_TITLED, text, "PERSON", LIKELY)
    initial = bool(_INITIAL.search(text))
    for pattern in (_INITIALLED, _MIDDLE) if initial else ():
        for found in matches(pattern, text, "PERSON", GUESS):
            last = re.split(r"[. \t]", text[found.start : found.end])[-1]
            if not is_kept(last):
                yield found
    yield from _unlisted_last(text, (_BARE, _BEHIND) if initial else (_BARE,))
    if _COMMA.search(text):
        yield from _turned(text)


def _turned(text: str) -> Iterator[Found]:
    """Both words on no list; "Ada Okafor, Ngozi Bello" and two given names are two people each."""
    for match in _TURNED.finditer(text):
        family, first = match["last"].split()[-1], match["first"]
        amid = _CAPITAL_BEFORE.search(text, max(0, match.start() - 24), match.start())
        short = min(len(family), len(first)) <= _ABBREVIATION and (family.isupper() or first.isupper())
        two = family.casefold() in given() or first.casefold() in _COUNTRIES
        if not (amid or short or two) and is_unlisted(family) and is_unlisted(first):
            yield Found(match.start(), match.end(), "PERSON", GUESS)


def _unlisted_last(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[Found]:
    """Letters before or behind a word that may be a family name; a plain word there is a heading ("QA Notes")."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            last = match["last"].split()[-1]
            begins = (
                not text[: match.start()].rstrip(" >*-|").strip() or text[match.start() - 2 : match.start()] == ". "
            )
            listed = pattern is _BEHIND and begins and not is_unlisted(last)
            if may_stand(last) and not listed and match.groupdict().get("initials") not in _NO_INITIALS:
                yield Found(match.start(), match.end(), "PERSON", GUESS)


RECOGNISER: Final = Recogniser("titled_name", ("PERSON",), find)
