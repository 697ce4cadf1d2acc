from __future__ import annotations

import pytest

from guards.recognisers.address import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("lives at 14 Castle Street, Oxford", [("14 Castle Street, Oxford", "LOCATION")]),
    ("P.O. Box 1234", [("P.O. Box 1234", "LOCATION")]),
    ("office in SW1A 2AA", [("SW1A 2AA", "LOCATION")]),
    ("Rue de Rivoli 12", [("Rue de Rivoli 12", "LOCATION")]),
    ("the 14 claims", []),
    ("in Oxford", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
