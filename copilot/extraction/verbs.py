"""Whether words open a task: a base verb of the lexicon, or a word that takes an object as a verb does."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

_OBJECT: Final = re.compile(
    r"(?:\s+(?:the|a|an|our|your|his|her|their|my|all|any|both|up|out|with|to|for|this|that|these|those|\d+"
    r"|<[A-Z_]+_\d+>))\b"
)
_ALSO_NO_VERBS: Final = frozenset(
    "free clean open complete clear present back lead close empty".split()  # noqa: SIM905
)
"""Verbs that are adjectives as well: they open a task only before an object."""
_NOT_VERBS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "it",
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "good",
        "bad",
        "great",
        "nice",
        "more",
        "less",
        "no",
        "not",
        "yes",
        "some",
        "any",
        "many",
        "very",
        "thanks",
        "thank",
        "please",
        "maybe",
        "still",
        "also",
        "and",
        "but",
        "or",
        "so",
        "if",
        "when",
        "while",
        "with",
        "without",
        "for",
        "from",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "as",
        "is",
        "was",
        "are",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
        "might",
        "may",
        "must",
        "there",
        "here",
        "then",
        "now",
        "today",
        "tomorrow",
        "yesterday",
        "our",
        "his",
        "her",
        "their",
        "my",
        "your",
        "its",
        "what",
        "who",
        "why",
        "how",
        "where",
        "which",
        "lots",
        "bit",
        "went",
        "felt",
        "seemed",
        "looked",
        "feeling",
        "done",
        "all",
        "both",
        "everyone",
        "nothing",
        "something",
        "none",
        "only",
        "just",
        "too",
        "well",
        "ok",
        "okay",
        "new",
        "old",
        "big",
        "small",
        "first",
        "last",
        "next",
    ]
)


class _Lexicon(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    task_verbs: str


@cache
def task_verbs() -> frozenset[str]:
    """The lexicon of base verbs, read once."""
    text = files("copilot.extraction").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    return frozenset(_Lexicon.model_validate(yaml.safe_load(text)).task_verbs.split())


@cache
def third_person() -> frozenset[str]:
    """The lexicon's verbs with the ending of "he" and "she"."""
    return frozenset(_inflected(verb) for verb in task_verbs())


def _inflected(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"


def opens_task(words: str) -> bool:
    """Whether the words read as an imperative ("label 200 claims"), not as a remark ("good progress")."""
    first = re.match(r"[A-Za-z][\w-]*", words)
    if first is None:
        return False
    word = first.group(0).lower()
    if word in _ALSO_NO_VERBS:
        return (
            re.match(
                r"\s+(?!(?:on|at|from|until|till|after|for|with|in|to|is|was|this|next|tomorrow|and|by"
                r"|of)\b)\w",
                words[first.end() :],
            )
            is not None
        )
    if word in task_verbs():
        return True
    if word in _NOT_VERBS or len(word) < 3 or word.endswith(("ed", "ing", "s")) or first.group(0).isupper():
        return False
    return _OBJECT.match(words[first.end() :]) is not None
