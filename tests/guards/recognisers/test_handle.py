from __future__ import annotations

import pytest

from guards.recognisers.handle import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("ask @priya today", [("@priya", "HANDLE")]),
    ("cc @chidi_ok's note", [("@chidi_ok", "HANDLE")]),
    ("@here please", []),
    ("@channel", []),
    ("mail a@b.example", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
