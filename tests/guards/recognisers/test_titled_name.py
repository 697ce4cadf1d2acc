from __future__ import annotations

import pytest

from guards.recognisers.titled_name import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("ask Dr. Mensah", [("Dr. Mensah", "PERSON")]),
    ("Mrs de la Cruz left", [("Mrs de la Cruz", "PERSON")]),
    ("J. Ortega owns it", [("J. Ortega", "PERSON")]),
    ("Mary K. Jones agreed", [("Mary K. Jones", "PERSON")]),
    ("Dr appointment", []),
    ("i.e. Kanban", []),
    ("P. Kanban", []),
    ("JK Marsh signed it", [("JK Marsh", "PERSON")]),
    ("ask VR Chatterjee", [("VR Chatterjee", "PERSON")]),
    ("QA Lead signed it", []),
    ("the CG charter; WG. Hope so", []),
    ("Okafor, Ngozi approved", [("Okafor, Ngozi", "PERSON")]),
    ("Owner: Okafor, Ngozi", [("Okafor, Ngozi", "PERSON")]),
    ("Ada Okafor, Ngozi Bello", []),
    ("Leuven, Belgium", []),
    ("Chatterjee, V. R. signed", [("Chatterjee, V. R.", "PERSON")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
