"""The only module that talks to a chat model: one schema-bound question, one checked answer.

Bytes leave through the client it is handed, which the egress door makes, so the exact request is scanned there.
Refuses to trace, to log a body, to retry what cannot succeed, and to wait past its deadline.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import openai
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langsmith.run_helpers import tracing_context  # pyright: ignore[reportUnknownVariableType]
from pydantic import BaseModel, SecretStr, ValidationError
from tenacity import (
    RetryError,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from copilot.engines.protocol import Usage
from copilot.errors import ModelAnswerInvalid, ModelUnavailable, OverBudget
from copilot.settings import forget_tracing
from guards.errors import GuardError
from prompts.rendering import Rendered

T = TypeVar("T", bound=BaseModel)
OnText = Callable[[str], None]
"""Told the answer so far each time a piece of it has come; told the empty text when it starts anew."""

_LONGEST_ANSWER: Final = 20_000
_TOO_SLOW: Final = "the model did not answer in time; try again, or use --engine rules"
_REPAIR: Final = "That answer did not fit the JSON schema. Answer again with JSON only, in exactly that schema."


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often. One ``ask`` makes at most ``2 * attempts`` calls: a question and one repair turn.

    ``deadline_seconds`` bounds the whole ``ask``, waits and repair turn included; what is left of it bounds each call.
    """

    attempts: int = 3
    call_seconds: float = 60.0
    deadline_seconds: float = 120.0
    longest_wait: float = 8.0
    answer_tokens: int = 400


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in whatever currency the endpoint bills; zero where unknown or local."""

    prompt: float = 0.0
    completion: float = 0.0


@dataclass(frozen=True, slots=True)
class Budget:
    """What one draft may take: tokens of questions and answers together, and their cost; 0 is no bound on the cost."""

    tokens: int = 20_000
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Ask:
    """How to ask beyond the limits: how long an answer may be, what it may take, and who is told while it comes."""

    answer_tokens: int | None = None
    budget: Budget | None = None
    on_text: OnText | None = None


class ChatGateway:
    """Asks one model at one base URL."""

    def __init__(  # noqa: PLR0913 - one composition point, all by keyword
        self,
        *,
        model: str,
        base_url: str,
        api_key: SecretStr,
        client: object,
        limits: Limits | None = None,
        prices: Prices | None = None,
    ) -> None:
        forget_tracing()
        self._limits = limits or Limits()
        self._prices = prices or Prices()
        self._usage = Usage()
        # Base URL and key are always given: LangChain would otherwise take them, or a tracing gateway's, from the
        # environment and send the notes elsewhere.
        self._chat = ChatOpenAI(
            model=model,
            base_url=base_url,
            api_key=api_key,
            http_client=client,
            http_socket_options=(),  # LangChain opens a socket to see which there are, and we set none
            timeout=self._limits.call_seconds,
            max_retries=0,
            temperature=0,
            use_responses_api=False,
            max_tokens=self._limits.answer_tokens,  # pyright: ignore[reportCallIssue] - an alias pyright cannot see
            cache=False,
        )

    @property
    def usage(self) -> Usage:
        """What was spent so far."""
        return self._usage

    def ask(self, prompt: Rendered, schema: type[T], *, how: Ask | None = None) -> T:
        """The model's answer in ``schema``; after an answer that breaks it, one repair turn.

        The answer streams where ``how.on_text`` wants to be told, and is checked at its end like any other.

        Raises:
            ModelUnavailable: the model could not be reached, refused, or took too long.
            ModelAnswerInvalid: both answers broke the schema.
            EgressRefused: the door found a personal form in the request; nothing was sent.
            OverBudget: the next call could take more than ``how.budget`` leaves; it was not made.
        """
        how, before = how or Ask(), self._usage
        messages: list[BaseMessage] = [SystemMessage(prompt.system), HumanMessage(prompt.user)]
        started = time.monotonic()
        try:
            for _turn in range(2):
                self._afford(messages, how, self._usage - before)
                answer = self._call(messages, schema, how, until=started + self._limits.deadline_seconds)
                parsed = _parsed(answer, schema)
                if parsed is not None:
                    return parsed
                messages = [*messages[:2], AIMessage(answer[:_LONGEST_ANSWER]), HumanMessage(_REPAIR)]
        finally:
            self._spent(seconds=time.monotonic() - started)
        raise ModelAnswerInvalid(
            f"prompt {prompt.prompt.id}: the model answered outside its schema twice; item left out"
        )

    def _afford(self, messages: list[BaseMessage], how: Ask, spent: Usage) -> None:
        if how.budget is None:
            return
        asked = sum(_tokens(str(each.content)) for each in messages)
        answer = how.answer_tokens or self._limits.answer_tokens
        tokens = spent.prompt_tokens + spent.completion_tokens + asked + answer
        cost = spent.cost + self._cost(asked, answer)
        if tokens > how.budget.tokens or 0 < how.budget.cost < cost:
            raise OverBudget(
                f"this draft would take about {tokens} tokens and its budget is {how.budget.tokens}: the model was not"
                " asked; raise COACH_DRAFT_TOKENS or COACH_DRAFT_COST, or use --engine rules"
            )

    def _call(self, messages: list[BaseMessage], schema: type[BaseModel], how: Ask, *, until: float) -> str:
        limits, left = self._limits, until - time.monotonic()
        if left <= 0:
            raise ModelUnavailable(_TOO_SLOW)
        retrying = Retrying(
            stop=stop_after_attempt(limits.attempts) | stop_before_delay(left),
            wait=wait_random_exponential(multiplier=min(0.5, limits.longest_wait), max=limits.longest_wait),
            retry=retry_if_exception(_may_pass),
        )
        try:
            return retrying(self._once, messages, schema, how, until)
        except RetryError as error:
            raise ModelUnavailable(_reason(error.last_attempt.exception())) from None
        except (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError):
            return ""  # cut off: as good as an answer outside the schema
        except openai.APIResponseValidationError:
            return ""
        except openai.APIError as error:
            if isinstance(error.__cause__, GuardError):
                raise error.__cause__ from None
            raise ModelUnavailable(_reason(error)) from None

    def _once(self, messages: list[BaseMessage], schema: type[BaseModel], how: Ask, until: float) -> str:
        self._spent(calls=1)
        seconds = min(self._limits.call_seconds, max(until - time.monotonic(), 0.001))
        shape = {"name": schema.__name__, "schema": schema.model_json_schema(), "strict": True}
        options: dict[str, Any] = {"timeout": seconds, "config": {"callbacks": []}}
        form = {"type": "json_schema", "json_schema": shape}
        if how.answer_tokens is not None:
            options["max_tokens"] = how.answer_tokens
        try:
            with tracing_context(enabled=False):
                if how.on_text is not None:
                    answer: Any = self._streamed(messages, form, options, how.on_text)
                else:
                    answer = self._chat.invoke(messages, response_format=form, **options)
        except (TypeError, AttributeError, LookupError, ValueError):
            return ""  # LangChain stumbles over a body that is no chat completion; the repair turn asks again
        counted: dict[str, Any] = answer.usage_metadata or {}
        details: dict[str, int] = counted.get("input_token_details") or {}
        prompt, completion = counted.get("input_tokens", 0), counted.get("output_tokens", 0)
        self._spent(prompt=prompt, completion=completion, cached=details.get("cache_read", 0))
        return answer.content if isinstance(answer.content, str) else ""

    def _streamed(
        self, messages: list[BaseMessage], form: dict[str, Any], options: dict[str, Any], on_text: OnText
    ) -> Any:
        """The whole message, put together from its pieces; each is told as it comes.

        The schema goes by ``extra_body``: with ``response_format`` LangChain streams through a helper that parses the
        end itself and stumbles over servers that leave out a role.
        """
        whole: Any = None
        on_text("")
        extra = {"response_format": form}
        for piece in self._chat.stream(messages, stream_usage=True, extra_body=extra, **options):
            whole = piece if whole is None else whole + piece
            if piece.content and isinstance(whole.content, str) and len(whole.content) <= _LONGEST_ANSWER:
                on_text(whole.content)
        if whole is None:
            raise ValueError("an answer without a piece")
        return whole

    def _spent(
        self, *, calls: int = 0, prompt: int = 0, completion: int = 0, seconds: float = 0.0, cached: int = 0
    ) -> None:
        cost = self._cost(prompt, completion)
        self._usage = self._usage + Usage(calls, prompt, completion, seconds, cost, cached_tokens=cached)

    def _cost(self, prompt: int, completion: int) -> float:
        return (prompt * self._prices.prompt + completion * self._prices.completion) / 1e6


def _tokens(text: str) -> int:
    """An upper estimate: a token of English is some four characters, of other scripts fewer; three bytes count one."""
    return len(text.encode()) // 3 + 8


def _parsed(answer: str, schema: type[T]) -> T | None:
    if len(answer) > _LONGEST_ANSWER:
        return None
    try:
        return schema.model_validate_json(answer)
    except ValidationError:  # holds the rejected input: never let out
        return None


def _may_pass(error: BaseException) -> bool:
    """Whether trying again could help: a time-out, a lost connection, too many requests, or the server's fault."""
    if isinstance(error, openai.APIConnectionError):
        return not isinstance(error.__cause__, GuardError)
    return isinstance(error, openai.APIStatusError) and (
        error.status_code in {408, 409, 429} or error.status_code >= 500
    )


def _reason(error: BaseException | None) -> str:
    """One line without anything the server said: it may echo the request."""
    if isinstance(error, openai.APITimeoutError):
        return _TOO_SLOW
    if isinstance(error, openai.APIStatusError):
        return f"the model's server answered {error.status_code}; {_advice(error.status_code)}"
    return "the model's server cannot be reached; check OPENAI_BASE_URL and the network, or use --engine rules"


def _advice(status: int) -> str:
    if status in {401, 403}:
        return "check OPENAI_API_KEY"
    if status == 404:
        return "check COACH_CHAT_MODEL and OPENAI_BASE_URL"
    return "try again later, or use --engine rules"
