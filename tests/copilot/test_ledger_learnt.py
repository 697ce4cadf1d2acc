"""The learnt reader of later lines: what it asks, whose word it never overrules, and that its file is its script's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.later_examples import digest
from copilot.later_reader import FILE, KINDS, SCALE, chances, load_reader
from copilot.ledger import fold
from copilot.ledger_threads import WHO_NOW
from copilot.mentions import Commitment, CommitmentStatus, Mention, MentionKind
from tests.copilot.extraction.reading_cases import ON
from tests.copilot.status_cases import LATER, notes
from tests.copilot.test_ledger import mention

_MEMO = "Ben to draft the data retention memo by 25 September."


def the(later: str, first: str = _MEMO) -> Commitment:
    found = fold(notes({ON: first, LATER: later}), (), (), as_of=LATER)
    return next(each for each in found if each.first_agreed == ON)


@pytest.mark.parametrize(
    "later",
    [
        "The retention memo passes into Lin's hands.",
        "Since Ben is on leave, Lin drafts the memo on data retention.",
        "The data retention memo is Lin's job from now on.",
        "Lin stands in for Ben with the retention memo.",
    ],
)
def test_an_owner_goes_where_a_later_line_seems_to_hand_it_on(later: str) -> None:
    found = the(later)
    assert (found.owner, found.owner_text, found.status) == (None, None, CommitmentStatus.OPEN)
    assert str(found.question).startswith(str(WHO_NOW))
    assert len(found.citations) == 2


@pytest.mark.parametrize(
    "later",
    [
        "Lin will read the retention memo before it goes out.",
        "Lin might draft the retention memo for Ben.",
        "Ben is working on the retention memo.",
        "Lin thanked Ben for the outline of the retention memo.",
        "The memo on travel costs passes into Lin's hands.",
        "Lin drafts the memo on archiving by 2 October.",
        "",
    ],
)
def test_an_owner_stays_where_nobody_else_has_it(later: str) -> None:
    assert the(later).owner == "ben"


def test_a_plain_promise_of_somebody_else_takes_it_over() -> None:
    found = fold(
        notes({ON: _MEMO, LATER: "Ben has no time, so Lin will draft the data retention memo instead of him."}), (), (),
        as_of=LATER,
    )  # fmt: skip
    assert [(each.owner, each.status) for each in found] == [("lin", CommitmentStatus.OPEN)]
    assert [each.what for each in found[0].history] == ["agreed", "handed on"]


def test_a_line_that_rules_do_not_know_may_be_asked_about_and_ends_nothing() -> None:
    found = the("The retention memo lies with legal since Tuesday and they had no remarks.")
    assert found.status is CommitmentStatus.OPEN
    assert found.unsettled


def test_within_one_note_nothing_is_handed_on() -> None:
    found = fold(notes({ON: f"{_MEMO}\nThe retention memo passes into Lin's hands."}), (), (), as_of=ON)
    assert [each.owner for each in found] == ["ben"]


@given(st.lists(st.sampled_from([*MentionKind]), min_size=1, max_size=3), st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_line_of_a_stranger_closes_or_loses_a_promise(kinds: list[MentionKind], text: str) -> None:
    first = mention(MentionKind.COMMITMENT, 1, "label 200 claims", "ben", 1)
    later = [
        mention(MentionKind.REMARK, 9, f"{text} label claims {kind.value}", None, n) for n, kind in enumerate(kinds)
    ]
    found = fold([first, *later], (), (), as_of=date(2026, 12, 1))
    assert [each.status for each in found] == [CommitmentStatus.OPEN]


def test_chances_are_chances() -> None:
    first, later = (_of(notes({ON: _MEMO, LATER: "The memo passes to Lin."}), day) for day in (ON, LATER))
    read = chances(later, first, first.owner, str(first.owner_text))
    assert 0 < read.ends < 1
    assert 0 < read.handed < 1
    assert read.ends + read.handed < 1


def test_the_file_is_of_the_lines_that_are_there() -> None:
    file = load_reader()
    assert file.kinds == KINDS
    assert file.learnt_from == digest(), "the labelled lines changed: run python -m benchmarks.learn_later_reader"
    assert {len(row) for row in file.signs.values()} == {len(KINDS)}
    assert max(abs(each) for row in file.signs.values() for each in row) < 20 * SCALE
    assert FILE.stat().st_size < 100_000


def test_no_name_is_in_the_file() -> None:
    words = {word for sign in load_reader().signs for word in sign.split()}
    assert not words & {"ben", "lin", "priya", "ada"}  # "sam" is the stem of "same"


def _of(told: tuple[Mention, ...], day: date) -> Mention:
    return next(each for each in told if each.session_date == day)
