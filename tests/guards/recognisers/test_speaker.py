from __future__ import annotations

import pytest

from guards.recognisers.speaker import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("Stevica: yes", [("Stevica", "PERSON")]),
    ("[00:14:32] Maarit P: no", [("Maarit P", "PERSON")]),
    ("Owner: tbd", []),
    ("Risks: many", []),
    ("https://x", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
