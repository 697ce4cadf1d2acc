"""A versioned prompt: variables, output schema and the two parts, read from files and checked.

A released version never changes: ``prompts.lock`` holds its digest, and a test compares.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from prompts.errors import PromptInvalid

SLOT: Final = re.compile(r"\{\{([^{}]*)\}\}")

Kind = Literal["data", "number"]
"""``data``: redacted text, each line marked as data; ``number``: a whole number."""


class _FrontMatter(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    purpose: str
    output: str
    variables: dict[str, Kind]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of one prompt. ``system`` has no slots, so that a server's prefix cache serves it."""

    name: str
    version: str
    purpose: str
    output: str
    variables: tuple[tuple[str, Kind], ...]
    system: str
    user: str
    digest: str

    @property
    def id(self) -> str:
        """For provenance: ``choose/v1@0123456789ab``."""
        return f"{self.name}/{self.version}@{self.digest[:12]}"


def load_prompt(name: str, version: str = "v1") -> Prompt:
    """Read and check one prompt.

    Raises:
        PromptInvalid: a file is missing, has an unknown key, or slots and variables differ.
    """
    folder = resources.files("prompts").joinpath(name)
    try:
        parts = [
            folder.joinpath(f"{version}.{end}").read_text(encoding="utf-8") for end in ("toml", "system.md", "user.md")
        ]
    except FileNotFoundError:
        raise PromptInvalid(f"prompt {name}/{version}: a file is missing") from None
    return parse_prompt(name, version, *parts)


def parse_prompt(name: str, version: str, front: str, system: str, user: str) -> Prompt:
    """Check the three parts of a prompt against each other."""
    try:
        matter = _FrontMatter.model_validate(tomllib.loads(front))
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise PromptInvalid(f"prompt {name}/{version}: front matter: {type(error).__name__}") from None
    if SLOT.search(system):
        raise PromptInvalid(f"prompt {name}/{version}: the system part must be constant, it has a slot")
    if set(SLOT.findall(user)) != set(matter.variables):
        raise PromptInvalid(f"prompt {name}/{version}: slots and declared variables differ")
    digest = hashlib.sha256("\x00".join([front, system, user]).encode()).hexdigest()
    variables = tuple(matter.variables.items())
    return Prompt(name, version, matter.purpose, matter.output, variables, system, user, digest)


def released() -> dict[str, str]:
    """Digests of the released versions, ``name/version`` to SHA-256."""
    lines = resources.files("prompts").joinpath("prompts.lock").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if line and not line.startswith("#"))
