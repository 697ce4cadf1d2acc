from __future__ import annotations

import pytest

from guards.recognisers.iban import RECOGNISER
from tests.guards.recognisers.table import found

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    ("exp.sha.ee6458d and numpy 14.6.19", []),
    ("IBAN GB29 NWBK 6016 1331 9268 19.", [("GB29 NWBK 6016 1331 9268 19", "IBAN_CODE")]),
    ("DE89370400440532013000", [("DE89370400440532013000", "IBAN_CODE")]),
    ("GB29 NWBK 6016 1331 9268 18", []),
    ("CLM-12", []),
    (
        "IBAN: ES54 3316 0576 9925 8226 9270 will send the sheet",
        [("ES54 3316 0576 9925 8226 9270", "IBAN_CODE")],
    ),
    ("ES54 3316 0576 9925 8226 9279 will send the", [("ES54 3316 0576 9925 8226 9279", "IBAN_CODE")]),
    (
        "paid from NO24 7820 9736 176 and to CH20 7805 8722 9638 8791 5 into one",
        [("NO24 7820 9736 176", "IBAN_CODE"), ("CH20 7805 8722 9638 8791 5", "IBAN_CODE")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_finds_these_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(RECOGNISER, text) == expected
