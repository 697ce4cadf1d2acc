from __future__ import annotations

import pytest

from guards.recognisers.organisation import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("for Northwind Bank today", [("Northwind Bank", "ORGANIZATION")]),
    ("sold to Tailspin Ltd", [("Tailspin Ltd", "ORGANIZATION")]),
    ("the customer is Fabrikam", [("Fabrikam", "ORGANIZATION")]),
    ("the bank agreed", []),
    ("Risk Group meets", []),
    ("customer is waiting", []),
    ("Steering Group", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
