from __future__ import annotations

import pytest

from guards.recognisers.given_name import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("Anna: I think", [("Anna", "PERSON")]),
    ("then Kwabena left", [("Kwabena", "PERSON")]),
    ("Zoe's plan", [("Zoe", "PERSON")]),
    ("Will this do", []),
    ("Sprint", []),
    ("Annapurna", []),
    ("Anna-style", []),
    ("Julia said no", [("Julia", "PERSON")]),
    ("written in Julia", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
