"""The import contracts of ``pyproject.toml`` leave no package out and name only what exists."""

from __future__ import annotations

import tomllib
from importlib.util import find_spec
from typing import Any

import pytest

from tests.architecture.source import PACKAGES, ROOT

_NOT_THE_PRODUCT = {"tests", "benchmarks"}
_LINTER: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


def contracts(kind: str, *, ignoring: bool = False) -> list[dict[str, Any]]:
    return [
        each for each in _LINTER["contracts"] if each["type"] == kind and (not ignoring or "ignore_imports" in each)
    ]


def test_every_package_of_the_repository_is_checked() -> None:
    found = {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - _NOT_THE_PRODUCT
    assert found == set(PACKAGES) == set(_LINTER["root_packages"])


def test_the_layers_hold_every_package() -> None:
    (layers,) = contracts("layers")
    assert {name.strip() for layer in layers["layers"] for name in layer.split("|")} == set(PACKAGES)


@pytest.mark.parametrize("contract", contracts("forbidden"), ids=lambda each: each["name"])
def test_a_contract_names_only_what_exists(contract: dict[str, Any]) -> None:
    """A misspelt module would be forbidden for ever and imported all the same."""
    named = [*contract["source_modules"], *contract["forbidden_modules"]]
    assert [name for name in named if find_spec(name) is None] == []


@pytest.mark.parametrize("contract", contracts("forbidden", ignoring=True), ids=lambda each: each["name"])
def test_an_owner_is_the_only_gap(contract: dict[str, Any]) -> None:
    """A library's owner is named import by import; all else of the product is forbidden to use it."""
    assert set(contract["source_modules"]) == set(PACKAGES)
    owned = {each.split(" -> ")[1] for each in contract["ignore_imports"]}
    assert owned <= set(contract["forbidden_modules"])
