from __future__ import annotations

import pytest

from guards.recognisers.employee_id import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("employee id: E-20412", [("E-20412", "EMPLOYEE_ID")]),
    ("badge number 88123", [("88123", "EMPLOYEE_ID")]),
    ("she is EMP0012345", [("EMP0012345", "EMPLOYEE_ID")]),
    ("CLM-12", []),
    ("employee number is down", []),
    ("Q3 2026", []),
    ("close INC0012345", []),
    ("see CHG0040021", []),
    ("tickets CLM12 and INC0012345", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
