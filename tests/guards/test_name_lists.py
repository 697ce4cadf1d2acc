from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.name_lists import siblings

CASES: list[tuple[str, str, list[str]]] = [
    ("with Ngozi, Bo and Cem today", "Ngozi", ["Bo", "Cem"]),
    ("Boni, Anselmo - product", "Anselmo", ["Boni"]),
    ("Onni / Tarquinio", "Onni", ["Tarquinio"]),
    ("with ngozi and khasanbek", "ngozi", ["khasanbek"]),
    ("Ngozi and Finance agreed", "Ngozi", []),
    ("Ngozi, Terraform is down", "Ngozi", []),
    ("Ngozi and KYC", "Ngozi", []),
    ("Ngozi went. Boni", "Ngozi", []),
    ("Ana and Boni", "", ["Boni"]),
]


def words_of(text: str) -> list[tuple[int, int, float]]:
    return [(match.start(), match.end(), 0.1) for match in re.finditer(r"[^\W_]+", text)]


@pytest.mark.parametrize(("text", "sure", "expected"), CASES)
def test_a_list_with_one_person_is_of_people(text: str, sure: str, expected: list[str]) -> None:
    words = words_of(text)
    found = siblings(text, words, [text[start:end] == sure for start, end, _ in words])
    assert [text[words[at][0] : words[at][1]] for at in sorted(found)] == expected


@given(st.text(alphabet="ABab ,&.", max_size=60))
def test_without_a_known_person_there_is_no_list(text: str) -> None:
    words = words_of(text)
    assert not siblings(text, words, [False] * len(words))
