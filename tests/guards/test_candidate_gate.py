"""The gate before the name model: closed for ordinary sentences, open for every word it does not know."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.candidate_gate import may_hold_name, ordinary_words, stretches
from guards.ordinary_words import listed_words
from guards.recognisers import borrowed, given_name, keep


@pytest.mark.parametrize(
    "sentence",
    [
        "We should agree on the scope before the next meeting.",
        "The team didn't finish the retrospective, so we'll continue tomorrow.",
        "KK: we should discuss this issue.",
        "Done by 2026-11-24.",
        "Reduce the number of meetings to 32",
        "eP: the WG asked that the PR be merged, see RFC 2119.",
        "The server MUST answer a PUT with an ETag.",
        "We are redefining the authorisation of webhooks.",
        "Done on 12 June, not in April 2025.",
        "Can we agree? Will this be done?",
        "it may take long, and there is hope",
        "We compared it with our Docker pipeline.",
        "",
    ],
)
def test_ordinary_sentences_are_not_read(sentence: str) -> None:
    assert not may_hold_name(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We agreed that Marcela should own the risk.",
        "we agreed that marcela should own the risk",
        "Will said the plan is late.",
        "we gave it to Grace",
        "WILL SAID IT",
        "the risk of Can and Young",
        "Siobh\u00e1n asked whether we agree.",
        "we asked \u738b\u5a01 about the plan",
        "at 12 high street",
        "the number is 44 7700 900 123",
        "Nguyen's plan",
        "the O\u2019Connell report",
        "KK: Bo agreed.",
        "NG is late",
        "we follow up w/ JR before the retro",
        "ASK DAN ABOUT THE ETA",
        "we asked ANA about it",
        "Harding is late",
        "we spoke with hope about it",
        "we asked june about it",
        "June said it is late",
        "eP: McKay agreed.",
        "DeShawn agreed",
    ],
)
def test_what_may_be_a_name_opens_the_gate(sentence: str) -> None:
    assert may_hold_name(sentence)


def test_no_given_name_and_no_plain_word_that_is_a_name_is_ordinary_in_any_case() -> None:
    words = ordinary_words().any_case
    assert not words & given_name.given()
    assert not words & keep.everyday()


def test_names_spelt_like_a_form_of_an_ordinary_word_open() -> None:
    assert all(may_hold_name(f"we asked {word.title()} about it") for word in listed_words().names)


@pytest.mark.parametrize("word", ["redefining", "authorisations", "unmerged", "organised", "reviewable"])
def test_a_regular_form_of_an_ordinary_word_is_ordinary(word: str) -> None:
    assert ordinary_words().has_stem(word)


@pytest.mark.parametrize("word", ["hastings", "manning", "marcela", "reagan", "stanley", ""])
def test_a_name_is_no_form_of_a_word(word: str) -> None:
    assert not ordinary_words().has_stem(word)


def test_a_name_capitalised_within_a_sentence_opens_though_its_word_is_ordinary_in_lower_case() -> None:
    known = ordinary_words()
    assert all(
        may_hold_name(f"we asked {word.title()} about it")
        for word in known.lower - known.any_case - borrowed.borrowed()
        if len(word) > 1
    )


@given(st.lists(st.sampled_from(["we agree", "Marcela", "the plan", "long", "Young", "\u0130lker"]), max_size=6))
def test_more_words_never_close_an_open_gate(parts: list[str]) -> None:
    opened = [may_hold_name(f"we {' '.join(parts[:at])}") for at in range(len(parts) + 1)]
    assert opened == sorted(opened)


_PLAIN = " ".join(["we agree on the plan and the next meeting"] * 6)


def test_of_a_long_sentence_only_the_words_round_a_candidate_are_read() -> None:
    sentence = f"{_PLAIN} Marcela {_PLAIN}"
    [(start, end)] = stretches(sentence)
    read = sentence[start:end].split()
    assert read[8] == "Marcela"
    assert len(read) == 17


def test_candidates_far_apart_are_read_apart_and_near_ones_together() -> None:
    assert len(list(stretches(f"Marcela {_PLAIN} Nguyen"))) == 2
    assert len(list(stretches("Marcela and we and the whole team agree on the plan with Nguyen"))) == 1


@given(st.lists(st.sampled_from(["we", "agree,", "Marcela", "the", "plan", "  ", "\u738b\u5a01"]), max_size=60))
def test_every_candidate_lies_in_one_stretch_and_stretches_are_in_order(words: list[str]) -> None:
    sentence = " ".join(words)
    found = list(stretches(sentence))
    assert found == sorted(found)
    assert all(first[1] < second[0] for first, second in itertools.pairwise(found))
    read = " ".join(sentence[start:end] for start, end in found)
    assert read.count("Marcela") == sentence.count("Marcela")
    assert read.count("\u738b") == sentence.count("\u738b")
