"""Whoever is meant, the cards are the same: names, pronouns and titles swapped over every development sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bias_cards import CASES, SECOND, WRITTEN, Case, cases
from guards.bias_language import bias_cards
from tests.guards.people_swaps import GROUPS, Swapped, unmoved, with_names, with_pronouns

SENTENCES = (*cases(CASES), *cases(SECOND), *cases(WRITTEN)[::6])
SWAPS: dict[str, Callable[[str], Swapped]] = {
    **{group: partial(with_names, names=names) for group, names in GROUPS.items()},
    **{kind: partial(with_pronouns, kind=kind) for kind in ("he", "she", "they")},
}


@pytest.mark.parametrize("swap", SWAPS)
def test_a_swap_changes_no_card_of_any_sentence(swap: str) -> None:
    changed = {
        SWAPS[swap](each.text).text: (before, after)
        for each in SENTENCES
        for before, after in [unmoved(each.text, SWAPS[swap])]
        if before != after
    }
    assert not changed


@settings(max_examples=40, deadline=None)
@given(
    some=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4),
    name=st.text(
        st.characters(categories=["L", "M", "Nd", "Pd"], include_characters="'’. <>_"), min_size=1, max_size=24
    ),
)
def test_whatever_a_known_name_looks_like_the_cards_stay(some: list[Case], name: str) -> None:
    text = " ".join(each.text for each in some)
    plain = unmoved(text, partial(with_names, names=("<PERSON_1>", "<PERSON_2>")))
    other = unmoved(text, partial(with_names, names=(f"X{name}X", f"x{name}")), known=True)
    assert [each[:2] for each in plain[1]] == [each[:2] for each in other[1]]
    assert other[0] == other[1]


@settings(max_examples=60, deadline=None)
@given(
    one=st.sampled_from(SENTENCES),
    first=st.sampled_from([*SWAPS]),
    second=st.sampled_from([*SWAPS]),
)
def test_swaps_after_each_other_change_no_card(one: Case, first: str, second: str) -> None:
    once = SWAPS[first](one.text)
    again = SWAPS[second](once.text)
    assert [(each.category, each.entry) for each in bias_cards(again.text)] == [
        (each.category, each.entry) for each in bias_cards(one.text)
    ]
