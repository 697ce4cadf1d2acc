from __future__ import annotations

import pytest

from guards.recognisers.sentence_start import is_plain

CASES: list[tuple[str, str, bool]] = [
    ("Mark this as a risk", "Mark", True),
    ("Done. Grant access to it", "Grant", True),
    ("- Chase the vendor", "Chase", True),
    ("Hope is not a plan", "Hope", True),
    ("Mark said so", "Mark", False),
    ("Grace Okafor left", "Grace", False),
    ("then Mark this week", "Mark", False),
    ("Stevica the analyst", "Stevica", False),
]


@pytest.mark.parametrize(("text", "word", "expected"), CASES)
def test_a_plain_word_at_the_start_is_told_from_a_name(text: str, word: str, *, expected: bool) -> None:
    at = text.index(word)
    assert is_plain(text, at, at + len(word)) is expected
