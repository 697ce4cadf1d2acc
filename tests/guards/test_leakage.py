"""Where known forms stand in a text: the short way for plain ASCII finds what the long way finds."""

from __future__ import annotations

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
