"""The product's modules taken apart into syntax nodes, for the tests of the house's rules."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("copilot", "prompts", "knowledge", "guards", "evals", "server")


@dataclass(frozen=True, slots=True)
class Module:
    """A source file; ``path`` is relative to the repository, with forward slashes."""

    path: str
    text: str
    nodes: tuple[ast.AST, ...]


def module(text: str, *, path: str = "copilot/example.py") -> Module:
    """A module from its text."""
    return Module(path, text, tuple(ast.walk(ast.parse(text))))


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module under the folders; the product's packages by default."""
    files = sorted(file for folder in folders or PACKAGES for file in (ROOT / folder).rglob("*.py"))
    return tuple(module(file.read_text(encoding="utf-8"), path=file.relative_to(ROOT).as_posix()) for file in files)
