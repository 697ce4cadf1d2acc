from __future__ import annotations

import pytest

from guards.recognisers.speaker import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("Stevica: yes", [("Stevica", "PERSON")]),
    ("[00:14:32] Maarit P: no", [("Maarit P", "PERSON")]),
    ("Owner: tbd", []),
    ("Risks: many", []),
    ("https://x", []),
    ("Off the record: the plan stops", []),
    ("OFF THE RECORD: the plan stops", []),
    ("Between us: the plan stops", []),
    ("Don’t write this down: it stops", []),
    ("My Linh: yes", [("My Linh", "PERSON")]),
    ("van der Berg: yes", [("van der Berg", "PERSON")]),
    ("Speaker 2: yes", []),
    ("Participant A: yes", []),
    ("Facilitator: next", []),
    ("Next steps: many", []),
    ("Blocked: the vendor", []),
    ("IBAN: ES97 2102", []),
    ("Tel: 0171", []),
    ("Claude: yes", [("Claude", "PERSON")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
