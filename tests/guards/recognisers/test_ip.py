from __future__ import annotations

import pytest

from guards.recognisers.ip import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("host 10.0.12.7 is down", [("10.0.12.7", "IP_ADDRESS")]),
    ("fe80::1ff:fe23:4567:890a", [("fe80::1ff:fe23:4567:890a", "IP_ADDRESS")]),
    ("mac 00:1B:44:11:3A:B7", [("00:1B:44:11:3A:B7", "MAC_ADDRESS")]),
    ("version 1.2.3.4", []),
    ("at 10:15:30", []),
    ("999.1.1.1", []),
    ("ratio 3:4", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
