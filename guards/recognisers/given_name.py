"""Frequent given names where they are capitalised; a model reads "Anna: ..." less well than a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from guards.recognisers.found import GUESS, Found, Recogniser

_CAPITALISED: Final = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_A-Z]+(?![^\W_])(?!-[a-z])")


@cache
def given() -> frozenset[str]:
    """The bundled names, folded; editable in ``given.txt``."""
    lines = (files("guards.recognisers") / "given.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.casefold().split())


def find(text: str) -> Iterator[Found]:
    """Each such word alone; a family name beside it is for the model."""
    for match in _CAPITALISED.finditer(text):
        if match.group(0).casefold() in given():
            yield Found(match.start(), match.end(), "PERSON", GUESS)


RECOGNISER: Final = Recogniser("given_name", ("PERSON",), find)
