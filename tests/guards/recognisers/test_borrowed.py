from __future__ import annotations

import pytest

from guards.recognisers.borrowed import is_thing

THINGS: list[tuple[str, str]] = [
    ("We ran Bayes on the counts", "Bayes"),
    ("Cohen's kappa was 0.7", "Cohen"),
    ("Conway's Law explains it", "Conway"),
    ("the Fisher exact test", "Fisher"),
    ("Kruskal-Wallis agrees", "Kruskal-Wallis"),
    ("BERT was slow", "BERT"),
    ("Claude wrote a draft", "Claude"),
    ("Gemma and Falcon are slow", "Gemma"),
    ("moved from Jenkins to Travis", "Travis"),
    ("written in Julia 1.9", "Julia"),
    ("Ray and Dask both scale", "Ray"),
    ("the Sobczak pipeline", "Sobczak"),
]
PEOPLE: list[tuple[str, str]] = [
    ("Met Thomas Bayes from audit", "Bayes"),
    ("Maslow told us so", "Maslow"),
    ("Claude asked for numbers", "Claude"),
    ("Julia Novak owns it", "Julia"),
    ("Travis said no", "Travis"),
    ("Clara's action items are open", "Clara"),
    ("Dr Fisher joined", "Fisher"),
    ("Ray joined the Ray guild", "Ray"),
    ("Sobczak is late", "Sobczak"),
]


@pytest.mark.parametrize(("text", "word"), THINGS)
def test_means_the_thing(text: str, word: str) -> None:
    at = text.index(word)
    assert is_thing(text, at, at + len(word))


@pytest.mark.parametrize(("text", "word"), PEOPLE)
def test_means_somebody(text: str, word: str) -> None:
    at = text.index(word)
    assert not is_thing(text, at, at + len(word))
