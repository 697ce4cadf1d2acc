"""Where known forms stand in a text: the short way for plain ASCII finds what the long way finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from guards.leakage import Forms

FORMS = Forms(["Ada Okafor", "Ngozi", "BX"])


@given(st.lists(st.sampled_from(["Ada", "okafor", "Ngozi's", "BX", "-", "_", "\n", "<PERSON_1>", "a.b", " ", "9"])))
def test_a_text_in_ascii_and_one_with_an_accent_behind_it_hold_the_same_places(parts: list[str]) -> None:
    text = " ".join(parts)
    assert FORMS.places_in(text) == FORMS.places_in(f"{text} \u00e9")


def test_places_cover_the_form_alone() -> None:
    text = "(Ada  Okafor), _ngozi_ and BX."
    assert sorted(text[start:end] for start, end, _ in FORMS.places_in(text)) == ["Ada  Okafor", "BX", "ngozi"]
