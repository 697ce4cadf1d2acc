"""The ledger's invariants: order and duplicates make no difference, nothing open gets lost, nothing done returns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from copilot.ledger import fold, is_open, orphans
from copilot.mentions import CommitmentStatus, Decision, DecisionKind, Mention, MentionKind, ReadBy
from copilot.programme import SessionRecord, SessionStatus
from guards.text import mint_redacted
from knowledge.passages import Citation

_START = date(2026, 9, 1)
_ACTIONS = ("label 200 claims", "write labelling guideline", "book risk review", "merge")
_KINDS = (MentionKind.COMMITMENT, MentionKind.CANDIDATE, MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED)
_AS_OF = date(2026, 12, 1)


def mention(  # noqa: PLR0917
    kind: MentionKind, day: int, action: str, owner: str | None, line: int, ticket: str | None = None
) -> Mention:
    on, text = _START + timedelta(days=day), mint_redacted(action)
    where = Citation(f"note-{day}", mint_redacted("note"), line, line, text)
    return Mention(
        f"{kind}-{day}-{action}-{owner}-{line}-{ticket}", "p", kind, text, on, where, ReadBy.RULES, owner=owner,
        ticket=ticket, due=on + timedelta(days=7) if kind is MentionKind.MOVED else None,
    )  # fmt: skip


MENTIONS = st.lists(
    st.builds(
        mention, st.sampled_from(_KINDS), st.integers(0, 6), st.sampled_from(_ACTIONS),
        st.sampled_from(["ada", "ben", None]), st.integers(1, 4), st.sampled_from([None, "CLM-1", "CLM-2"]),
    ),
    max_size=14,
)  # fmt: skip


@given(MENTIONS, st.randoms())
def test_order_and_duplicates_make_no_difference(mentions: list[Mention], random: Random) -> None:
    shuffled = [*mentions, *mentions[:3]]
    random.shuffle(shuffled)
    assert fold(shuffled, (), (), as_of=_AS_OF) == fold(mentions, (), (), as_of=_AS_OF)


@given(MENTIONS)
def test_every_promise_is_on_exactly_one_commitment(mentions: list[Mention]) -> None:
    folded = fold(mentions, (), (), as_of=_AS_OF)
    for each in mentions:
        if each.kind in {MentionKind.COMMITMENT, MentionKind.CANDIDATE}:
            assert sum(each.id in {c.id, *c.aliases} for c in folded) == 1


@given(MENTIONS)
def test_without_a_fate_everything_stays_open(mentions: list[Mention]) -> None:
    promises = [m for m in mentions if m.kind not in {MentionKind.DONE, MentionKind.DROPPED}]
    assert all(is_open(each) for each in fold(promises, (), (), as_of=_AS_OF))


def decision(kind: DecisionKind, commitment: str, day: date) -> Decision:
    return Decision("d1", "p", commitment, kind, "ben", datetime(2026, 9, 5, tzinfo=UTC), day, mint_redacted("why"))


def test_done_by_ticket_and_words_closes_only_that_one() -> None:
    kept = mention(MentionKind.COMMITMENT, 0, "write labelling guideline", "ben", 1, "CLM-1")
    closed = mention(MentionKind.COMMITMENT, 0, "label 200 claims", "ben", 2, "CLM-1")
    done = mention(MentionKind.DONE, 3, "label 200 claims", "ben", 1, "CLM-1")
    folded = {c.id: c.status for c in fold([kept, closed, done], (), (), as_of=_AS_OF)}
    assert folded == {kept.id: CommitmentStatus.OPEN, closed.id: CommitmentStatus.DONE}


def test_an_unclear_done_asks_and_closes_nothing() -> None:
    one = mention(MentionKind.COMMITMENT, 0, "write labelling guideline", "ben", 1, "CLM-1")
    two = mention(MentionKind.COMMITMENT, 0, "label 200 claims", "ben", 2, "CLM-1")
    done = mention(MentionKind.DONE, 3, "CLM-1", None, 1, "CLM-1")
    folded = fold([one, two, done], (), (), as_of=_AS_OF)
    assert all(c.status is CommitmentStatus.OPEN and c.question for c in folded)


def test_a_person_wins_and_binds_by_any_alias() -> None:
    first = mention(MentionKind.COMMITMENT, 0, "label 200 claims", "ben", 1)
    again = mention(MentionKind.COMMITMENT, 2, "label 200 claims", "ben", 1)
    denied = fold([first, again], [decision(DecisionKind.DENY, again.id, again.session_date)], (), as_of=_AS_OF)
    assert [c.status for c in denied] == [CommitmentStatus.DENIED]


def test_a_decision_without_its_mention_is_reported() -> None:
    lost = decision(DecisionKind.DONE, "gone", _START)
    assert orphans([], [lost]) == (lost,)


@given(MENTIONS, st.integers(0, 8))
def test_a_day_is_seen_alike_whatever_comes_later(mentions: list[Mention], days: int) -> None:
    as_of = _START + timedelta(days=days)
    known = [each for each in mentions if each.session_date <= as_of]
    assert fold(mentions, (), (), as_of=as_of) == fold(known, (), (), as_of=as_of)


@given(MENTIONS, st.lists(st.integers(0, 9), max_size=6))
def test_times_carried_counts_held_sessions_it_outlived(mentions: list[Mention], days: list[int]) -> None:
    held = [SessionRecord("p", _START + timedelta(days=day), SessionStatus.HELD) for day in days]
    missed = [SessionRecord("p", _START + timedelta(days=day), SessionStatus.MISSED) for day in (2, 4)]
    for each in fold(mentions, (), [*held, *missed, *held], as_of=_AS_OF):
        until = each.closed or _AS_OF
        assert each.times_carried == len({s.day for s in held if each.first_agreed < s.day < until})


@given(MENTIONS)
def test_a_later_day_never_makes_it_less_carried(mentions: list[Mention]) -> None:
    held = [SessionRecord("p", _START + timedelta(days=day), SessionStatus.HELD) for day in range(9)]
    early = {each.id: each for each in fold(mentions, (), held, as_of=_START + timedelta(days=4))}
    late = {each.id: each for each in fold(mentions, (), held, as_of=_AS_OF)}
    assert set(early) <= set(late)
    assert all(late[known].times_carried >= each.times_carried for known, each in early.items())
