"""The narrow, schema-bound tasks an engine serves. Code owns everything else.

An engine reads, chooses and words; it never decides structure, timing, status, arithmetic or identifiers. Every
argument is redacted text, and every answer is checked by the caller against what was offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from guards.text import RedactedText


@dataclass(frozen=True, slots=True)
class Found:
    """One commitment a model reads out of a window: the placeholder or words for the owner, as the text has them.

    ``line`` is the offered line number it stands on. Fields are the text's own words or ``None``; the caller
    verifies each one literally against that line and drops what is not there.
    """

    line: int
    owner: str | None
    action: str
    due: str | None
    ticket: str | None


@dataclass(frozen=True, slots=True)
class Usage:
    """What tasks took; ``cost`` is in the currency of the prices given, 0 where there are none.

    ``unanswered`` counts tasks that the model was to serve and did not: unreachable, refused by the door, or answers
    that stayed invalid. The rules stand there instead.
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    cost: float = 0.0
    unanswered: int = 0

    def __add__(self, more: Usage) -> Usage:
        """Both together."""
        return self._each(more, 1)

    def __sub__(self, before: Usage) -> Usage:
        """What came since ``before``."""
        return self._each(before, -1)

    def _each(self, other: Usage, sign: int) -> Usage:
        return Usage(
            self.calls + sign * other.calls,
            self.prompt_tokens + sign * other.prompt_tokens,
            self.completion_tokens + sign * other.completion_tokens,
            self.seconds + sign * other.seconds,
            self.cost + sign * other.cost,
            self.unanswered + sign * other.unanswered,
        )


class Engine(Protocol):
    """Serves the tasks, or answers ``None`` where it abstains."""

    @property
    def name(self) -> str:
        """``rules``, ``local`` or ``endpoint``."""
        ...

    @property
    def model(self) -> str:
        """The model's name and digest or version, for provenance; ``rules`` gives the rule set's version."""
        ...

    @property
    def words_freely(self) -> bool:
        """Whether the model is strong enough to word a question or a summary; a small local one is not."""
        ...

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        """Read commitments out of numbered lines; ``rules`` finds none here (its rules run before)."""
        ...

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The index of the candidate that fits best, or ``None`` to abstain."""
        ...

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The action as an imperative of the same facts, or ``None`` to keep the note's own words."""
        ...

    def word_question(self, decision: RedactedText, evidence: Sequence[RedactedText]) -> RedactedText | None:
        """A clarifying question on the decision; ``None`` where the engine does not word freely."""
        ...

    def usage(self) -> Usage:
        """What was spent since this engine was made."""
        ...
