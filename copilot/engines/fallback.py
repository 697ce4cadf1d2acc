"""An engine that abstains where the model cannot serve, so that rules stand and the work goes on.

A refusal by the egress door, an endpoint that is down and an answer that stays invalid all end in ``None`` or
nothing found, are counted by kind, and are said on the draft. After ``_GIVE_UP`` failures in a row of a model that
cannot be reached, it is not asked again in this run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from copilot.engines.protocol import Engine, Found, SessionTask, SessionWording, Told, Usage
from copilot.errors import ModelAnswerInvalid, ModelUnavailable, OverBudget
from guards.errors import EgressRefused
from guards.text import RedactedText

_GIVE_UP: Final = 2
T = TypeVar("T")


class FallbackEngine:
    """Wraps a model's engine; ``failures`` counts what went wrong, by the error's name."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._unreachable = 0
        self._missed = 0
        self._unanswered = 0
        self.failures: Counter[str] = Counter()

    @property
    def name(self) -> str:
        """The wrapped engine's."""
        return self._engine.name

    @property
    def model(self) -> str:
        """The wrapped engine's."""
        return self._engine.model

    @property
    def words_freely(self) -> bool:
        """The wrapped engine's."""
        return self._engine.words_freely

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        """What the model reads, or nothing."""
        return self._or(lambda: self._engine.find_commitments(lines), ())

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The model's choice, or ``None``."""
        return self._or(lambda: self._engine.choose(question, candidates), None)

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The model's wording, or ``None``."""
        return self._or(lambda: self._engine.imperative(action), None)

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        """The model's wording of a session, or ``None``."""
        return self._or(lambda: self._engine.word_session(task, told=told), None)

    def usage(self) -> Usage:
        """The wrapped engine's, and how many tasks went unanswered."""
        over = self.failures[OverBudget.__name__]
        return self._engine.usage() + Usage(unanswered=self._unanswered, over_budget=over, unreachable=self._missed)

    def _or(self, ask: Callable[[], T], instead: T) -> T:
        if self._unreachable >= _GIVE_UP:
            self._missed += 1
            self._unanswered += 1
            return instead
        try:
            answer = ask()
        except ModelUnavailable as error:
            self._unreachable += 1
            self._missed += 1
            self._unanswered += 1
            self.failures[type(error).__name__] += 1
            return instead
        except (ModelAnswerInvalid, EgressRefused, OverBudget) as error:
            self._unanswered += 1
            self.failures[type(error).__name__] += 1
            return instead
        self._unreachable = 0
        return answer
