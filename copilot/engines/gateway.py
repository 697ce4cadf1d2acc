"""The only module that talks to a chat model: one schema-bound question, one checked answer.

Bytes leave through the client it is handed, which the egress door makes, so the exact request is scanned there.
Refuses to trace, to log a body, to retry what cannot succeed, and to wait past its deadline.
"""

from __future__ import annotations

import time
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
from copilot.errors import ModelAnswerInvalid, ModelUnavailable
from copilot.settings import forget_tracing
from guards.errors import GuardError
from prompts.rendering import Rendered

T = TypeVar("T", bound=BaseModel)

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

    def ask(self, prompt: Rendered, schema: type[T]) -> T:
        """The model's answer in ``schema``; after an answer that breaks it, one repair turn.

        Raises:
            ModelUnavailable: the model could not be reached, refused, or took too long.
            ModelAnswerInvalid: both answers broke the schema.
            EgressRefused: the door found a personal form in the request; nothing was sent.
        """
        messages: list[BaseMessage] = [SystemMessage(prompt.system), HumanMessage(prompt.user)]
        started = time.monotonic()
        try:
            for _turn in range(2):
                answer = self._call(messages, schema, until=started + self._limits.deadline_seconds)
                parsed = _parsed(answer, schema)
                if parsed is not None:
                    return parsed
                messages = [*messages[:2], AIMessage(answer[:_LONGEST_ANSWER]), HumanMessage(_REPAIR)]
        finally:
            self._spent(seconds=time.monotonic() - started)
        raise ModelAnswerInvalid(
            f"prompt {prompt.prompt.id}: the model answered outside its schema twice; item left out"
        )

    def _call(self, messages: list[BaseMessage], schema: type[BaseModel], *, until: float) -> str:
        limits, left = self._limits, until - time.monotonic()
        if left <= 0:
            raise ModelUnavailable(_TOO_SLOW)
        retrying = Retrying(
            stop=stop_after_attempt(limits.attempts) | stop_before_delay(left),
            wait=wait_random_exponential(multiplier=min(0.5, limits.longest_wait), max=limits.longest_wait),
            retry=retry_if_exception(_may_pass),
        )
        try:
            return retrying(self._once, messages, schema, until)
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

    def _once(self, messages: list[BaseMessage], schema: type[BaseModel], until: float) -> str:
        self._spent(calls=1)
        seconds = min(self._limits.call_seconds, max(until - time.monotonic(), 0.001))
        shape = {"name": schema.__name__, "schema": schema.model_json_schema(), "strict": True}
        try:
            with tracing_context(enabled=False):
                answer: Any = self._chat.invoke(
                    messages,
                    response_format={"type": "json_schema", "json_schema": shape},
                    timeout=seconds,
                    config={"callbacks": []},
                )
        except (TypeError, AttributeError, LookupError, ValueError):
            return ""  # LangChain stumbles over a body that is no chat completion; the repair turn asks again
        counted: dict[str, int] = answer.usage_metadata or {}
        self._spent(prompt=counted.get("input_tokens", 0), completion=counted.get("output_tokens", 0))
        return answer.content if isinstance(answer.content, str) else ""

    def _spent(self, *, calls: int = 0, prompt: int = 0, completion: int = 0, seconds: float = 0.0) -> None:
        cost = (prompt * self._prices.prompt + completion * self._prices.completion) / 1e6
        self._usage = self._usage + Usage(calls, prompt, completion, seconds, cost)


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
