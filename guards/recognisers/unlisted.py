"""Whether a word could be somebody's name at all: on no list of ordinary words, of the trade or of borrowed names.

A pure look-up. Refuses to say that a word is a name: that takes a place where only a person stands.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from guards.recognisers import borrowed
from guards.recognisers.keep import crowd, is_kept

_POSSESSIVE: Final = re.compile(r"['’]s$")


@cache
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    """Words of the gate's list that are ordinary in any case, and those that are so in lower case alone."""
    lines = (files("guards") / "ordinary_words.txt").read_text("utf-8").splitlines()
    any_case, rest = " ".join(line for line in lines if not line.startswith("#")).split("[lower]")
    return frozenset(any_case.split()), frozenset(rest.split()) - {"[start]"}


def is_ordinary(word: str) -> bool:
    """Whether ``word`` is nobody's given or family name."""
    folded = _POSSESSIVE.sub("", word).casefold()
    return folded in _ordinary()[0] or folded in crowd() or is_kept(folded)


def is_unlisted(word: str) -> bool:
    """Whether a capitalised word is on no list; one that is ordinary in lower case alone counts as listed too."""
    folded = _POSSESSIVE.sub("", word).casefold()
    listed = folded in _ordinary()[1] or borrowed.is_borrowed(folded)
    return len(folded) > 1 and not listed and not is_ordinary(folded)


def may_stand(word: str) -> bool:
    """Whether a capitalised word may be a name beside one: it may be an ordinary word in lower case ("Rose")."""
    return len(word) > 1 and not is_ordinary(word) and not borrowed.is_borrowed(word)
