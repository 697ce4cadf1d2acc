"""Frequent given names where they are capitalised; a model reads "Anna: ..." less well than a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers import borrowed
from guards.recognisers.found import GUESS, Found, Recogniser
from guards.recognisers.keep import given

_CAPITALISED: Final = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_A-Z]+(?![^\W_])(?!-[a-z])")


def find(text: str) -> Iterator[Found]:
    """Each such word alone; a family name beside it is for the model."""
    for match in _CAPITALISED.finditer(text):
        if match.group(0).casefold() in given() and not borrowed.is_thing(text, *match.span()):
            yield Found(match.start(), match.end(), "PERSON", GUESS)


RECOGNISER: Final = Recogniser("given_name", ("PERSON",), find)
