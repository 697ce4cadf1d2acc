"""Which engine serves: endpoint if a key or base URL is set, else the local model if installed, else rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

from copilot.engines.protocol import Engine, Found, SessionTask, SessionWording, Told, Usage
from copilot.engines.rules import RulesEngine
from copilot.errors import ModelUnavailable
from copilot.errors import Usage as WrongUse
from copilot.settings import Settings
from guards.offline import is_loopback
from guards.text import RedactedText

_OPENAI = "https://api.openai.com/v1"


class Door(Protocol):
    """The egress door, as engines need it: an HTTP client whose every request is scanned for a pair's names."""

    def client(self, *, pair: str) -> object:
        """An ``httpx2.Client``; engines hand it on and never look inside."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine that would serve, and why; for ``coach doctor``."""

    name: Literal["rules", "local", "endpoint"]
    why: str


def chosen(settings: Settings, *, local_model: Path | None) -> Choice:
    """Decide without loading anything."""
    if settings.engine != "auto":
        return Choice(settings.engine, "asked for by setting or option")
    if settings.openai_api_key is not None or settings.openai_base_url is not None:
        return Choice("endpoint", "OPENAI_API_KEY or OPENAI_BASE_URL is set")
    if local_model is not None and find_spec("xllamacpp") is not None:
        return Choice("local", "the local model is installed")
    return Choice("rules", "no endpoint is set and no local model is installed")


def build_engine(settings: Settings, *, door: Door, pair: str, weights: Path | None) -> Engine:
    """The engine for a pair.

    Args:
        settings: which engine, endpoint and model.
        door: makes the HTTP client through which every call goes.
        pair: whose names the door looks for.
        weights: the local model's file (``copilot.weights.local_model(settings)``), ``None`` if not installed.

    Raises:
        Usage: an endpoint is set without a model to ask for, or is on another machine when offline.
        ModelUnavailable: ``local`` was asked for and is not installed.
    """
    choice = chosen(settings, local_model=weights)
    if choice.name == "endpoint":
        return _endpoint(settings, door=door, pair=pair)
    if choice.name == "local":
        if weights is None:
            raise ModelUnavailable(
                "the local model is not installed; run coach model install qwen, or use --engine rules"
            )
        return LocalEngine(weights, door=door, pair=pair)
    return RulesEngine()


def _endpoint(settings: Settings, *, door: Door, pair: str) -> Engine:
    if settings.chat_model is None:
        raise WrongUse(
            "an endpoint is set but no model: set COACH_CHAT_MODEL to the model's name, or use --engine rules"
        )
    at = settings.openai_base_url or _OPENAI
    if settings.offline and not _here(at):
        raise WrongUse(
            "the endpoint is on another machine and --offline or COACH_OFFLINE is set: use --engine rules or local,"
            " or an endpoint on this machine"
        )
    from copilot.engines.chat import ChatEngine  # noqa: PLC0415 - LangChain takes a second to load
    from copilot.engines.gateway import Budget, ChatGateway, Prices  # noqa: PLC0415

    gateway = ChatGateway(
        model=settings.chat_model,
        base_url=at,
        api_key=settings.openai_api_key or SecretStr("none"),
        client=door.client(pair=pair),
        prices=Prices(settings.price_prompt, settings.price_completion),
    )
    budget = Budget(settings.draft_tokens, settings.draft_cost)
    return ChatEngine(gateway, name="endpoint", model=settings.chat_model, words_freely=True, budget=budget)


def _here(url: str) -> bool:
    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False


class LocalEngine:
    """The local model; its server starts with the first task, so a run that asks nothing pays nothing."""

    def __init__(self, model: Path, *, door: Door, pair: str) -> None:
        self._model = model
        self._door = door
        self._pair = pair
        self._engine: Engine | None = None

    @property
    def name(self) -> str:
        """``local``."""
        return "local"

    @property
    def model(self) -> str:
        """File name and size, which tell pinned weights from one's own."""
        return f"{self._model.stem}-{self._model.stat().st_size}"

    @property
    def words_freely(self) -> bool:
        """No: its questions were right one time in ten."""
        return False

    def find_commitments(self, lines: Sequence[tuple[int, RedactedText]]) -> tuple[Found, ...]:
        """Promises in a window."""
        return self._started().find_commitments(lines)

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        """The index chosen, if it was offered."""
        return self._started().choose(question, candidates)

    def imperative(self, action: RedactedText) -> RedactedText | None:
        """The action as an imperative, or ``None``."""
        return self._started().imperative(action)

    def word_session(self, task: SessionTask, *, told: Told | None = None) -> SessionWording | None:
        """None: it does not word freely."""
        del task, told

    def usage(self) -> Usage:
        """What was spent since this engine was made."""
        return self._engine.usage() if self._engine else Usage()

    def _started(self) -> Engine:
        if self._engine is None:
            from copilot.engines.chat import ChatEngine  # noqa: PLC0415 - LangChain takes a second to load
            from copilot.engines.gateway import ChatGateway  # noqa: PLC0415
            from copilot.engines.local import LocalServer  # noqa: PLC0415

            at = LocalServer(self._model).start()
            gateway = ChatGateway(
                model="local", base_url=at.base_url, api_key=at.key, client=self._door.client(pair=self._pair)
            )
            self._engine = ChatEngine(gateway, name="local", model=self.model, words_freely=False)
        return self._engine
