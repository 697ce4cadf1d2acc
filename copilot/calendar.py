"""Which day a session is prepared for, and which sessions took place. Pure; there is no clock in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from copilot.mentions import Mention
from copilot.programme import Pair, Programme, SessionRecord, SessionStatus


def next_session(pair: Pair, programme: Programme, sessions: Sequence[SessionRecord]) -> tuple[date, str]:
    """The next expected session, and the rule that gave it.

    One cadence after the last entry of the calendar, whatever became of it; so three missed weeks don't make the
    draft three weeks late, and the same record gives the same day on any date. Holidays push it on by a cadence.
    """
    cadence = pair.cadence_days or programme.cadence_days
    last = max((each.day for each in sessions), default=None)
    if last is None:
        return pair.started or programme.start, "the pair's start: no session is on record"
    day = last + timedelta(days=cadence)
    while any(day in each for each in programme.holidays):
        day += timedelta(days=cadence)
    return day, "one cadence after the last"


def days_met(sessions: Sequence[SessionRecord], mentions: Sequence[Mention]) -> tuple[date, ...]:
    """Days on which a session was held or left a note, oldest first."""
    held = {each.day for each in sessions if each.status is SessionStatus.HELD}
    return tuple(sorted(held | {each.session_date for each in mentions}))
