from __future__ import annotations

import pytest

from guards.recognisers.card import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("card 4111 1111 1111 1111", [("4111 1111 1111 1111", "CREDIT_CARD")]),
    ("5555-5555-5555-4444", [("5555-5555-5555-4444", "CREDIT_CARD")]),
    ("4111 1111 1111 1112", []),
    ("order 123456789012", []),
    ("2026-10-09 2026-10-16", []),
    ("4111 1111 1111 1111 12/27", [("4111 1111 1111 1111", "CREDIT_CARD")]),
    ("180016070420458", [("180016070420458", "CREDIT_CARD")]),
    ("my card: 4111.1111.1111.1111", [("4111.1111.1111.1111", "CREDIT_CARD")]),
    ("501800000009", [("501800000009", "CREDIT_CARD")]),
    ("order 501800000009", []),
    ("202611240930", []),
    ("1732442400000", []),
    ("build 501800000009", []),
    (
        "4111 1111 1111 1111 5555 5555 5555 4444",
        [("4111 1111 1111 1111", "CREDIT_CARD"), ("5555 5555 5555 4444", "CREDIT_CARD")],
    ),
    (
        "4111111111111111 5555-5555-5555-4444 4111 1111 1111 1111",
        [
            ("4111111111111111", "CREDIT_CARD"),
            ("5555-5555-5555-4444", "CREDIT_CARD"),
            ("4111 1111 1111 1111", "CREDIT_CARD"),
        ],
    ),
    ("4041 4111 1111 1111 1111", [("4111 1111 1111 1111", "CREDIT_CARD")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
