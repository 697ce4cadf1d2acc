"""Word lists of the flags, from the data file beside this module, and what a line is about by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Words(BaseModel):
    """The whole file; a word stands for every form that begins with it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    blockers: Mapping[str, tuple[str, ...]]
    own: tuple[str, ...]
    cleared: tuple[str, ...]
    not_cleared: tuple[str, ...]
    approves: tuple[str, ...]
    approves_not: tuple[str, ...]
    engineers: tuple[str, ...]
    engineered: tuple[str, ...]
    engineers_not: tuple[str, ...]


@cache
def words() -> Words:
    """The lists that ship with the product."""
    text = files("copilot.flags").joinpath("words.yaml").read_text(encoding="utf-8")
    return Words.model_validate(yaml.safe_load(text))


def hits(text: str, listed: Iterable[str]) -> int:
    """How many of the listed words a text has, each at the beginning of a word."""
    low = f" {text.casefold()} "
    return sum(bool(_pattern(each).search(low)) for each in listed)


def begins(text: str, listed: Iterable[str]) -> bool:
    """Whether a text begins with one of the listed words, as an action does with its verb."""
    low = text.casefold().lstrip(" -*•\"“'")
    return any(_pattern(each).match(low) for each in listed)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(("" if word[0] in " ?" or word == "n't" else r"(?<!\w)") + re.escape(word))
