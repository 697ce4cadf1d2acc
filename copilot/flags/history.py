"""What is known of a pair's process on a day: rows that were logged by then, and no later ones.

Holds dates alone. No text of a note, no name and no trait of a person can get in, for there is no field for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from copilot.flags.clock import Clock, clock
from copilot.programme import (
    CommitmentDates,
    MentorChange,
    Pair,
    Period,
    Programme,
    Pulse,
    SessionRecord,
    SessionStatus,
)
from guards.access import Role

T = TypeVar("T", SessionRecord, CommitmentDates, Pulse)


@dataclass(frozen=True, slots=True)
class History:
    """Everything on record about one pair's process. ``away`` is the leave of either of the two.

    ``reassessed`` is the day of the 30-day reassessment, and ``reassesses`` whether this programme records any.
    ``handover_days`` is how long the clock stands still after a change of mentor.
    """

    pair: str
    started: date
    cadence_days: int
    ended: date | None = None
    planned_end: date | None = None
    chemistry_due: date | None = None
    chemistry_done: date | None = None
    reassessed: date | None = None
    reassesses: bool = False
    sessions: tuple[SessionRecord, ...] = ()
    work: tuple[CommitmentDates, ...] = ()
    pulses: tuple[Pulse, ...] = ()
    away: tuple[Period, ...] = ()
    pauses: tuple[Period, ...] = ()
    holidays: tuple[Period, ...] = ()
    mentor_changes: tuple[MentorChange, ...] = ()

    def seen_on(self, as_of: date) -> History:
        """The history as anybody could know it on a day.

        A row without ``logged`` counts from its own day; leave, pauses and holidays without it were known before.
        """
        return replace(
            self,
            ended=_by(self.ended, as_of),
            chemistry_done=_by(self.chemistry_done, as_of),
            reassessed=_by(self.reassessed, as_of),
            sessions=tuple(
                sorted(
                    (row for row in self.sessions if row.day <= as_of and (row.logged or row.day) <= as_of),
                    key=lambda row: (row.day, row.status),
                )
            ),
            work=tuple(
                _work_by(row, as_of) for row in self.work if row.opened <= as_of and (row.logged or row.opened) <= as_of
            ),
            pulses=tuple(
                sorted(
                    (row for row in self.pulses if row.day <= as_of and (row.logged or row.day) <= as_of),
                    key=lambda row: (row.day, row.rating),
                )
            ),
            away=_known(self.away, as_of),
            pauses=_known(self.pauses, as_of),
            holidays=_known(self.holidays, as_of),
            mentor_changes=tuple(row for row in self.mentor_changes if (row.logged or row.day) <= as_of),
        )

    def clock(self, *, handover_days: int) -> Clock:
        """Stands still for leave, holidays, pauses, a handover and, for one cadence, what the sponsor cancelled."""
        still = [(each.start, each.end) for each in (*self.away, *self.pauses, *self.holidays)]
        still += [(each.day, each.day + timedelta(days=handover_days)) for each in self.mentor_changes]
        still += [
            (row.day, row.day + timedelta(days=self.cadence_days - 1))
            for row in self.sessions
            if row.status is SessionStatus.CANCELLED and row.cancelled_by is Role.SPONSOR
        ]
        return clock(still)

    @property
    def held(self) -> tuple[SessionRecord, ...]:
        """Sessions that took place, oldest first where the history is one of a day."""
        return tuple(row for row in self.sessions if row.status is SessionStatus.HELD)


def _by(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _known(rows: tuple[Period, ...], as_of: date) -> tuple[Period, ...]:
    return tuple(row for row in rows if row.logged is None or row.logged <= as_of)


def _work_by(row: CommitmentDates, as_of: date) -> CommitmentDates:
    """A commitment as of a day: later moves and a later end are not known yet."""
    if all(on <= as_of for on, _ in row.moves) and (row.closed is None or row.closed <= as_of):
        return row
    moves = tuple((on, to) for on, to in row.moves if on <= as_of)
    gone = row.ended and (row.closed is None or row.closed <= as_of)
    return replace(row, moves=moves, ended=gone, closed=row.closed if gone else None)


def histories(
    programme: Programme,
    *,
    met: Mapping[str, Iterable[date]] | None = None,
    work: Mapping[str, Iterable[CommitmentDates]] | None = None,
) -> tuple[History, ...]:
    """The history of each pair; ``met`` and ``work`` add days and commitments that notes tell of, by pair."""
    sessions, rows, pulses = _by_pair(programme.sessions), _by_pair(programme.work), _by_pair(programme.pulses)
    away = {each.id: each.away for each in programme.people}
    reassesses = any(key == "reassessment" for pair in programme.pairs for key, _ in pair.signed)
    found: list[History] = []
    for pair in programme.pairs:
        calendar = sessions.get(pair.id, [])
        days = {row.day for row in calendar}
        noted = [SessionRecord(pair.id, day, SessionStatus.HELD) for day in (met or {}).get(pair.id, ())]
        found.append(
            replace(
                _bare(pair, programme, reassesses=reassesses),
                sessions=(*calendar, *(row for row in noted if row.day not in days)),
                work=(*rows.get(pair.id, ()), *(work or {}).get(pair.id, ())),
                pulses=tuple(pulses.get(pair.id, ())),
                away=(*away.get(pair.mentor, ()), *away.get(pair.mentee, ())),
            )
        )
    return tuple(found)


def _bare(pair: Pair, programme: Programme, *, reassesses: bool) -> History:
    return History(
        pair=pair.id,
        started=pair.started or programme.start,
        cadence_days=pair.cadence_days or programme.cadence_days,
        ended=pair.ended,
        planned_end=programme.start + timedelta(weeks=programme.weeks),
        chemistry_due=pair.chemistry_due,
        chemistry_done=pair.chemistry_done,
        reassessed=dict(pair.signed).get("reassessment"),
        reassesses=reassesses,
        pauses=pair.pauses,
        holidays=programme.holidays,
        mentor_changes=pair.mentor_changes,
    )


def _by_pair(rows: Iterable[T]) -> dict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[row.pair].append(row)
    return found
