"""Folding: whatever the script, a word and its capitals fold alike, or a name in capitals would pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.folding import folded


@given(st.text("αβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстухфцчшщыэюяіјѕćčłøđğşñüöäßıi"))
def test_a_word_and_its_capitals_fold_alike(word: str) -> None:
    assert folded(word.upper()).text == folded(word.upper().lower()).text
    assert len(folded(word).text) >= len(word)


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [("Аdа", "Ada"), ("ΒEN", "ben"), ("Łukasz", "lukasz"), ("ΝΙΚΗ", "νίκη"), ("Đorđe", "dorde"), ("ＡＤＡ", "ada")],
)
def test_look_alikes_fold_to_what_they_look_like(disguised: str, plain: str) -> None:
    assert folded(disguised).text == folded(plain).text
