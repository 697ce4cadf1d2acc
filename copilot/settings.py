"""Every setting and the only place that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from copilot.errors import Usage

EngineName = Literal["auto", "rules", "local", "endpoint"]

_OFFLINE: Final = "COACH_OFFLINE"
_OURS_ALONE: Final = frozenset({"OPENAI_API_KEY", "COACH_MASTER_KEY", "COACH_MASTER_KEY_COMMAND"})
"""What no child process needs to know."""
_TELLS_OTHERS: Final = (
    *("LANGCHAIN_", "LANGSMITH_", "LANGGRAPH_", "LANGFUSE_", "LANGTRACE_", "LANGWATCH_", "TRACELOOP_", "OPENLLMETRY_"),
    *("OTEL_", "CHROMA_OTEL_", "CHROMA_PRODUCT_TELEMETRY", "POSTHOG_", "SENTRY_", "WANDB_", "MLFLOW_", "COMET_"),
    *("HELICONE_", "PHOENIX_", "ARIZE_", "LUNARY_", "OPIK_", "BRAINTRUST_", "DD_", "DATADOG_", "NEW_RELIC_"),
    *("ELASTIC_APM_", "HONEYCOMB_", "LOGFIRE_", "AGENTOPS_", "TRULENS_", "PROMPTLAYER_", "ORT_DEBUG_NODE_IO"),
    *("HF_HUB_", "HF_ENDPOINT", "OPENAI_LOG", "OPENAI_PROXY", "OPENAI_CUSTOM_HEADERS", "SSLKEYLOGFILE"),
)
"""Beginnings of the variables with which a library would trace, log or report what it is given, or go elsewhere."""
_TELLS_NOBODY: Final[Mapping[str, str]] = dict(  # noqa: C408 - names that other people chose are keywords
    ANONYMIZED_TELEMETRY="False",
    DO_NOT_TRACK="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HUB_OFFLINE="1",
    OTEL_SDK_DISABLED="true",
    POSTHOG_DISABLED="1",
    TRANSFORMERS_OFFLINE="1",
    WANDB_MODE="disabled",
)
"""What the same libraries read as no."""


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
    draft_tokens: int = Field(default=20_000, ge=0)
    """``COACH_DRAFT_TOKENS``: tokens of questions and answers that one draft may take at an endpoint."""
    draft_cost: float = Field(default=0.0, ge=0)
    """``COACH_DRAFT_COST``: what one draft may cost by the prices given; 0 sets no bound."""
    openai_api_key: SecretStr | None = Field(default=None, validation_alias="OPENAI_API_KEY")
    """``OPENAI_API_KEY``: key of the endpoint."""
    openai_base_url: str | None = Field(default=None, validation_alias="OPENAI_BASE_URL")
    """``OPENAI_BASE_URL``: any OpenAI-compatible endpoint."""
    feed_text: bool = False
    """``COACH_FEED_TEXT``: calendar feeds hold the words of commitments instead of a count for each day."""
    offline: bool = False
    """``COACH_OFFLINE``: refuse sockets but loopback's, and an endpoint elsewhere; also ``--offline``."""
    master_key: SecretStr | None = None
    """``COACH_MASTER_KEY``: the master key, 32 bytes as base64 or hexadecimal digits, instead of the home's file."""
    master_key_command: str | None = None
    """``COACH_MASTER_KEY_COMMAND``: a command that prints it, such as a secret store's; run without a shell."""

    oidc_issuer: str | None = None
    """``COACH_OIDC_ISSUER``: the identity provider whose bearer tokens the server takes; its ``iss``, to the letter."""
    oidc_audience: str | None = None
    """``COACH_OIDC_AUDIENCE``: for whom such a token must be (``aud``): this service's name at the provider."""
    oidc_jwks_url: str | None = None
    """``COACH_OIDC_JWKS_URL``: where the provider's public keys are; https, or this machine."""
    oidc_claim: str = Field(default="email", min_length=1)
    """``COACH_OIDC_CLAIM``: the claim that says who: ``sub`` is a person's id, any other an address in ``also``."""

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
    """The environment for a child process, with ``changes`` on top and without the endpoint's or the home's key."""
    kept = {name: value for name, value in os.environ.items() if name not in _OURS_ALONE}
    return kept | changes


def forget_tracing() -> None:
    """Clear the variables with which a library would trace, log or report what it is given, and say no where it asks.

    Called before such a library loads: at the start of ``coach``, of a home, and of a chat gateway.
    """
    for name in list(os.environ):
        if name.upper().startswith(_TELLS_OTHERS):
            del os.environ[name]
    os.environ.update(_TELLS_NOBODY)


def asked_offline() -> bool:
    """Whether the environment says to stay offline; anything but a plain no is a yes."""
    return os.environ.get(_OFFLINE, "").strip().casefold() not in {"", "0", "false", "no", "off"}


def hand_down_offline() -> None:
    """Have this process's settings and its children stay offline too."""
    os.environ[_OFFLINE] = "1"
