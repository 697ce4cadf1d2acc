from __future__ import annotations

import pytest

from guards.recognisers.url import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("see https://wiki.corp.example/x?y=1.", [("https://wiki.corp.example/x?y=1", "URL")]),
    ("www.acme.example/team", [("www.acme.example/team", "URL")]),
    ("profile linkedin.com/in/someone", [("linkedin.com/in/someone", "URL")]),
    ("we use node.js and asp.net", []),
    ("version 1.8.0", []),
    ("e.g. later", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
