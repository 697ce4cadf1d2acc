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
    ("on Slack I'm jnwosu", [("jnwosu", "HANDLE")]),
    ("on Teams she's m.dobre", [("m.dobre", "HANDLE")]),
    ("ping benc_dev please", [("benc_dev", "HANDLE")]),
    ("Discord: ben#1234", [("ben#1234", "HANDLE")]),
    ("LinkedIn in/ben-carter", [("ben-carter", "HANDLE")]),
    ("@ana/@bo", [("@ana", "HANDLE"), ("@bo", "HANDLE")]),
    ("she goes by tmoyo_dev", [("tmoyo_dev", "HANDLE")]),
    ("dm kwaku88 about it", [("kwaku88", "HANDLE")]),
    ("Slack user tmoyo", [("tmoyo", "HANDLE")]),
    ("AB#7684 is done", []),
    ("test_login on GitHub fails", []),
    ("user_id on Jira", []),
    ("run-2024-11-03-a7f on GitHub", []),
    ("v2.1.0-rc.3 on GitHub", []),
    ("gpt-4o-mini on Slack", []),
    ("on Slack I'm late", []),
    ("cc finance on Slack", []),
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
