"""Every setting and the only place that reads the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from copilot.errors import Usage

EngineName = Literal["auto", "rules", "local", "endpoint"]


class Settings(BaseSettings):
    """Settings, from the environment or by keyword (tests, evals, the server)."""

    model_config = SettingsConfigDict(env_prefix="COACH_", frozen=True, extra="ignore", hide_input_in_errors=True)

    home: Path = Field(default_factory=lambda: user_data_path("mentor-copilot", appauthor=False))
    """``COACH_HOME``: where state lives; made with mode 0700."""
    database_url: str | None = None
    """``COACH_DATABASE_URL``: another system of record than the home's SQLite file."""
    chroma_url: str | None = None
    """``COACH_CHROMA_URL``: a Chroma server instead of the embedded index."""
    engine: EngineName = "auto"
    """``COACH_ENGINE``: ``auto``, ``rules``, ``local`` or ``endpoint``."""
    model_path: Path | None = None
    """``COACH_MODEL_PATH``: a GGUF file to use instead of the pinned one."""
    model_url: str | None = None
    """``COACH_MODEL_URL``: where to fetch the pinned file as one piece (the hash still has to match)."""
    weights: Path | None = None
    """``COACH_WEIGHTS``: folder of unpacked model weights, shared by homes; else one in the user's cache folder."""
    chat_model: str | None = None
    """``COACH_CHAT_MODEL``: the model to ask for at an endpoint."""
    price_prompt: float = Field(default=0.0, ge=0)
    """``COACH_PRICE_PROMPT``: what the endpoint bills for a million prompt tokens."""
    price_completion: float = Field(default=0.0, ge=0)
    """``COACH_PRICE_COMPLETION``: what it bills for a million tokens of answers."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """``OPENAI_API_KEY``: key of the endpoint."""
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """``OPENAI_BASE_URL``: any OpenAI-compatible endpoint."""

    def without_endpoint(self) -> Settings:
        """The same for a pair that allows no model outside this machine: the local model, else the rules."""
        engine = "auto" if self.engine == "endpoint" else self.engine
        return self.model_copy(update={"engine": engine, "openai_api_key": None, "openai_base_url": None})


def read_settings(**changes: object) -> Settings:
    """Settings from the environment, with ``changes`` on top.

    Raises:
        Usage: a variable holds something it cannot; the value itself is not shown.
    """
    try:
        return Settings(**changes)  # pyright: ignore[reportArgumentType]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise Usage(f"setting {name}: {first['msg']}; see docs/settings.md") from None


def child_environment(**changes: str) -> dict[str, str]:
    """The environment for a child process, with ``changes`` on top and without the endpoint's key."""
    kept = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    return kept | changes


def forget_tracing() -> None:
    """Remove the variables with which LangChain would send prompts to a tracing service or its gateway."""
    for name in list(os.environ):
        if name.startswith(("LANGCHAIN_", "LANGSMITH_")):
            del os.environ[name]
