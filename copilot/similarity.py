"""Whether two wordings name the same action: stems of content words, with numbers that must agree.

The word lists are data (``similarity.yaml``). Refuses to compare meaning: words that are not alike are different.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

_SUFFIXES: Final = (
    "isation", "ization", "ations", "ation", "ements", "ement", "ings", "ing", "ies", "ied", "ers", "es", "ed", "er",
    "s", "e", "y",
)  # fmt: skip
_TOKEN: Final = re.compile(r"<[A-Z_]+_\d+>|[A-Z][A-Z0-9]+-\d+|\d+(?:[.,]\d+)?|[A-Za-z]{2,}")


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    stop: str
    status: str
    filler: str
    irregular: Mapping[str, str]
    kinds: tuple[str, ...]


@cache
def _words() -> _Words:
    text = files("copilot").joinpath("similarity.yaml").read_text(encoding="utf-8")
    return _Words.model_validate(yaml.safe_load(text))


@cache
def _stop() -> frozenset[str]:
    return frozenset(_words().stop.split())


@cache
def status_words() -> frozenset[str]:
    """Stems of words that say how something stands ("done", "moved"), which name no item."""
    return frozenset(map(_stem, _words().status.split()))


@cache
def fillers() -> frozenset[str]:
    """Stems of words that go with a status and name no item either ("confirmed", "yesterday")."""
    return frozenset(map(_stem, _words().filler.split()))


@cache
def _kinds() -> Mapping[str, int]:
    return {_stem(word): n for n, line in enumerate(_words().kinds) for word in line.split()}


def word_kind(stem: str) -> int | None:
    """The number of the group of verbs that say the same act ("send", "hand", "deliver"); ``None`` for other words."""
    return _kinds().get(stem)


def _stem(word: str) -> str:
    word = _words().irregular.get(word, word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=8192)
def stems(text: str) -> tuple[str, ...]:
    """Every word's stem in order, placeholders, tickets and numbers as they are."""
    found = (match.group(0) for match in _TOKEN.finditer(text))
    words = (each if each.startswith("<") or each[0].isdigit() or "-" in each else each.lower() for each in found)
    return tuple(_stem(word) if word.isalpha() else word for word in words)


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Stems of the content words, placeholders and numbers of a text."""
    found = (match.group(0) for match in _TOKEN.finditer(text))
    words = (each if each.startswith("<") or each[0].isdigit() or "-" in each else each.lower() for each in found)
    return frozenset(_stem(word) if word.isalpha() else word for word in words if word not in _stop())


def numbers(words: Collection[str]) -> frozenset[str]:
    """The numbers among content words."""
    return frozenset(word for word in words if word[0].isdigit())


def likeness(one: str, other: str) -> float:
    """Shared content over the smaller one's content, 0 to 1; 0 where both give numbers and these differ."""
    a, b = content(one), content(other)
    if not a or not b:
        return 0.0
    if numbers(a) and numbers(b) and not numbers(a) & numbers(b):
        return 0.0
    return len(a & b) / min(len(a), len(b))


def same_action(one: str, other: str, *, ticket: bool = False) -> bool:
    """Whether two promises of one owner say the same thing again.

    Two shared content words that make up at least 60 % of the longer wording's, and no word on *both* sides that the
    other lacks: "review the fraud model card" and "review the churn model card" are two promises, and one of them must
    not be lost in the other. Under one ``ticket`` such words are a rewording.
    """
    a, b = content(one), content(other)
    shared = a & b
    if numbers(a) != numbers(b) or len(shared) < 2:
        return False
    only_a, only_b = (_left_over(each, beside) for each, beside in ((a, b), (b, a)))
    if only_a and only_b and not ticket:
        return False
    return len(shared) / max(len(a), len(b)) >= 0.6


def _left_over(words: frozenset[str], beside: frozenset[str]) -> bool:
    return any(not named_in(word, beside) for word in words - fillers() - status_words())


def named_in(word: str, words: Collection[str]) -> bool:
    """Whether a stem stands among others; a shortened word ("intro") stands for the whole one."""
    return word in words or any(_same_word(word, each) for each in words)


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and short.isalpha() and long.startswith(short)
