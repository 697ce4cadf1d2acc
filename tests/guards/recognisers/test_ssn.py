from __future__ import annotations

import pytest

from guards.recognisers.ssn import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("ssn is 078051120", [("078051120", "US_SSN")]),
    ("078-05-1120", [("078-05-1120", "US_SSN")]),
    ("000-12-3456", []),
    ("123456789 rows", []),
    ("social security reform", []),
    ("123 45 6789", [("123 45 6789", "US_SSN")]),
    ("SSN 123456789", [("123456789", "US_SSN")]),
    ("123456789 is my SSN", [("123456789", "US_SSN")]),
    ("123456789 (social security number)", [("123456789", "US_SSN")]),
    ("my social is 123456789", [("123456789", "US_SSN")]),
    ("ss# 123 45 6789", [("123 45 6789", "US_SSN")]),
    ("social (284277595)", [("284277595", "US_SSN")]),
    ("SSN\n123 45 6789", [("123 45 6789", "US_SSN")]),
    ("SSN for the W2: 123456789", [("123456789", "US_SSN")]),
    ("ssn 123 456 789", [("123 456 789", "US_SSN")]),
    ("I-9 form has 123456789", [("123456789", "US_SSN")]),
    ("her social, 123.45.6789", [("123.45.6789", "US_SSN")]),
    ("note, 923 71 6789 is the ITIN", [("923 71 6789", "US_SSN")]),
    ("our social media team, build 123456", []),
    ("SSN field moved to release 1.2.3", []),
    ("counts 120 34 2026", []),
    ("120 34 5678 rows", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
