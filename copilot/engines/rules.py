"""The engine that is always there: deterministic, instant, and silent where it is not sure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from copilot.engines.answers import capitalised, facts
from copilot.engines.protocol import Found, SessionTask, SessionWording, Told, Usage
from guards.text import RedactedText

_WORD: Final = re.compile(r"<[A-Z_]+_\d+>|[a-z][a-z0-9'’-]+|\d+", re.IGNORECASE)
_STOP: Final = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "more",
        "most",
        "no",
        "not",
        "now",
        "of",
        "on",
        "one",
        "or",
        "our",
        "out",
        "over",
        "same",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
_CLEAREST: Final = 1.15
"""A winner must score this much more than the runner-up, or the engine abstains."""
_LEAST: Final = 0.12
"""And cover at least this share of the question's weight."""
_PROMISE: Final = re.compile(
    r"^\s*(?:[-*•]\s*)?(?:<PERSON_\d+>\s*:\s*)?(?:(?:ok|okay|yes|sure|right|so|and|then)[,.]?\s+)*"
    r"(?:(?:<PERSON_\d+>|I|we)\s*(?:['’]ll|['’]m going to|\s+will|\s+shall|\s+is going to|\s+are going to"
    r"|\s+am going to|\s+(?:agreed|agrees|promised|promises|plans|intends|committed|needs?|have|has) to|\s+to)"
    r"|let me|action:|todo:)\s+(?:(?:try|aim) (?:to|and)\s+|also\s+|then\s+)*",
    re.IGNORECASE,
)


class RulesEngine:
    """Chooses by weighted word overlap and rewords by stripping what makes a promise of an action."""

    @property
    def name(self) -> str:
        """``rules``."""
        return "rules"

    @property
    def model(self) -> str:
        """The version of these rules."""
        return "rules-1"

    @property
    def words_freely(self) -> bool:
        """Never."""
        return False

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        """None: the extraction rules ran before, and what they left they were not sure of."""
        del lines
        return ()

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The clear winner by shared words, rare ones counting more; ``None`` when there is none.

        The weight of a word is its inverse document frequency among the candidates, ``log(1 + n / df)``; a
        candidate's score is the weight it shares with the question over the square root of its length.
        """
        bags = [_stems(candidate) for candidate in candidates]
        spread = Counter(word for bag in bags for word in bag)
        asked = _stems(question)
        weight = {word: math.log(1 + len(bags) / spread[word]) for word in asked if spread[word]}
        if not weight:
            return None
        scores = [sum(weight.get(word, 0.0) for word in bag) / math.sqrt(len(bag) or 1) for bag in bags]
        order = sorted(range(len(scores)), key=lambda index: (-scores[index], index))
        best = order[0]
        share = sum(weight.get(word, 0.0) for word in bags[best]) / (len(asked) * math.log(1 + len(bags)))
        runner_up = scores[order[1]] if len(order) > 1 else 0.0
        return best if share >= _LEAST and scores[best] > runner_up * _CLEAREST else None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The action without "<PERSON_1> will", "I'll try to" and the like; ``None`` when there is no such start."""
        start = _PROMISE.match(action)
        rest = action[start.end() :].trimmed(" .") if start else action[:0]
        if not rest or not rest[0].isalpha():
            return None
        lost = facts(action) - facts(rest)
        kept_people = all(fact.startswith("<PERSON_") for fact in lost)  # the owner is a field of its own
        return capitalised(rest) if kept_people else None

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        """None: rules word nothing."""
        del task, told

    def usage(self) -> Usage:
        """Nothing."""
        return Usage()


def _stems(text: str) -> frozenset[str]:
    """Words without stop words, cut to what inflection leaves alone."""
    words = (match.group(0).casefold() for match in _WORD.finditer(text))
    return frozenset(_stem(word) for word in words if word not in _STOP)


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
