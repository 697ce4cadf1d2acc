"""Whether two wordings name the same action: stems of content words, with numbers that must agree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_STOP: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "to",
        "of",
        "in",
        "on",
        "for",
        "and",
        "or",
        "with",
        "by",
        "at",
        "from",
        "is",
        "are",
        "be",
        "was",
        "were",
        "been",
        "has",
        "have",
        "had",
        "will",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "as",
        "up",
        "out",
        "their",
        "his",
        "her",
        "our",
        "your",
        "my",
        "we",
        "i",
        "he",
        "she",
        "they",
        "you",
        "do",
        "done",
        "did",
        "get",
        "got",
        "some",
        "any",
        "all",
        "new",
        "then",
        "also",
        "before",
        "after",
        "next",
        "last",
        "week",
        "today",
        "tomorrow",
        "now",
        "still",
        "so",
        "too",
        "already",
        "just",
        "finished",
        "completed",
        "merged",
        "closed",
        "shipped",
        "delivered",
        "resolved",
        "moved",
        "pushed",
        "slipped",
        "no",
        "longer",
        "needed",
        "dropped",
        "not",
    ]
)
_SUFFIXES: Final = (
    "isation",
    "ization",
    "ations",
    "ation",
    "ements",
    "ement",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "es",
    "ed",
    "er",
    "s",
    "e",
    "y",
)
_TOKEN: Final = re.compile(r"<[A-Z_]+_\d+>|[A-Z][A-Z0-9]+-\d+|\d+(?:[.,]\d+)?|[A-Za-z]{2,}")
_IRREGULAR: Final = {
    "sent": "send", "wrote": "write", "written": "write", "made": "make", "built": "build", "ran": "run", "met": "meet",
    "gave": "give",
    "took": "take", "taken": "take", "drew": "draw", "held": "hold", "chose": "choose",
    "brought": "bring",
}  # fmt: skip


def _stem(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Stems of the content words, placeholders and numbers of a text."""
    found = (match.group(0) for match in _TOKEN.finditer(text))
    words = (each if each.startswith("<") or each[0].isdigit() or "-" in each else each.lower() for each in found)
    return frozenset(_stem(word) if word.isalpha() else word for word in words if word not in _STOP)


def numbers(words: frozenset[str]) -> frozenset[str]:
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


def same_action(one: str, other: str) -> bool:
    """Whether two promises of one owner say the same thing again.

    Two shared content words that make up at least 60 % of the longer wording's; identical wording of one word counts
    only when it has more than one content word ("merge" names nothing).
    """
    a, b = content(one), content(other)
    shared = a & b
    if numbers(a) != numbers(b):
        return False
    return len(shared) >= 2 and len(shared) / max(len(a), len(b)) >= 0.6
