from __future__ import annotations

import pytest

from guards.recognisers.phone import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("call +44 20 7946 0958 now", [("+44 20 7946 0958", "PHONE_NUMBER")]),
    ("mobile 98765 43210", [("98765 43210", "PHONE_NUMBER")]),
    ("reach me on (212) 555-0143", [("(212) 555-0143", "PHONE_NUMBER")]),
    ("dial oh two zero seven nine four six", [("oh two zero seven nine four six", "PHONE_NUMBER")]),
    ("by 2026-10-09. 25 claims", []),
    ("call on 2026-10-09", []),
    ("from 12/10/2026 to 14/10/2026 we call", []),
    ("98 to 70 days", []),
    ("version 1.8.0", []),
    ("sprint 12, 200 claims, 95 %", []),
    ("ticket 20261009", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
