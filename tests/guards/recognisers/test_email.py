from __future__ import annotations

import pytest

from guards.recognisers.email import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("recall@10 is up", []),
    ("P@k and hits@5", []),
    ("write to ada.nwosu@corp.example, please", [("ada.nwosu@corp.example", "EMAIL_ADDRESS")]),
    ("intranet: ben@localhost", [("ben@localhost", "EMAIL_ADDRESS")]),
    ("jo [at] corp [dot] example", [("jo [at] corp [dot] example", "EMAIL_ADDRESS")]),
    ("ada dot nwosu at corp dot com", [("ada dot nwosu at corp dot com", "EMAIL_ADDRESS")]),
    ("meet at noon", []),
    ("look at the dot plot", []),
    ("@team", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
