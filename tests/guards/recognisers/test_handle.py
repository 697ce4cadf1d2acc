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
    ("her slack handle jdoe42", [("jdoe42", "HANDLE")]),
    ("her Teams id is mariak", [("mariak", "HANDLE")]),
    ("GitHub: octo-maria", [("octo-maria", "HANDLE")]),
    ("github user name jdoe_42", [("jdoe_42", "HANDLE")]),
    ("username: mkowalski", [("mkowalski", "HANDLE")]),
    ("ping jdoe42 on Slack", [("jdoe42", "HANDLE")]),
    ("u/maria_k", [("maria_k", "HANDLE")]),
    ("Slack ID U024BE7LH", [("U024BE7LH", "HANDLE")]),
    ("login is broken", []),
    ("the username is required", []),
    ("Slack: message the team", []),
    ("GitHub: actions failing", []),
    ("GitHub: main", []),
    ("Jira: sprint12", []),
    ("username field fails in build 12", []),
    ("found the bug in v2.3 on GitHub", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
