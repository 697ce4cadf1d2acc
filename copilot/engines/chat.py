"""An engine over a chat model, local or at an endpoint. It asks; ``answers.py`` decides what survives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from pydantic import BaseModel

from copilot.engines.answers import (
    ChoiceAnswer,
    FoundAnswer,
    ImperativeAnswer,
    checked_found,
    rebuilt,
)
from copilot.engines.gateway import Ask, Budget, ChatGateway
from copilot.engines.protocol import Found, SessionTask, SessionWording, Told, Usage
from copilot.engines.session_answers import Reading, SessionAnswer
from copilot.errors import ModelAnswerInvalid
from guards.text import RedactedText, composed, house, joined
from prompts.model import load_prompt
from prompts.rendering import render

T = TypeVar("T", bound=BaseModel)
_SESSION_TOKENS: Final = 900
"""Three sentences, two questions, eight imperatives and their frame, twice over."""


class ChatEngine:
    """Serves the tasks by asking a model; an answer outside its schema is an abstention, not an error."""

    def __init__(
        self, gateway: ChatGateway, *, name: str, model: str, words_freely: bool, budget: Budget | None = None
    ) -> None:
        self._gateway = gateway
        self._name = name
        self._model = model
        self._words_freely = words_freely
        self._budget = budget or Budget()

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
        answer = self._ask("choose", ChoiceAnswer, question=question, candidates=_numbered(candidates))
        return answer.choice - 1 if answer and 1 <= answer.choice <= len(candidates) else None

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The action as an imperative out of its own words, or ``None``."""
        answer = self._ask("imperative", ImperativeAnswer, action=action)
        return rebuilt(answer.action, action) if answer else None

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        """One completion for the whole session, streamed, on a model strong enough to word freely.

        Raises:
            OverBudget: it would take more than a draft may; nothing was sent.
        """
        if not self._words_freely:
            return None
        # What changes least from session to session comes first, so that a server's prefix cache serves most of it.
        prompt = render(
            load_prompt("session"), tools=_numbered(task.tools), lines=_numbered(task.lines),
            actions=_numbered(task.actions), decision=task.decision or house("(none is noted)"),
        )  # fmt: skip
        reading = Reading(task, told)

        def came(text: str) -> None:
            reading.partial(text) if text else reading.restart()

        try:
            how = Ask(_SESSION_TOKENS, self._budget, came)
            answer = self._gateway.ask(prompt, SessionAnswer, how=how)
        except ModelAnswerInvalid:
            return None
        reading.restart()
        return reading.whole(answer)

    def usage(self) -> Usage:
        """What was spent since this engine was made."""
        return self._gateway.usage

    def _ask(self, prompt: str, schema: type[T], **values: RedactedText) -> T | None:
        try:
            return self._gateway.ask(render(load_prompt(prompt), **values), schema)
        except ModelAnswerInvalid:
            return None


def _numbered(texts: Sequence[RedactedText]) -> RedactedText:
    if not texts:
        return house("(none)")
    return joined("\n", [composed("{n}: {text}", n=n, text=_one_line(text)) for n, text in enumerate(texts, 1)])


def _one_line(text: RedactedText) -> RedactedText:
    return joined(" ", text.lines())
