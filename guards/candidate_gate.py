"""Decides whether a sentence could hold something only the name model would find; if not, the model is not asked.

A pure function of the sentence: no memory, so a sentence fares alike alone and in any batch. It may only say no
where every word is on a list of ordinary words or of jargon, is a form of one or an abbreviation, or stands where
``names_seen`` would take the model's word for it in no case. Any other word opens the gate, in any case and script.
Refuses to judge what a word is: that is the model's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from guards.ordinary_words import OrdinaryWords, listed_words
from guards.recognisers import borrowed, keep, sentence_start
from guards.recognisers.dates import DATE

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NEGATED: Final = re.compile(r"n['’]t$")
_SHORTENED: Final = re.compile(r"['’](?:s|m|d|ed|ll|re|ve)$", re.IGNORECASE)
_MARKS: Final = re.compile(r"[\u0300-\u036f\u200c\u200d]")
_INITIALS: Final = re.compile(r"[^\w]*(?:[A-Z]{2,3}|[a-z][A-Z]|[A-Z][a-z][A-Z]):(?=\s)")
"""Who speaks, in minutes: the model never takes initials for a name, and a roster's initials are the roster's."""
_CODE: Final = re.compile(r"[a-z][A-Z]|[A-Z]?[b-df-hj-np-tv-xz][A-Z]|[B-DF-HJ-NP-TV-XZ]{2,5}s?")
"""Abbreviations that no name is written like: "eP", "PhD", and capitals without a vowel."""
_VOWELLESS_NAMES: Final = frozenset({"NG", "VLK", "SMRT", "KRC", "BRT", "TRN", "KRN", "NGS"})
_MONTHS: Final = frozenset({"march", "april", "may", "june", "august", "jan", "jun", "apr", "mar", "aug"})
_DAY_BEFORE: Final = re.compile(r"\d(?:st|nd|rd|th)?[ -](?:of )?$")
_DAY_AFTER: Final = re.compile(r"\.?[ -]\d")
_LOWER_LETTER: Final = re.compile(r"[a-z]{3}")
_ADDRESSED: Final = re.compile(
    r"(?:\b(?:with|w/|told|asked|ask|tell|met|ping|pinged|from|by|per|cc|thanks|to|and|for|owner:)|->) $", re.IGNORECASE
)
"""As in ``names_seen``: only there a plain word in lower case or an abbreviation may be somebody ("w/ JR")."""
_SPACED: Final = re.compile(r"\S+")
_AROUND: Final = 8
"""Words on each side of a candidate: of 1388 labelled names 8 lose one against whole sentences, 4 lose eight."""
_GAP: Final = 2
"""Fewer words than this between two stretches are not worth a cut."""
_DIGIT: Final = re.compile(r"\d")
_DIGITS: Final = 7
"""A number of a person that no rule knows has at least so many (``names_seen``)."""


@cache
def ordinary_words() -> OrdinaryWords:
    """The bundled list, with the single words of jargon, which no guess may mask either."""
    jargon = {word for word in keep.jargon() if " " not in word} - keep.everyday()
    listed = listed_words()
    return replace(listed, any_case=listed.any_case | jargon)


def may_hold_name(sentence: str) -> bool:
    """Whether the name model has to read any of ``sentence``."""
    return next(stretches(sentence), None) is not None


def stretches(sentence: str) -> Iterator[tuple[int, int]]:
    """Start and end of what the name model has to read: the words that open the gate with ``_AROUND`` to each side.

    Stretches that touch are one. What is left out is ordinary words, further from any candidate than a name's own
    context reaches.
    """
    if _MARKS.search(sentence) or _has_long_number(sentence):
        yield 0, len(sentence)
        return
    words = [*_SPACED.finditer(sentence)]
    at, open_from, open_to = 0, 0, -1
    for start in _opening(sentence):
        while words[at].end() <= start:
            at += 1
        first = max(0, at - _AROUND)
        if open_to >= 0 and first > open_to + _GAP:
            yield words[open_from].start(), words[open_to].end()
            open_to = -1
        open_from = first if open_to < 0 else open_from
        open_to = min(len(words) - 1, at + _AROUND)
    if open_to >= 0:
        yield words[open_from].start(), words[open_to].end()


def _opening(sentence: str) -> Iterator[int]:
    """Where each word starts that is neither ordinary nor nobody there."""
    known = ordinary_words()
    first = True
    initials = _INITIALS.match(sentence)
    for match in _WORD.finditer(sentence, initials.end() if initials else 0):
        if not _is_ordinary(match.group(0), known, first=first) and not _is_no_name(sentence, match, known):
            yield match.start()
        first = False


def _is_ordinary(word: str, known: OrdinaryWords, *, first: bool) -> bool:
    if len(word) == 1 or word in known.any_case or word in known.lower:
        return True
    folded = word.lower()
    if not word.isupper() and _NEGATED.search(folded):
        return True
    stem = _SHORTENED.sub("", folded)
    if len(stem) <= 1 or stem in known.any_case:
        return True
    if stem in known.lower and word[0].islower():
        return True
    return first and stem in known.start and not word.isupper()


def _is_no_name(sentence: str, match: re.Match[str], known: OrdinaryWords) -> bool:
    """Whether a word that is on no list of ordinary ones is nobody there, by its shape or by its place."""
    word = _SHORTENED.sub("", match[0])
    folded = word.lower()
    start, end = match.start(), match.start() + len(word)
    addressed = _ADDRESSED.search(sentence, max(0, start - 16), start)
    if known.has_stem(folded) or (_CODE.fullmatch(word) and word not in _VOWELLESS_NAMES and not addressed):
        return True
    if word.isupper():
        return word.removesuffix("s").lower() in known.capitals and bool(_LOWER_LETTER.search(sentence))
    if word.islower() and word in keep.everyday():
        return not addressed
    return (
        (folded in _MONTHS and _is_dated(sentence, start, end))
        or sentence_start.is_plain(sentence, start, end)
        or borrowed.is_thing(sentence, start, end)
    )


def _is_dated(sentence: str, start: int, end: int) -> bool:
    return bool(_DAY_AFTER.match(sentence, end) or _DAY_BEFORE.search(sentence, max(0, start - 8), start))


def _has_long_number(sentence: str) -> bool:
    if len(_DIGIT.findall(sentence)) < _DIGITS:
        return False
    return len(_DIGIT.findall(DATE.sub(" ", sentence))) >= _DIGITS
