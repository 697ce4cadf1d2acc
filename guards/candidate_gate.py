"""Decides whether a sentence could hold something only the name model would find; if not, the model is not asked.

A pure function of the sentence: no memory, so a sentence fares alike alone and in any batch. It may only say no
where every word is on a list of ordinary words or of jargon. A word it does not know opens the gate, in any case
and script. Refuses to judge what a word is: that is the model's work.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from guards.ordinary_words import OrdinaryWords, listed_words
from guards.recognisers import keep
from guards.recognisers.dates import DATE

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NEGATED: Final = re.compile(r"n['’]t$")
_SHORTENED: Final = re.compile(r"['’](?:s|m|d|ll|re|ve)$", re.IGNORECASE)
_MARKS: Final = re.compile(r"[\u0300-\u036f\u200c\u200d]")
_INITIALS: Final = re.compile(r"[^\w]*[A-Z]{2,3}:(?=\s)")
"""Who speaks, in minutes: the model never takes initials for a name, and a roster's initials are the roster's."""
_DIGITS: Final = 7
"""A number of a person that no rule knows has at least so many (``names_seen``)."""


@cache
def ordinary_words() -> OrdinaryWords:
    """The bundled list, with the single words of jargon, which no guess may mask either."""
    jargon = {word for word in keep.jargon() if " " not in word} - keep.everyday()
    listed = listed_words()
    return replace(listed, any_case=listed.any_case | jargon)


def may_hold_name(sentence: str) -> bool:
    """Whether the name model has to read ``sentence``."""
    if _MARKS.search(sentence):
        return True
    known = ordinary_words()
    first = True
    initials = _INITIALS.match(sentence)
    for match in _WORD.finditer(sentence, initials.end() if initials else 0):
        if not _is_ordinary(match.group(0), known, first=first):
            return True
        first = False
    return _has_long_number(sentence)


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


def _has_long_number(sentence: str) -> bool:
    digits = sum(sign.isdigit() for sign in sentence)
    if digits < _DIGITS:
        return False
    return sum(sign.isdigit() for sign in DATE.sub(" ", sentence)) >= _DIGITS
