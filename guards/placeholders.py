"""Placeholders as models and people misspell them: put right when there is one reading, reported when there is not.

``<PERSON 1>``, ``PERSON_1``, ``<person_01>``, ``[PERSON_1]`` and the like become ``<PERSON_1>`` if that one is known.
Refuses to guess: an unknown number, a doubtful spelling and words that merely look alike ("person 1 of the team") stay
as they are and are never anybody's name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guards.text import PLACEHOLDER

KINDS: Final = frozenset(
    {
        *("PERSON", "ORGANIZATION", "EMAIL_ADDRESS", "PHONE_NUMBER", "URL", "HANDLE", "IBAN_CODE", "CREDIT_CARD"),
        *("US_SSN", "NATIONAL_ID", "IP_ADDRESS", "MAC_ADDRESS", "DATE_OF_BIRTH", "EMPLOYEE_ID", "ADDRESS", "LOCATION"),
        *("STREET_ADDRESS", "DISGUISED", "LITERAL", "UK_NINO", "IN_PAN", "IN_AADHAAR"),
    }
)
"""Types that a vault mints; a text's own placeholders add theirs."""

_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_OPEN: Final = r"(?:&lt;|&\#0*60;|&\#x0*3c;|\\u003c|\\?[<‹⟨〈《«\[{【])"
_CLOSE: Final = r"(?:&gt;|&\#0*62;|&\#x0*3e;|\\u003e|\\?[>›⟩〉》»\]}】])"
_NOT_SHOWN: Final = dict.fromkeys(map(ord, _UNSEEN))
_DIGITS: Final = re.compile(r"[0-9]+")
_WIDE: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


@dataclass(frozen=True, slots=True)
class Mended:
    """The text with what could be put right; ``unsure`` are the spellings left as they were, as they stand."""

    text: str
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spelling:
    start: int
    end: int
    shown: str
    mark: str
    sure: bool


def mend(text: str, *, known: Collection[str], source: str = "") -> Mended:
    """A model's text with its misspelt placeholders put right.

    Args:
        text: what the model wrote.
        known: the placeholders it may mean.
        source: what it was shown: a spelling that stands there is its own and is not touched.
    """
    parts: list[str] = []
    unsure: list[str] = []
    at = 0
    for each in _spellings(text, KINDS | {kind for mark in known if (kind := _kind(mark))}):
        right = each.mark in known
        if right and each.mark in each.shown:
            continue
        own = each.shown in source
        if right and each.sure and not own:
            parts += [text[at : each.start], each.mark]
            at = each.end
        elif each.sure or (right and not own):
            unsure.append(each.shown)
    return Mended("".join([*parts, text[at:]]), tuple(unsure))


def typed_in(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody typed what would read as a placeholder: it is masked like a name, and comes back as typed."""
    taken = 0
    for start, end in sorted(
        [
            *(match.span() for match in PLACEHOLDER.finditer(text)),
            *((each.start, each.end) for each in _spellings(text, KINDS) if each.sure),
        ]
    ):
        if start >= taken:
            yield start, end
            taken = end


def _spellings(text: str, kinds: frozenset[str]) -> Iterator[_Spelling]:
    wide = text if text.isascii() else text.translate(_WIDE)
    for match in _pattern(kinds).finditer(wide) if _may_spell(wide, kinds) else ():
        kind = re.sub(rf"[\s\\_{_UNSEEN}-]+", "_", match["kind"]).strip("_").upper()
        kind = next((each for each in kinds if each.replace("_", "") == kind.replace("_", "")), kind)
        both = match["open"] is not None and match["close"] is not None
        sure = (both or "_" in match["between"]) and not match["tail"]
        yield _Spelling(
            match.start(), match.end(), text[match.start() : match.end()], f"<{kind}_{int(match['number'])}>", sure
        )
    for match in PLACEHOLDER.finditer(text):
        if match.group(1) not in kinds:
            yield _Spelling(match.start(), match.end(), match.group(0), match.group(0), sure=True)


def _may_spell(wide: str, kinds: frozenset[str]) -> bool:
    """Whether a number stands behind the end of a kind; where none does, no spelling is there to be looked for."""
    shown = wide if wide.isascii() else wide.translate(_NOT_SHOWN)
    tail = _tail(kinds)
    return any(tail.search(shown, max(0, each.start() - 8), each.start()) for each in _DIGITS.finditer(shown))


@lru_cache(maxsize=64)
def _tail(kinds: frozenset[str]) -> re.Pattern[str]:
    """The last letters of each kind and what may be between it and its number."""
    ends = "|".join(sorted({kind.rpartition("_")[2][-3:] for kind in kinds}))
    return re.compile(rf"(?:{ends})[\s\\_#:.-]{{0,4}}$", re.IGNORECASE)


@lru_cache(maxsize=64)
def _pattern(kinds: frozenset[str]) -> re.Pattern[str]:
    apart = rf"[\s\\_{_UNSEEN}-]{{0,3}}"
    unseen = f"[{_UNSEEN}]*"
    spelt = "|".join(
        apart.join(unseen.join(word) for word in kind.split("_")) for kind in sorted(kinds, key=len, reverse=True)
    )
    return re.compile(
        rf"(?:(?P<open>{_OPEN}{{1,2}}\s{{0,3}}/?\s{{0,3}})|(?<![A-Za-z0-9_]))(?P<kind>{spelt})"
        rf"(?P<between>[\s\\_#:.{_UNSEEN}-]{{0,4}})(?P<number>[0-9]{{1,9}})(?![0-9_])(?P<tail>[A-Za-z]*)"
        rf"(?P<close>[\s{_UNSEEN}]{{0,3}}/?{_CLOSE}{{1,2}})?",
        re.IGNORECASE,
    )


def _kind(mark: str) -> str | None:
    match = PLACEHOLDER.fullmatch(mark)
    return match.group(1) if match else None
