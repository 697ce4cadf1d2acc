from __future__ import annotations

import pytest

from guards.recognisers.birth_date import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("born on 12 May 1984", [("12 May 1984", "DATE_OF_BIRTH")]),
    ("DOB: 1984-05-12", [("1984-05-12", "DATE_OF_BIRTH")]),
    ("due 2026-05-12", []),
    ("on 12 May 2026", []),
    ("airborne in 2024", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
