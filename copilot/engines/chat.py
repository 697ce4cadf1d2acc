"""An engine over a chat model, local or at an endpoint. It asks; ``answers.py`` decides what survives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pydantic import BaseModel

from copilot.engines.answers import (
    ChoiceAnswer,
    FoundAnswer,
    ImperativeAnswer,
    QuestionAnswer,
    checked_found,
    rebuilt,
    worded,
)
from copilot.engines.gateway import ChatGateway
from copilot.engines.protocol import Found, Usage
from copilot.errors import ModelAnswerInvalid
from guards.text import RedactedText, composed, joined
from prompts.model import load_prompt
from prompts.rendering import render

T = TypeVar("T", bound=BaseModel)


class ChatEngine:
    """Serves the tasks by asking a model; an answer outside its schema is an abstention, not an error."""

    def __init__(self, gateway: ChatGateway, *, name: str, model: str, words_freely: bool) -> None:
        self._gateway = gateway
        self._name = name
        self._model = model
        self._words_freely = words_freely

    @property
    def name(self) -> str:
        """``local`` or ``endpoint``."""
        return self._name

    @property
    def model(self) -> str:
        """For provenance."""
        return self._model

    @property
    def words_freely(self) -> bool:
        """Whether to trust it with a question's wording."""
        return self._words_freely

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        """Promises in a window, each field literal in its line."""
        if not lines:
            return ()
        # Numbered from 1 in the prompt: small models copy small numbers more reliably than line 4127.
        offered = {number: text for number, (_, text) in enumerate(lines, 1)}
        numbered = joined("\n", [composed("{n}: {text}", n=n, text=_one_line(text)) for n, text in offered.items()])
        answer = self._ask("find_commitments", FoundAnswer, lines=numbered)
        found = [checked_found(item, offered) for item in answer.found] if answer else []
        origin = {number: line for number, (line, _) in enumerate(lines, 1)}
        kept = {(each.line, each.action): each for each in found if each is not None}
        return tuple(Found(origin[each.line], each.owner, each.action, each.due, each.ticket) for each in kept.values())

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The index chosen, if it was offered."""
        if not candidates:
            return None
        numbered = joined("\n", [composed("{n}: {text}", n=n, text=_one_line(c)) for n, c in enumerate(candidates, 1)])
        answer = self._ask("choose", ChoiceAnswer, question=question, candidates=numbered)
        return answer.choice - 1 if answer and 1 <= answer.choice <= len(candidates) else None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The action as an imperative out of its own words, or ``None``."""
        answer = self._ask("imperative", ImperativeAnswer, action=action)
        return rebuilt(answer.action, action) if answer else None

    def word_question(self, decision: RedactedText, evidence: Sequence[RedactedText]) -> RedactedText | None:
        """A clarifying question, on a model strong enough to word one."""
        if not self._words_freely:
            return None
        answer = self._ask("question", QuestionAnswer, decision=decision, evidence=joined("\n", evidence))
        return worded(answer.question, sources=[decision, *evidence]) if answer else None

    def usage(self) -> Usage:
        """What was spent since this engine was made."""
        return self._gateway.usage

    def _ask(self, prompt: str, schema: type[T], **values: RedactedText) -> T | None:
        try:
            return self._gateway.ask(render(load_prompt(prompt), **values), schema)
        except ModelAnswerInvalid:
            return None


def _one_line(text: RedactedText) -> RedactedText:
    return joined(" ", text.lines())
