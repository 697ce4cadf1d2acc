"""What a history shows on a day, as numbers with a name: 0 says nothing, and missing data gives no number at all.

Each family is a function of its own. Judges nothing: ``stalled.py`` weighs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from copilot.flags.clock import Clock
from copilot.flags.history import History
from copilot.programme import CommitmentDates, SessionRecord, SessionStatus
from guards.access import Role

_PULSE_DAYS: Final = 45
"""A rating older than this says nothing about today."""
_GRACE_DAYS: Final = 7
"""Lateness that is ordinary: a commitment or a check is not called overdue before."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A signal's ``value``; ``n`` and ``day`` are for its wording."""

    signal: str
    value: float
    n: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True)
class View:
    """A history as seen on a day, with its clock."""

    seen: History
    clock: Clock
    as_of: date
    held: tuple[SessionRecord, ...]
    last: date
    """The last session that was held, else the start."""

    def active(self, since: date) -> int:
        """Active days since a day."""
        return self.clock.active_days(since, self.as_of)


def view_of(history: History, *, as_of: date, handover_days: int) -> View:
    """The history as anybody could know it on a day."""
    seen = history.seen_on(as_of)
    held = seen.held
    return View(seen, seen.clock(handover_days=handover_days), as_of, held, held[-1].day if held else seen.started)


def readings(view: View) -> tuple[Reading, ...]:
    """Every signal that says something."""
    found = (*_gap(view), *_misses(view), *_work(view), *_pulse(view), *_start(view), *_logging(view))
    return tuple(each for each in found if each.value > 0)


def usual_lag(view: View) -> int:
    """Days in which the pair usually logs a session, as the median of its last eight; 0 where unknown."""
    lags = sorted((row.logged - row.day).days for row in view.held[-8:] if row.logged is not None)
    return min(max(0, lags[len(lags) // 2]), 14) if lags else 0


def _gap(view: View) -> Iterator[Reading]:
    days = view.active(view.last)
    cadences = (days - usual_lag(view)) / view.seen.cadence_days
    yield Reading("late", max(0.0, min(cadences, 4.0) - 1.25), days, view.last)
    yield Reading("long", max(0.0, min(cadences, 6.0) - 2.5), days, view.last)


def _misses(view: View) -> Iterator[Reading]:
    since = [row for row in view.seen.sessions if row.day > view.last and not view.clock.pause_at(row.day)]
    missed = [row for row in since if row.status is SessionStatus.MISSED]
    theirs = [row for row in since if row.status is SessionStatus.CANCELLED and row.cancelled_by is not Role.SPONSOR]
    if missed:
        yield Reading("missed", min(len(missed), 3), len(missed), missed[-1].day)
    if theirs:
        yield Reading("cancelled", min(len(theirs), 3), len(theirs), theirs[-1].day)


def _due(row: CommitmentDates) -> date | None:
    return next((to for _, to in reversed(row.moves) if to is not None), row.due)


def _work(view: View) -> Iterator[Reading]:
    rows = view.seen.work
    if not rows:
        return
    open_now = [row for row in rows if not row.ended]
    dues = [due for row in open_now if (due := _due(row)) is not None and due < view.as_of]
    late = [due for due in dues if view.active(due) > _GRACE_DAYS]
    moved = sum(len(row.moves) >= 2 for row in open_now)
    yield Reading("overdue", min(len(late), 4), len(late), min(late, default=None))
    yield Reading("moved", min(moved, 3), moved)
    last = max(day for row in rows for day in _movements(row))
    days, cadence = view.active(last), view.seen.cadence_days
    yield Reading("still", max(0.0, min(days / cadence, 6.0) - 2.0), days, last)
    yield Reading("moving", float(days <= 1.5 * cadence), days, last)


def _movements(row: CommitmentDates) -> Iterator[date]:
    yield row.opened
    if row.closed is not None:
        yield row.closed


def _pulse(view: View) -> Iterator[Reading]:
    given = view.seen.pulses
    if not given or view.active(given[-1].day) > _PULSE_DAYS:
        return
    latest, before = given[-1], [row.rating for row in given[:-1]]
    yield Reading("low_pulse", float(max(0, 3 - latest.rating)), latest.rating, latest.day)
    yield Reading("good_pulse", float(latest.rating >= 4), latest.rating, latest.day)
    if len(before) >= 2:
        fall = sum(before) / len(before) - latest.rating
        yield Reading("pulse_fell", max(0.0, min(fall, 3.0) - 1.0), latest.rating, latest.day)


def _start(view: View) -> Iterator[Reading]:
    seen = view.seen
    if not view.held:
        days = view.active(seen.started)
        yield Reading("no_start", max(0.0, min(days / seen.cadence_days, 4.0) - 2.0), days, seen.started)
    if seen.chemistry_due is not None and seen.chemistry_done is None and seen.chemistry_due < view.as_of:
        days = view.active(seen.chemistry_due)
        yield Reading("chemistry", float(days > _GRACE_DAYS), days, seen.chemistry_due)
    if seen.reassesses and seen.reassessed is None:
        days = view.active(seen.started + timedelta(days=30))
        yield Reading("reassess", float(days > _GRACE_DAYS), days, seen.started + timedelta(days=30))


def _logging(view: View) -> Iterator[Reading]:
    last = view.held[-4:]
    if len(last) < 4:
        return
    late = [row.logged for row in last if row.logged is not None and (row.logged - row.day).days > 7]
    most = max((late.count(day) for day in late), default=0)
    if most >= 3:
        yield Reading("batch", float(most - 2), most, max(late))
    moved = [day for row in view.seen.work for day in _movements(row)]
    if moved and view.active(last[-1].day) <= 2 * view.seen.cadence_days:
        since = [row for row in last if row.day > max(moved) + timedelta(days=3)]
        yield Reading("empty", max(0, len(since) - 1) / 3, len(since), last[-1].day)
