from __future__ import annotations

import pytest

from guards.recognisers.birth_date import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("born on 12 May 1984", [("12 May 1984", "DATE_OF_BIRTH")]),
    ("DOB: 1984-05-12", [("1984-05-12", "DATE_OF_BIRTH")]),
    ("due 2026-05-12", []),
    ("on 12 May 2026", []),
    ("airborne in 2024", []),
    ("What is your date of birth? 3 May 1981", [("3 May 1981", "DATE_OF_BIRTH")]),
    ("born in Lyon on 3 May 1981", [("3 May 1981", "DATE_OF_BIRTH")]),
    ("She was born in Lyon in 1981", [("1981", "DATE_OF_BIRTH")]),
    ("d.o.b. 03.05.81", [("03.05.81", "DATE_OF_BIRTH")]),
    ("patient_dob: 19810503", [("19810503", "DATE_OF_BIRTH")]),
    ("DOB (dd/mm/yyyy): 03/05/1981", [("03/05/1981", "DATE_OF_BIRTH")]),
    ("1981-05-03 is my date of birth", [("1981-05-03", "DATE_OF_BIRTH")]),
    ("12 June is her birthday", [("12 June", "DATE_OF_BIRTH")]),
    ("born on the third of May 1981", [("third of May 1981", "DATE_OF_BIRTH")]),
    ("(b. 3 May 1981)", [("3 May 1981", "DATE_OF_BIRTH")]),
    ("turned 40 on 3 May", [("3 May", "DATE_OF_BIRTH")]),
    ("birthday party next week; release on 12 May 2026", []),
    ("the idea was born in 2024", []),
    ("date of birth field ships on 2026-05-12", []),
    ("birthday cake at 10:30", []),
    ("DOB validation fails in build 1281, version 1.8.0", []),
    ("the date of birth column has 12 rows", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
