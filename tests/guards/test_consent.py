"""Consent: the last word counts, and a pair is as willing as its least willing person."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guards.consent import UNTIL_WITHDRAWN, Consents, ConsentWord, Purpose

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WORDS = st.lists(
    st.builds(
        ConsentWord,
        person=st.sampled_from(["ada", "ben"]),
        purpose=st.sampled_from(Purpose),
        given=st.booleans(),
        at=st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours)),
    )
)


@pytest.mark.parametrize("purpose", Purpose)
def test_without_a_word_only_what_the_agreement_covers_is_allowed(purpose: Purpose) -> None:
    assert Consents().allows("ada", purpose) is (purpose in UNTIL_WITHDRAWN)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_withdrawal_counts_at_once_and_for_the_pair(purpose: Purpose) -> None:
    words = [ConsentWord(person, purpose, given=True, at=NOON) for person in ("ada", "ben")]
    assert Consents(words).pair_allows(["ada", "ben"], purpose)
    withdrawn = Consents([*words, ConsentWord("ben", purpose, given=False, at=NOON)])
    assert not withdrawn.pair_allows(["ada", "ben"], purpose)
    assert not Consents(words).pair_allows([], purpose)


@given(WORDS)
def test_order_of_arrival_makes_no_difference(words: list[ConsentWord]) -> None:
    turned = list(reversed(words))
    for person in ("ada", "ben"):
        for purpose in Purpose:
            assert Consents(words).allows(person, purpose) == Consents(turned).allows(person, purpose)
