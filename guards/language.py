"""In which language lines are written: English, another one, or unsure. A pure function of words and scripts.

The words that hold a sentence together tell the Latin languages apart (``lexicons/function_words.yaml``), letters
tell the others. Names, code, figures and headings say nothing, so such lines follow what stands around them. The
redactor knows English alone: a passage in another language must not be taken for masked. Refuses to translate.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final, cast

import yaml

from guards.ordinary_words import listed_words
from guards.recognisers import keep

_FILE: Final = Path(__file__).parent / "lexicons" / "function_words.yaml"
ENGLISH: Final = "en"
UNSURE: Final = "unsure"
ANOTHER_LANGUAGE: Final = "another language"
"""The reason under which such lines are held back."""
WITHHELD: Final = "(in another language, not read)"
"""Stands for such a line in everything that is kept; the words themselves stay in the person's own file."""
_QUOTED: Final = re.compile(r"<[A-Za-z_]{1,40}_\d{1,9}>|`[^`\n]{0,400}`")
_ASIDE: Final = re.compile(r"//|@|\w\.\w|_|\\")
"""Placeholders, code, addresses and file names: none of them is a language."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"(?<=[.!?;:])\s+|\s[-–—|]\s")
_LOAN: Final = frozenset(
    [
        "café",
        "cafés",
        "naïve",
        "résumé",
        "résumés",
        "fiancé",
        "fiancée",
        "déjà",
        "façade",
        "cliché",
        "clichés",
        "protégé",
        "protégée",
        "über",
        "crème",
        "soirée",
        "exposé",
        "touché",
        "entrée",
        "blasé",
        "décor",
        "élan",
        "pro-forma",
        "naïveté",
        "señor",
        "vis-à-vis",
        "à",
    ]
)
_PHRASES: Final = re.compile(
    r"\b(?:per se|ad hoc|pro rata|pro forma|et al|de facto|de jure|vice versa|in situ|c'est la vie|au revoir|per diem"
    r"|alter ego|status quo|quid pro quo|bona fide|modus operandi|zeitgeist|schadenfreude|angst|kindergarten)\b",
    re.IGNORECASE,
)
"""What English has taken over whole."""
_FAMILIES: Final = ("es pt it ca ro fr gl", "da no sv nb", "cs sk pl hr sl sr bs", "nl de af", "fi et")
_COUSINS: Final = {
    code: frozenset(family.split()) - {code} for family in _FAMILIES for code in family.split()
}  # fmt: skip
_SCRIPTS: Final = (
    ("el", 0x0370, 0x03FF),
    ("ru", 0x0400, 0x052F),
    ("hy", 0x0530, 0x058F),
    ("he", 0x0590, 0x05FF),
    ("ar", 0x0600, 0x077F),
    ("hi", 0x0900, 0x097F),
    ("bn", 0x0980, 0x09FF),
    ("pa", 0x0A00, 0x0A7F),
    ("gu", 0x0A80, 0x0AFF),
    ("ta", 0x0B80, 0x0BFF),
    ("te", 0x0C00, 0x0C7F),
    ("kn", 0x0C80, 0x0CFF),
    ("ml", 0x0D00, 0x0D7F),
    ("th", 0x0E00, 0x0E7F),
    ("ka", 0x10A0, 0x10FF),
    ("ko", 0x1100, 0x11FF),
    ("am", 0x1200, 0x137F),
    ("ja", 0x3040, 0x30FF),
    ("zh", 0x3400, 0x9FFF),
    ("ko", 0xAC00, 0xD7AF),
)
_DENSE: Final = frozenset({"zh", "ja", "ko"})
_DENSITY: Final = 3
"""A sign of these scripts says about as much as three letters."""
_SCRIPT_LETTERS: Final = 8
_SCRIPT_SHARE: Final = 0.4
_UKRAINIAN: Final = re.compile(r"[іїєґ]", re.IGNORECASE)
_LEAST_WORDS: Final = 3
_LEAST: Final = 2.0
_SHARE: Final = 0.2
"""So much evidence, and so much of it per word, tells a language."""
_FEW_ENGLISH: Final = 0.2
"""A line with so few ordinary English words needs only one word of another language."""
_MARKED: Final = 0.5
_MARKED_AT_MOST: Final = 2.0
_MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Profiles:
    words: dict[str, frozenset[str]]

    def of(self, language: str) -> frozenset[str]:
        return self.words[language]


@cache
def _profiles() -> _Profiles:
    content = cast("dict[str, str]", yaml.safe_load(_FILE.read_text("utf-8")))
    return _Profiles({name: frozenset(w for w in text.split() if len(w) > 1) for name, text in content.items()})


@cache
def _owners() -> dict[str, frozenset[str]]:
    """Each word and the languages that have it."""
    owners: dict[str, set[str]] = {}
    for name, words in _profiles().words.items():
        for word in words:
            owners.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in owners.items()}


def language_policy(allowed: Collection[str]) -> str:
    """The allowed languages and a digest of the word lists; part of what decides how a document is kept."""
    return f"{' '.join(sorted(allowed))} {_digest()}"


@cache
def _digest() -> str:
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()[:12]


def known_languages() -> frozenset[str]:
    """The codes that ``language_of`` can answer, besides ``unsure``."""
    return frozenset({*_profiles().words, *(code for code, _, _ in _SCRIPTS), "uk"})


def language_of(text: str) -> str:
    """``en``, the code of another language, or ``unsure`` for one stretch of text."""
    plain = " ".join(word for word in _PHRASES.sub(" ", _QUOTED.sub(" ", text)).split() if not _ASIDE.search(word))
    return _by_script(plain) or _by_words(plain)


def foreign_lines(lines: Sequence[str], allowed: Collection[str] = (ENGLISH,)) -> list[bool]:
    """For each line whether it is in a language that is not allowed.

    A line that says nothing of itself follows the lines it stands with, then most of the text.
    """
    home = language_of(" ".join(lines)) if set(allowed) - {ENGLISH} else ENGLISH
    told = [_line(line, allowed, home) for line in lines]
    foreign = [each is True for each in told]
    decided = [each for each in told if each is not None]
    mostly = bool(decided) and sum(decided) > _MOSTLY * len(decided)
    for start, end in _blocks(lines):
        inside = [each for each in told[start:end] if each is not None]
        takes = all(inside) if inside else mostly
        for at in range(start, end):
            if told[at] is None:
                foreign[at] = takes
    return foreign


def _line(line: str, allowed: Collection[str], home: str) -> bool | None:
    """Whether a line, or a whole sentence in it, is foreign; ``None`` when it says nothing.

    Where most of the text is in an allowed language, a line of it may look like a cousin's: Spanish like Portuguese.
    """
    found = {language_of(line), *(language_of(each) for each in _SENTENCE.split(line) if each != line)}
    found.discard(UNSURE)
    if home != ENGLISH and home in allowed and _COUSINS.get(home, frozenset()) & found:
        found = found - _COUSINS[home] | {home}
    if not found:
        return None
    return any(each not in allowed for each in found)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of lines without a blank one."""
    at = 0
    for full, group in groupby(bool(line.strip()) for line in lines):
        size = sum(1 for _ in group)
        if full:
            yield at, at + size
        at += size


def _by_script(text: str) -> str:
    if text.isascii():
        return ""
    counts: dict[str, int] = {}
    latin = 0
    for sign in text:
        if not sign.isalpha():
            continue
        code = _script(sign)
        if code:
            counts[code] = counts.get(code, 0) + (_DENSITY if code in _DENSE else 1)
        else:
            latin += 1
    total = sum(counts.values())
    if total < _SCRIPT_LETTERS or total < _SCRIPT_SHARE * (total + latin):
        return ""
    if counts.get("ja") and "zh" in counts:
        return "ja"
    best = max(counts, key=lambda code: counts[code])
    return "uk" if best == "ru" and _UKRAINIAN.search(text) else best


def _script(sign: str) -> str:
    place = ord(sign)
    if place < 0x0370:
        return ""
    return next((code for code, first, last in _SCRIPTS if first <= place <= last), "")


def _by_words(text: str) -> str:
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    if len(words) < _LEAST_WORDS:
        return UNSURE
    owners = _owners()
    hits: dict[str, dict[str, float]] = {}
    for word in words:
        names = owners.get(word.casefold(), frozenset())
        for name in names:
            hits.setdefault(name, {})[word.casefold()] = 1.0
    english = set(hits.pop(ENGLISH, ()))
    best, weight = "", 0.0
    for name, own in hits.items():
        mine = len(own.keys() - english)
        theirs = len(english - _profiles().of(name))
        if mine - theirs > weight:
            best, weight = name, float(mine - theirs)
    marked = _marked(words)
    evidence = (len(hits[best].keys() - english) if best else 0) + (marked if best else 0.0)
    if best and evidence >= max(_LEAST, _SHARE * len(words)):
        return best
    if best and evidence >= 1 and len(words) > _LEAST_WORDS and _english_share(words) <= _FEW_ENGLISH:
        return best
    alone = any(len(owners[word]) == 1 for word in english) and (not marked or len(english) >= _LEAST)
    enough = len(english) >= _LEAST or len(words) <= 2 * _LEAST_WORDS
    return ENGLISH if enough and (alone or (english and not marked and len(english) >= _LEAST)) else UNSURE


def _english_share(words: Sequence[str]) -> float:
    """How many of the small words are ordinary English ones; jargon counts as English, for it is at home in a note."""
    ordinary, jargon = listed_words(), keep.jargon()
    small = [word for word in words if word.islower() and "-" not in word]
    known = sum(word in ordinary.any_case or word in ordinary.lower or word in jargon for word in small)
    return known / len(small) if len(small) >= _LEAST_WORDS else 1.0


def _marked(words: Sequence[str]) -> float:
    """What letters with marks add: a plain word with one is seldom English; a capitalised one may be a name."""
    strange = [word for word in words if not word.isascii() and word.islower() and word not in _LOAN]
    return min(_MARKED_AT_MOST, _MARKED * len(strange))
