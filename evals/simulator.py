"""Invented pairs' lives, week by week, with what of each gets on record; made to test flags, and knows no flag rule.

A life runs through hidden states; rows follow from the state by chance, and the record from the rows by habit. The
label comes from the state alone. Refuses real data: every pair here is made up from a seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from copilot.flags.history import History
from copilot.programme import CommitmentDates, MentorChange, Period, Pulse, SessionRecord, SessionStatus
from guards.access import Role

START: Final = date(2026, 6, 1)
WEEKS: Final = 40
_WEEK: Final = timedelta(days=7)


class Life(StrEnum):
    """The hidden state of a week."""

    ACTIVE = "active"
    SLOW = "slow"
    AWAY = "away"
    DRIFTING = "drifting"
    STALLED = "stalled"
    ENDED = "ended"


class Stress(StrEnum):
    """What makes a pair's record hard to read."""

    PLAIN = "plain"
    LEAVE_RECORDED = "leave_recorded"
    LEAVE_UNRECORDED = "leave_unrecorded"
    LATE_LOGGING = "late_logging"
    OFF_PLATFORM = "off_platform"
    SLOW_CADENCE = "slow_cadence"
    SPONSOR = "sponsor"
    MENTOR_CHANGE = "mentor_change"
    TICK_BOX = "tick_box"


@dataclass(frozen=True, slots=True)
class Simulated:
    """A pair's record with the truth beside it: the state of each week from the start on."""

    history: History
    lives: tuple[Life, ...]
    stress: Stress


@dataclass(slots=True)
class _Rows:
    sessions: list[SessionRecord] = field(default_factory=list[SessionRecord])
    work: list[CommitmentDates] = field(default_factory=list[CommitmentDates])
    pulses: list[Pulse] = field(default_factory=list[Pulse])
    away: list[Period] = field(default_factory=list[Period])
    pauses: list[Period] = field(default_factory=list[Period])
    changes: list[MentorChange] = field(default_factory=list[MentorChange])


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a life's rows are made from."""

    name: str
    lives: tuple[Life, ...]
    stress: Stress
    start: date
    cadence: int
    chance: random.Random
    rows: _Rows = field(default_factory=_Rows)


def cohort(*, seed: int, pairs: int, stresses: tuple[Stress, ...] = tuple(Stress)) -> tuple[Simulated, ...]:
    """Pairs of a cohort, the stresses in turn; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - invented data, not a secret
    return tuple(_pair(f"p{seed}-{at}", stresses[at % len(stresses)], chance) for at in range(pairs))


def _pair(name: str, stress: Stress, chance: random.Random) -> Simulated:
    start = START + timedelta(days=chance.randrange(0, 28))
    cadence = chance.choice((21, 28)) if stress is Stress.SLOW_CADENCE else chance.choice((7, 7, 14))
    lives = _lives(stress, chance)
    plan = _Plan(name, lives, stress, start, cadence, chance)
    rows = plan.rows
    if stress is Stress.MENTOR_CHANGE:
        at = start + _WEEK * chance.randrange(8, 24)
        rows.changes.append(MentorChange(at, logged=at + timedelta(days=chance.randrange(0, 10))))
    _leave(plan)
    _sessions(plan)
    _work(plan)
    _pulses(plan)
    ended = next((start + _WEEK * at for at, life in enumerate(lives) if life is Life.ENDED), None)
    checked = start + timedelta(days=chance.randrange(3, 14)) if chance.random() < 0.85 else None
    history = History(
        name, start, cadence, ended=ended if chance.random() < 0.85 else None,
        chemistry_due=start + _WEEK, chemistry_done=checked, sessions=tuple(rows.sessions), work=tuple(rows.work),
        pulses=tuple(rows.pulses), away=tuple(rows.away), pauses=tuple(rows.pauses),
        mentor_changes=tuple(rows.changes),
        holidays=(Period(date(2026, 12, 21), date(2027, 1, 3)),) if chance.random() < 0.7 else (),
    )  # fmt: skip
    return Simulated(history, lives, stress)


def _lives(stress: Stress, chance: random.Random) -> tuple[Life, ...]:
    """States week by week; a third to a half of the pairs stall at some time, and many of these come back."""
    lives: list[Life] = []
    while len(lives) < WEEKS:
        lives += [Life.ACTIVE] * chance.randrange(6, 22)
        turn = chance.random()
        if turn < 0.30:
            lives += [Life.DRIFTING] * chance.randrange(1, 5) + [Life.STALLED] * chance.randrange(5, 15)
        elif turn < 0.50:
            lives += [Life.SLOW] * chance.randrange(2, 7)
        elif turn < 0.58:
            lives += [Life.DRIFTING] * chance.randrange(2, 4)
        elif turn < 0.63:
            lives += [Life.ENDED] * WEEKS
    if stress in {Stress.LEAVE_RECORDED, Stress.LEAVE_UNRECORDED}:
        at, long = chance.randrange(5, 26), chance.randrange(3, 7)
        lives[at : at + long] = [Life.AWAY if life is not Life.ENDED else life for life in lives[at : at + long]]
    return tuple(lives[:WEEKS])


def _leave(plan: _Plan) -> None:
    rows, lives, stress, start, chance = plan.rows, plan.lives, plan.stress, plan.start, plan.chance
    gone = [at for at, life in enumerate(lives) if life is Life.AWAY]
    if gone and stress is Stress.LEAVE_RECORDED:
        first, last = start + _WEEK * gone[0], start + _WEEK * (gone[-1] + 1) - timedelta(days=1)
        kept = rows.pauses if chance.random() < 0.3 else rows.away
        kept.append(Period(first, last, logged=first + timedelta(days=chance.randrange(-14, 6))))


_MEETS: Final = {Life.ACTIVE: 0.88, Life.SLOW: 0.5, Life.DRIFTING: 0.3, Life.STALLED: 0.03}
_SUMMER: Final = 0.6


def _sessions(plan: _Plan) -> None:
    name, rows, lives, stress, start, cadence, chance = (
        plan.name,
        plan.rows,
        plan.lives,
        plan.stress,
        plan.start,
        plan.cadence,
        plan.chance,
    )
    day = start + timedelta(days=chance.randrange(0, cadence))
    batch = chance.randrange(21, 50)
    while (week := (day - start).days // 7) < WEEKS:
        likely = _MEETS.get(lives[week], 0.0)
        if day.month == 8 or (day.month == 12 and day.day > 18):
            likely *= _SUMMER
        if stress is Stress.SPONSOR and chance.random() < 0.2 and likely:
            rows.sessions.append(SessionRecord(name, day, SessionStatus.CANCELLED, Role.SPONSOR, day))
        elif chance.random() < likely:
            if stress is not Stress.OFF_PLATFORM or chance.random() < 0.4:
                rows.sessions.append(SessionRecord(name, day, SessionStatus.HELD, None, _logged(day, stress, chance)))
        elif stress is Stress.TICK_BOX and lives[week] is Life.STALLED and chance.random() < 0.85:
            on = start + timedelta(days=((day - start).days // batch + 1) * batch)
            late = on if chance.random() < 0.5 else day
            rows.sessions.append(SessionRecord(name, day, SessionStatus.HELD, None, late))
        elif lives[week] not in {Life.ENDED, Life.AWAY} or chance.random() < 0.3:
            _unmet(plan, lives[week], day)
        day += timedelta(days=max(3, cadence + chance.randrange(-2, 3)))


def _unmet(plan: _Plan, life: Life, day: date) -> None:
    name, rows, chance = plan.name, plan.rows, plan.chance
    if life is Life.ENDED or chance.random() > 0.45:
        return
    by = chance.choice((Role.MENTOR_COACH, Role.MENTEE, None))
    kind = SessionStatus.MISSED if chance.random() < 0.4 else SessionStatus.CANCELLED
    rows.sessions.append(SessionRecord(name, day, kind, by if kind is SessionStatus.CANCELLED else None, day))


def _logged(day: date, stress: Stress, chance: random.Random) -> date:
    lag = chance.randrange(5, 26) if stress is Stress.LATE_LOGGING else int(chance.expovariate(0.4))
    return day + timedelta(days=lag)


_OPENS: Final = {Life.ACTIVE: 0.5, Life.SLOW: 0.3, Life.DRIFTING: 0.15, Life.STALLED: 0.03, Life.AWAY: 0.03}
_FINISHES: Final = {Life.ACTIVE: 0.3, Life.SLOW: 0.2, Life.DRIFTING: 0.08, Life.STALLED: 0.02, Life.AWAY: 0.03}


def _work(plan: _Plan) -> None:
    name, rows, lives, stress, start, chance = plan.name, plan.rows, plan.lives, plan.stress, plan.start, plan.chance
    if chance.random() < 0.12:
        return  # some pairs keep no commitments at all
    for week, life in enumerate(lives):
        if chance.random() >= _OPENS.get(life, 0.0):
            continue
        opened = start + _WEEK * week + timedelta(days=chance.randrange(0, 7))
        due = opened + timedelta(days=chance.randrange(7, 29))
        moves: list[tuple[date, date | None]] = []
        closed = None
        for later in range(week + 1, WEEKS):
            on = start + _WEEK * later + timedelta(days=chance.randrange(0, 7))
            if chance.random() < _FINISHES.get(lives[later], 0.0):
                closed = on
                break
            if on > due and lives[later] is not Life.AWAY and chance.random() < 0.25:
                due = on + timedelta(days=chance.randrange(7, 22))
                moves.append((on, due))
        first = moves[0][0] - timedelta(days=3) if moves else due
        lag = chance.randrange(5, 20) if stress is Stress.LATE_LOGGING else int(chance.expovariate(0.5))
        rows.work.append(
            CommitmentDates(name, opened, first, tuple(moves), closed is not None, closed, opened + timedelta(days=lag))
        )


_FEELS: Final = {Life.ACTIVE: 4.1, Life.SLOW: 3.7, Life.AWAY: 3.8, Life.DRIFTING: 3.0, Life.STALLED: 2.5}


def _pulses(plan: _Plan) -> None:
    name, rows, lives, start, chance = plan.name, plan.rows, plan.lives, plan.start, plan.chance
    answers = chance.choice((0.0, 0.4, 0.8))
    for week in range(3, WEEKS, 4):
        if lives[week] in _FEELS and chance.random() < answers:
            rating = min(5, max(1, round(chance.gauss(_FEELS[lives[week]], 0.8))))
            rows.pulses.append(Pulse(name, "mentee", start + _WEEK * week, rating))
