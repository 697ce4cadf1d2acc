"""Frequent given names, capitalised or not; a model reads "Anna: ..." less well than a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers import borrowed
from guards.recognisers.found import GUESS, Found, Recogniser
from guards.recognisers.keep import given, is_kept

_CAPITALISED: Final = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_A-Z]+(?![^\W_])(?!-[a-z])")


_LOWER: Final = re.compile(r"(?<![^\W_])(?<![@#/.:\\-])[^\W\d_A-Z]{4,}(?![^\W_])(?![-/.@(=:_]\w)")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
"""Whatever the other two match is all of one of these."""
_NO_NAME: Final = frozenset({"roman", "jean", "mark", "ling", "jose", "gloria", "hans", "kumar", "malik"})


def find(text: str) -> Iterator[Found]:
    """Each such word alone; a family name beside it is for the model."""
    if given().isdisjoint(map(str.casefold, _LETTERS.findall(text))):
        return
    for match in _CAPITALISED.finditer(text):
        if match.group(0).casefold() in given() and not borrowed.is_thing(text, *match.span()):
            yield Found(match.start(), match.end(), "PERSON", GUESS)
    for match in _LOWER.finditer(text):
        word = match.group(0)
        if word in given() and word not in _NO_NAME and not borrowed.is_borrowed(word) and not is_kept(word):
            yield Found(match.start(), match.end(), "PERSON", GUESS)


RECOGNISER: Final = Recogniser("given_name", ("PERSON",), find)
