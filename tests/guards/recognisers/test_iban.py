from __future__ import annotations

import pytest

from guards.recognisers.iban import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("IBAN GB29 NWBK 6016 1331 9268 19.", [("GB29 NWBK 6016 1331 9268 19", "IBAN_CODE")]),
    ("DE89370400440532013000", [("DE89370400440532013000", "IBAN_CODE")]),
    ("GB29 NWBK 6016 1331 9268 18", []),
    ("CLM-12", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
