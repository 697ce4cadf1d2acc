from __future__ import annotations

import pytest

from guards.recognisers.phone import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("call 030/1234567", [("030/1234567", "PHONE_NUMBER")]),
    ("call +44 20 7946 0958 now", [("+44 20 7946 0958", "PHONE_NUMBER")]),
    ("mobile 98765 43210", [("98765 43210", "PHONE_NUMBER")]),
    ("reach me on (212) 555-0143", [("(212) 555-0143", "PHONE_NUMBER")]),
    ("dial oh two zero seven nine four six", [("oh two zero seven nine four six", "PHONE_NUMBER")]),
    ("by 2026-10-09. 25 claims", []),
    ("call on 2026-10-09", []),
    ("from 12/10/2026 to 14/10/2026 we call", []),
    ("98 to 70 days", []),
    ("version 1.8.0", []),
    ("sprint 12, 200 claims, 95 %", []),
    ("ticket 20261009", []),
    ("her line: 8123 2998 ext 12", [("8123 2998 ext 12", "PHONE_NUMBER")]),
    ("Priya, 8123 2998, agreed", [("8123 2998", "PHONE_NUMBER")]),
    ("Nils has 40 61 53 59", [("40 61 53 59", "PHONE_NUMBER")]),
    ("you get me at 612343034", [("612343034", "PHONE_NUMBER")]),
    ("so: 02079460958, thanks", [("02079460958", "PHONE_NUMBER")]),
    ("m: 0170 123 4567", [("0170 123 4567", "PHONE_NUMBER")]),
    ("tel:+49-30-901820", [("+49-30-901820", "PHONE_NUMBER")]),
    ("+41 (0)69 979 80 58-Fax", [("+41 (0)69 979 80 58", "PHONE_NUMBER")]),
    ("Office\\,+447700 208 815-Fax", [("+447700 208 815", "PHONE_NUMBER")]),
    ("fax (2)/2123 5566", [("(2)/2123 5566", "PHONE_NUMBER")]),
    ("between 2023 2024 and 2025 2026", []),
    ("612 345 678 rows read", []),
    ("EUR 612 345 678", []),
    ("velocity 21 24 23", []),
    ("window 10:00-12:30, 1700000000 as epoch", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected


def test_hostile_input_takes_no_long_time() -> None:
    for hostile in ("1 " * 20_000, "+(1" * 10_000, "(" * 20_000, "12-" * 10_000 + "x"):
        list(RECOGNISER.find(hostile))
