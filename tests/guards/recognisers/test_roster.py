from __future__ import annotations

import pytest

from guards.recognisers.roster import RosterIndex
from guards.roster import Roster, RosterPerson

ROSTER = Roster(
    (
        RosterPerson("ada", "Ada Nwosu", ("@ada", "ada.nwosu@corp.example", "AN")),
        RosterPerson("will", "Will de Jong"),
        RosterPerson("lukasz", "Łukasz Żak"),
        RosterPerson("ada2", "Ada Mensah"),
    ),
    mask_words=("Project Heron",),
)
CASES: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("Ada Nwosu's plan", [("Ada Nwosu", "ada")]),
    ("Nwosu, Ada", [("Nwosu, Ada", "ada")]),
    ("ADA NWOSU", [("ADA NWOSU", "ada")]),
    ("Ada went", [("Ada", None)]),
    ("AN to label", [("AN", "ada")]),
    ("an Nwosu idea", [("Nwosu", "ada")]),
    ("mail ada.nwosu@corp.example", [("ada.nwosu@corp.example", "ada")]),
    ("will you ask? Will you?", []),
    ("told Will to ask", [("Will", "will")]),
    ("W. de Jong and lukasz", [("W. de Jong", "will"), ("lukasz", "lukasz")]),
    ("for Project\u00a0Heron now", [("Project\u00a0Heron", None)]),
    ("N\u200bwosu, Nwо\u0301su", [("N\u200bwosu", "ada"), ("Nwо\u0301su", "ada")]),
    ("adamant", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_forms_of_known_people(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(text[each.start : each.end], each.person) for each in RosterIndex(ROSTER).find(text)] == expected


def test_a_name_without_prose_round_it_counts_in_any_case() -> None:
    assert [each.person for each in RosterIndex(ROSTER).find_all("will-notes")] == ["will"]
