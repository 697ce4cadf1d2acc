"""Blockers beyond the pair: what one is about, what clears it, its age, and counts that hide small groups."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.flags.blockers import LEAST_PAIRS, about, across, blockers, says_cleared
from copilot.flags.flag import Tier
from tests.copilot.flags.records import MET, ON, blocked, record


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("DPIA unsigned - without it no live transcripts", "governance"),
        ("Waiting for the risk committee since June", "governance"),
        ("No access to the claims table yet", "data_access"),
        ("Credentials for the feature store expired, second request is out", "data_access"),
        ("The headcount for a second labeller was not granted", "resource"),
        ("GPU quota is used up until next quarter", "resource"),
        ("We could not agree on the wording of the guide", None),
        ("Blocked by my calendar this week", None),
        ("The afternoon slot was too short", None),
        ("Piano accessories", None),
        ("", None),
        ("🙂" * 4000, None),
    ],
)
def test_what_a_blocker_is_about(text: str, category: str | None) -> None:
    assert about(text) == category


@pytest.mark.parametrize(
    ("text", "cleared"),
    [
        ("DPIA signed on Friday", True),
        ("access granted", True),
        ("DPIA not signed", False),
        ("DPIA still unsigned", False),
        ("once the DPIA is signed we go live", False),
        ("needs to be approved before the run", False),
        ("was it approved?", False),
    ],
)
def test_what_clears_one(text: str, cleared: bool) -> None:
    assert says_cleared(text) is cleared


def test_one_that_is_old_and_still_heard_is_flagged_with_its_age_and_without_a_word_of_the_note() -> None:
    (flag,) = blockers(record(blockers=(blocked(),)))
    assert (flag.tier, flag.category, flag.since) == (Tier.REVIEW, "governance", MET[0])
    assert any(str((ON - MET[0]).days) in each.text for each in flag.evidence)


@pytest.mark.parametrize(
    "look_alike",
    [
        blocked(None),
        blocked(since=7, sessions=1),
        blocked(last=3, since=2, sessions=2),
        blocked(cleared=MET[7]),
    ],
    ids=["the pair's own", "said once, this week", "not heard of lately", "cleared"],
)
def test_look_alikes_raise_nothing(look_alike: object) -> None:
    assert not list(blockers(record(blockers=(look_alike,))))


def test_closed_notes_and_an_ended_pair_are_unknown() -> None:
    assert not list(blockers(record(blockers=None)))
    assert not list(blockers(record(blockers=(blocked(),), on=MET[0] - timedelta(days=1))))


@given(st.lists(st.tuples(st.sampled_from(["governance", "resource"]), st.integers(0, 15), st.integers(0, 99))))
def test_a_cell_under_the_bound_tells_no_number(rows: list[tuple[str, int, int]]) -> None:
    told = across([(category, f"p{pair}", days) for category, pair, days in rows])
    for each in told:
        pairs = {pair for category, pair, _ in rows if category == each.category}
        assert each.pairs == (len(pairs) if len(pairs) >= LEAST_PAIRS else None)
        assert (each.middle_days is None) == (each.pairs is None)
