"""Whether a word could be somebody's name at all: on no list of ordinary words, of the trade or of borrowed names.

A pure look-up. Refuses to say that a word is a name: that takes a place where only a person stands.
"""

from __future__ import annotations

import re
from typing import Final

from guards.ordinary_words import listed_words
from guards.recognisers import borrowed
from guards.recognisers.keep import crowd, is_kept

_POSSESSIVE: Final = re.compile(r"['’]s$")


def is_ordinary(word: str) -> bool:
    """Whether ``word`` is nobody's given or family name."""
    folded = _POSSESSIVE.sub("", word).casefold()
    return folded in listed_words().any_case or folded in crowd() or is_kept(folded)


def is_unlisted(word: str) -> bool:
    """Whether a capitalised word is on no list; one that is ordinary in lower case alone counts as listed too."""
    folded = _POSSESSIVE.sub("", word).casefold()
    listed = folded in listed_words().lower or borrowed.is_borrowed(folded)
    return len(folded) > 1 and not listed and not is_ordinary(folded)


def may_stand(word: str) -> bool:
    """Whether a capitalised word may be a name beside one: it may be an ordinary word in lower case ("Rose")."""
    return len(word) > 1 and not is_ordinary(word) and not borrowed.is_borrowed(word)
