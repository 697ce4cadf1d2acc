"""Cards on language: what is denied, quoted or said of a thing has none; what is given is not asked for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bias_cards import CASES, cases, said
from benchmarks.learn_bias_reader import learnt_from
from guards.bias_language import BiasCategory, Part, bias_cards, load_bias
from guards.bias_reader import load_reader


def kinds(text: str) -> list[str]:
    return [each.category.value for each in bias_cards(text)]


@pytest.mark.parametrize(
    ("card", "none"),
    [
        ("Ben is lazy.", "Ben is not lazy."),
        ("She is careless.", "Nobody said she is careless."),
        ("Ben is difficult.", "I don't think of <PERSON_1> as difficult at all."),
        ("Ben is lazy.", 'She wrote "Ben is lazy" in the example of bad feedback.'),
        ("Linh is bossy.", "We replaced the word “bossy” in the template."),
        ("Ben is lazy.", "Lazy loading is switched on."),
        ("Ben is too aggressive.", "The model is aggressive at low thresholds."),
        ("Ben is weak.", "Ben's classifier is weak on small claims."),
        (
            "Great job, Ben!",
            "Great job in the review on Tuesday: you asked the vendor for the raw logs, so we found it.",
        ),
    ],
)
def test_the_same_words_deserve_a_card_or_none(card: str, none: str) -> None:
    assert kinds(card)
    assert not kinds(none)


def test_what_is_given_is_not_asked_for() -> None:
    (bare,) = bias_cards("Ben is careless.")
    (dated,) = bias_cards("Ben was careless in the review on Monday.")
    assert bare.missing == (Part.SITUATION, Part.BEHAVIOUR, Part.IMPACT)
    assert Part.SITUATION not in dated.missing


def test_every_category_has_a_question_and_a_reference() -> None:
    assert {each.category for each in load_bias().rules} == set(BiasCategory)
    assert all(each.question.endswith(("?", ".")) and "?" in each.question for each in load_bias().rules)
    assert all(each.reference for each in load_bias().rules)


def test_the_reader_is_learnt_from_the_sentences_as_they_are() -> None:
    assert load_reader().learnt_from == learnt_from(), "run python -m benchmarks.learn_bias_reader"


def test_development_sentences_are_judged_as_labelled() -> None:
    """A floor under what was reached, so that a change of a list cannot lose much unseen."""
    judged = [(case, said(case)) for case in cases(CASES)]
    assert sum((case.category, True) in says for case, says in judged if case.category) >= 118
    assert sum(bool(says) for case, says in judged if case.category is None) <= 14


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["Ben", "is", "lazy", "<PERSON_1>", "'s", ".", "\n", "“", "👩", "not"])).map(" ".join)
)
def test_any_text_has_cards_within_it_and_apart(text: str) -> None:
    cards = bias_cards(text)
    assert all(0 <= each.start < each.end <= len(text) for each in cards)
    assert all(one.end <= other.start for one, other in pairwise(cards))
    assert cards == bias_cards(text)


def test_a_line_that_names_nobody_has_no_card_from_the_reader() -> None:
    """A session prep once had a card on it, of ability against effort."""
    assert not bias_cards("No blocker is noted.")
