"""Names beside a sure name in a list: "Ana, Bo and Cem", "Okafor, Ngozi", "ana / bo".

Refuses to begin a list: one of its members has to be known as a person, and a member that is an ordinary word, a
word of the trade or a thing is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from guards.recognisers import borrowed
from guards.recognisers.keep import given
from guards.recognisers.unlisted import is_unlisted, may_stand

_LINK: Final = re.compile(r"[,;][ \t]|[ \t]?[/+&][ \t]?|,?[ \t](?:and|or|AND)[ \t]", re.ASCII)
_BEGINS: Final = re.compile(r"(?:^|[.!?\n\r][ \t]*|[-*|>•][ \t]*)$")
_CONNECTIVES: Final = frozenset(["and", "or", "AND"])
_LOWER_LEAST: Final = 0.02
_SHORTEST_SHOUTED: Final = 3
Place = tuple[int, int, float]
"""Start and end of a word and the model's chance that it is a name or a place."""


def siblings(text: str, words: Sequence[Place], sure: Sequence[bool]) -> frozenset[int]:
    """The indexes of words that are names because a neighbour in their list is one."""
    members = [at for at, (start, end, _) in enumerate(words) if text[start:end] not in _CONNECTIVES]
    found = _beside(text, [words[at] for at in members], [sure[at] for at in members])
    return frozenset(members[at] for at in found)


def _beside(text: str, words: Sequence[Place], sure: Sequence[bool]) -> set[int]:
    seeds = {at for at, (start, end, _) in enumerate(words) if sure[at] or _is_given(text, start, end)}
    known: set[int] = set()
    for step in (1, -1):
        for seed in seeds:
            known |= _walk(text, words, seed, step)
    return known - seeds


def _is_given(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    return word.istitle() and word.casefold() in given() and not borrowed.is_thing(text, start, end)


def _walk(text: str, words: Sequence[Place], seed: int, step: int) -> set[int]:
    """From the seed outwards, over links, and over blanks between words of one name."""
    found: set[int] = set()
    at, linked = seed, False
    while 0 <= at + step < len(words):
        left, right = sorted((at, at + step))
        between = text[words[left][1] : words[right][0]]
        is_link = bool(_LINK.fullmatch(between))
        if not (is_link or between == " ") or not _fits(text, words[at + step], words[seed], own=between == " "):
            break
        at += step
        linked = linked or is_link
        if linked:
            found.add(at)
    return found


def _fits(text: str, place: Place, seed: Place, *, own: bool) -> bool:
    """Whether a word may be a member: of the seed's case, and no plain word; a further word of a name is on no list."""
    start, end, chance = place
    word, model = text[start:end], text[seed[0] : seed[1]]
    if any(sign.isdigit() for sign in word) or borrowed.is_thing(text, start, end):
        return False
    if word[0].islower() or model[0].islower():
        return word.islower() and model.islower() and chance >= _LOWER_LEAST and is_unlisted(word)
    if word.isupper() and (not model.isupper() or len(word) < _SHORTEST_SHOUTED):
        return False
    return is_unlisted(word) if own or _BEGINS.search(text, max(0, start - 6), start) else may_stand(word)
