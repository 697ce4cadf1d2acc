"""The stalled flag: what raises it, what never may, and that later rows don't change an earlier day."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.flags.clock import clock
from copilot.flags.flag import Tier, as_json
from copilot.flags.history import History
from copilot.flags.stalled import judge, stalled
from copilot.programme import CommitmentDates, Period, Pulse, SessionRecord, SessionStatus
from guards.access import Role

START = date(2026, 9, 7)
DAY = st.integers(0, 120).map(lambda days: START + timedelta(days=days))
LOGGED = st.none() | DAY
SESSION = st.builds(
    SessionRecord, st.just("p"), DAY, st.sampled_from(SessionStatus),
    st.sampled_from([None, Role.MENTEE, Role.SPONSOR]), LOGGED,
)  # fmt: skip
WORK = st.builds(
    CommitmentDates, st.just("p"), DAY, st.none() | DAY, st.lists(st.tuples(DAY, DAY), max_size=3).map(tuple),
    st.booleans(), st.none() | DAY, LOGGED,
)  # fmt: skip
PULSE = st.builds(Pulse, st.just("p"), st.just("m"), DAY, st.integers(1, 5), LOGGED)
HISTORY = st.builds(
    History, st.just("p"), st.just(START), st.sampled_from([7, 14, 28]),
    sessions=st.lists(SESSION, max_size=8).map(tuple), work=st.lists(WORK, max_size=4).map(tuple),
    pulses=st.lists(PULSE, max_size=3).map(tuple),
)  # fmt: skip


def _held(*weeks: int) -> tuple[SessionRecord, ...]:
    return tuple(SessionRecord("p", START + timedelta(weeks=week), SessionStatus.HELD) for week in weeks)


def _quiet() -> History:
    work = (CommitmentDates("p", START, START + timedelta(days=14)),)
    return History("p", START, 7, sessions=_held(0, 1, 2), work=work, chemistry_done=START)


def test_a_quiet_pair_with_overdue_work_is_flagged_with_its_evidence() -> None:
    missed = tuple(SessionRecord("p", START + timedelta(weeks=at), SessionStatus.MISSED) for at in (3, 4))
    quiet = replace(_quiet(), sessions=(*_held(0, 1, 2), *missed))
    flag = stalled(quiet, as_of=START + timedelta(weeks=8))
    assert flag is not None
    assert flag.tier is Tier.REVIEW
    assert {"gap", "work", "movement"} <= set(flag.families)
    assert {"evidence", "alternatives", "clears_when", "next_step", "as_of"} <= set(as_json(flag))


def test_a_gap_alone_raises_nothing() -> None:
    assert stalled(History("p", START, 7, sessions=_held(0, 1, 2)), as_of=START + timedelta(weeks=12)) is None


def test_leave_on_record_stops_the_clock() -> None:
    away = (Period(START + timedelta(weeks=2), START + timedelta(weeks=8)),)
    assert stalled(replace(_quiet(), away=away), as_of=START + timedelta(weeks=9)) is None


def test_one_stall_keeps_one_id() -> None:
    days = [START + timedelta(days=at) for at in range(50, 80)]
    assert len({flag.id for day in days if (flag := stalled(_quiet(), as_of=day))}) == 1


def test_an_ended_pair_is_not_flagged() -> None:
    ended = replace(_quiet(), ended=START + timedelta(weeks=4))
    assert stalled(ended, as_of=START + timedelta(weeks=8)) is None


def test_no_row_that_is_judged_has_room_for_words_or_owners() -> None:
    assert {each.name for each in fields(CommitmentDates)}.isdisjoint({"owner", "action", "text"})


@given(HISTORY, DAY, st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_a_paused_clock_raises_nothing(history: History, as_of: date, before: int, after: int) -> None:
    pause = Period(as_of - timedelta(days=before), as_of + timedelta(days=after))
    assert not judge(replace(history, pauses=(pause,)), as_of=as_of).counts


@given(HISTORY, DAY, st.tuples(SESSION, WORK, PULSE), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_rows_logged_later_do_not_change_an_earlier_day(
    history: History, as_of: date, rows: tuple[SessionRecord, CommitmentDates, Pulse], later: int
) -> None:
    session, work, pulse = rows
    logged = as_of + timedelta(days=later)
    more = replace(
        history,
        sessions=(*history.sessions, replace(session, logged=logged)),
        work=(*history.work, replace(work, logged=logged)),
        pulses=(*history.pulses, replace(pulse, logged=logged)),
        away=(Period(START, as_of, logged=logged),),
    )
    assert stalled(more, as_of=as_of) == stalled(history, as_of=as_of)


@given(HISTORY, DAY)
@settings(max_examples=60, deadline=None)
def test_renaming_and_reordering_change_nothing_but_the_name(history: History, as_of: date) -> None:
    other = replace(
        history,
        pair="q",
        sessions=tuple(replace(row, pair="q") for row in reversed(history.sessions)),
        work=tuple(replace(row, pair="q") for row in reversed(history.work)),
        pulses=tuple(replace(row, pair="q", by="x") for row in history.pulses),
    )
    one, two = stalled(history, as_of=as_of), stalled(other, as_of=as_of)
    assert two == (one and replace(one, pair="q"))


@given(HISTORY, DAY, st.integers(1, 30))
@settings(max_examples=60, deadline=None)
def test_a_missed_session_more_never_speaks_against_a_flag(history: History, as_of: date, days: int) -> None:
    missed = SessionRecord("p", as_of - timedelta(days=days), SessionStatus.MISSED)
    more = replace(history, sessions=(*history.sessions, missed))
    assert judge(more, as_of=as_of).score >= judge(history, as_of=as_of).score


@given(st.lists(st.tuples(DAY, st.integers(0, 20)), max_size=6), DAY, DAY)
def test_active_days_are_those_that_no_pause_holds(pauses: list[tuple[date, int]], one: date, two: date) -> None:
    stretches = [(day, day + timedelta(days=long)) for day, long in pauses]
    counted = sum(
        not any(start <= day <= end for start, end in stretches)
        for at in range((two - one).days)
        for day in [one + timedelta(days=at + 1)]
    )
    assert clock(stretches).active_days(one, two) == counted
