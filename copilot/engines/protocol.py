"""The narrow, schema-bound tasks an engine serves. Code owns everything else.

An engine reads, chooses and words; it never decides structure, timing, status, arithmetic or identifiers. Every
argument is redacted text, and every answer is checked by the caller against what was offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
    that stayed invalid. The rules stand there instead. Among them ``unreachable`` counts those for which no model was
    there, ``over_budget`` those that were not asked because the draft may take no more. ``cached_tokens`` are those of
    the prompt that the server had in its cache.
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    cost: float = 0.0
    unanswered: int = 0
    over_budget: int = 0
    cached_tokens: int = 0
    unreachable: int = 0

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
            self.over_budget + sign * other.over_budget,
            self.cached_tokens + sign * other.cached_tokens,
            self.unreachable + sign * other.unreachable,
        )


@dataclass(frozen=True, slots=True)
class SessionTask:
    """What a strong model words for one session in one completion. All of it is redacted.

    ``lines`` are evidence, oldest first; ``actions`` are promises to put as imperatives; ``tools`` are the coaching
    tools that fit, one of which may be chosen.
    """

    lines: tuple[RedactedText, ...] = ()
    actions: tuple[RedactedText, ...] = ()
    tools: tuple[RedactedText, ...] = ()
    decision: RedactedText | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a summary and the ``lines`` of the task it rests on, counted from 0."""

    text: RedactedText
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SessionWording:
    """What survived the checks of the answer; ``actions`` go from a promise's own words to the imperative."""

    summary: tuple[Said, ...] = ()
    questions: tuple[RedactedText, ...] = ()
    actions: Mapping[str, RedactedText] = field(default_factory=dict[str, RedactedText])
    tool: int | None = None
    dropped: tuple[tuple[RedactedText, str], ...] = ()
    """What the model said and no check let through, with the reason."""


Told = Callable[[str, RedactedText], None]
"""Told each item of a streamed answer once it is whole and has passed its checks: its kind and its text."""


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

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        """Summary, questions and imperatives of one session; ``None`` where the engine does not word freely."""
        ...

    def usage(self) -> Usage:
        """What was spent since this engine was made."""
        ...
