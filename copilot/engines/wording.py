"""What the boxes of a draft ask of an engine, and where the answer comes from.

A small model is asked one narrow thing at a time. A strong one is asked once for the whole session, before the boxes
are filled, and answers from that; it is never asked again for the same draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from copilot.engines.protocol import Engine, SessionTask, SessionWording
from guards.text import RedactedText


class Wording(Protocol):
    """Chooses and words for the boxes; ``None`` everywhere means that the rules stand."""

    @property
    def name(self) -> str:
        """The engine's name, said on what it chose or worded."""
        ...

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The index of the candidate that fits best."""
        ...

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The action as an imperative of the same facts."""
        ...

    def questions(self) -> tuple[RedactedText, ...]:
        """Questions on the decision at hand, in the model's own words."""
        ...


class Narrow:
    """One question at a time: ``rules`` and the local model."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """The engine's."""
        return self._engine.name

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The engine's choice."""
        return self._engine.choose(question, candidates)

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The engine's wording."""
        return self._engine.imperative(action)

    def questions(self) -> tuple[RedactedText, ...]:
        """None: a small model's questions were right one time in ten."""
        return ()


class Prepared:
    """The answers of one completion about one session."""

    def __init__(self, name: str, task: SessionTask, said: SessionWording) -> None:
        self._name = name
        self._task = task
        self._said = said

    @property
    def name(self) -> str:
        """The engine's."""
        return self._name

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The tool chosen, where the tools of the task are what is offered."""
        del question
        return self._said.tool if tuple(candidates) == self._task.tools else None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The imperative of exactly this action."""
        return self._said.actions.get(action)

    def questions(self) -> tuple[RedactedText, ...]:
        """The questions worded."""
        return self._said.questions
