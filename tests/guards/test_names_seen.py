"""What a model's guess may not make a name of, however sure the threshold is of it."""

from __future__ import annotations

import pytest

from guards.names_seen import seen
from guards.rampart import WordGuess


def guessed(text: str, word: str, chance: float) -> list[str]:
    start = text.index(word)
    words = [WordGuess(start, start + len(word), {"GIVEN_NAME": chance})]
    return [text[each.start : each.end] for each in seen(text, words, ())]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Don't write this down: it stops", "Don't"),
        ("Off we went. Don’t note it", "Don’t"),
        ("We'll see about it", "We'll"),
        ("and bin the rest", "bin"),
        ("the others et al have it", "al"),
        ("sent da sheet over", "da"),
    ],
)
def test_contractions_and_particles_are_nobody(text: str, word: str) -> None:
    assert guessed(text, word, 0.99) == []


@pytest.mark.parametrize(("text", "word"), [("met Don about it", "Don"), ("told Zanele of it", "Zanele")])
def test_names_are_still_somebody(text: str, word: str) -> None:
    assert guessed(text, word, 0.99) == [word]
