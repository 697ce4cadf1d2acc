from __future__ import annotations

import pytest

from guards.recognisers.national_id import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("PAN ABCPE1234F", [("ABCPE1234F", "IN_PAN")]),
    ("Aadhaar 2345 6789 0123", [("2345 6789 0123", "IN_AADHAAR")]),
    ("NI no QQ is not one, AB 12 34 56 C is", [("AB 12 34 56 C", "UK_NINO")]),
    ("passport number is X1234567", [("X1234567", "NATIONAL_ID")]),
    ("2345 6789 0123 rows", []),
    ("passport by 2026-10-09", []),
    ("FRAUD-142", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
