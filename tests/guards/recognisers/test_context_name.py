from __future__ import annotations

import pytest

from guards.recognisers.context_name import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("told stevica to wait", [("stevica", "PERSON")]),
    ("spoke with maarit about it", [("maarit", "PERSON")]),
    ("Will said yes", [("Will", "PERSON")]),
    ("told everyone to wait", []),
    ("spoke with legal about it", []),
    ("He said yes", []),
    ("told the team to wait", []),
    ("spoke with engineering about it", []),
    ("escalated to Koumura yesterday", [("Koumura", "PERSON")]),
    ("escalated to Legal yesterday", []),
    ("In the retro Faubert raised it", [("Faubert", "PERSON")]),
    ("In the retro Terraform raised it", []),
    ("waiting for chenglong to approve", [("chenglong", "PERSON")]),
    ("waiting for procurement to approve", []),
    ("BLOCKED BY SOBCZAK SINCE MONDAY", [("SOBCZAK", "PERSON")]),
    ("BLOCKED BY KYC SINCE MONDAY", []),
    ("Koumura off sick", [("Koumura", "PERSON")]),
    ("koumura out until Monday", [("koumura", "PERSON")]),
    ("staging out until Monday", []),
    ("Kudos Faubert!", [("Faubert", "PERSON")]),
    ("Hi team, thanks", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
