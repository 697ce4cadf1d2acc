"""Where known forms stand in a text: the short way for plain ASCII finds what the long way finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.leakage import Forms, plain_readings

FORMS = Forms(["Ada Okafor", "Ngozi", "BX"])


@given(st.lists(st.sampled_from(["Ada", "okafor", "Ngozi's", "BX", "-", "_", "\n", "<PERSON_1>", "a.b", " ", "9"])))
def test_a_text_in_ascii_and_one_with_an_accent_behind_it_hold_the_same_places(parts: list[str]) -> None:
    text = " ".join(parts)
    assert FORMS.places_in(text) == FORMS.places_in(f"{text} \u00e9")


def test_places_cover_the_form_alone() -> None:
    text = "(Ada  Okafor), _ngozi_ and BX."
    assert sorted(text[start:end] for start, end, _ in FORMS.places_in(text)) == ["Ada  Okafor", "BX", "ngozi"]


@given(
    words=st.lists(st.sampled_from(["Ada Okafor", "Ngozi", "BX", "Will", "Ba", "Öz", "田中"]), unique=True, max_size=7),
    text=st.lists(st.sampled_from(["Ada", "Okafor", "ngozi", "BX", "bx", "Will the", "öz", "田中さん", "\n"])).map(
        " ".join
    ),
)
def test_forms_added_one_by_one_are_found_as_all_at_once(words: list[str], text: str) -> None:
    grown = Forms(())
    for word in words:
        grown.add([word])
    assert grown.places_in(text) == Forms(words).places_in(text)
    assert grown.stands_in(plain_readings(text)) == bool(Forms(words).found_in(text.encode()))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pieter ten Broek", "He read ten of the files."),
        ("Min-ji Park", "The run took 10 min and 3 sec."),
        ("Vo Thi Thu", "It is due thu 10/9."),
        ("Rosa van der Meer", "The file van der was opened."),
    ],
)
def test_a_part_of_a_name_that_is_a_number_a_unit_or_a_day_is_no_name_in_lower_case(name: str, text: str) -> None:
    """A masked "ten" came back as a person: "from Tomasz of the files"."""
    forms = Forms([name, *name.replace("-", " ").split()])
    assert not forms.places_in(text)
    assert forms.found_in(text.encode()) == 0
    assert forms.places_in(f"We asked {name} about it.")
