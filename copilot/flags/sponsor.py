"""What waits on the sponsor's side: work past its date, unanswered escalations, cancelled sessions, missing sign-offs.

Two families or nothing, and nothing while the sponsor's leave is on record. Says what waits, and nothing of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from copilot.flags.flag import Flag
from copilot.flags.record import PairRecord
from copilot.flags.signals import Reading
from copilot.flags.weighing import weigh
from copilot.mentions import CommitmentStatus

_GRACE: Final = timedelta(days=7)
_WAITS: Final = timedelta(days=14)
_LATELY: Final = timedelta(days=28)
_CANCELLED: Final = timedelta(days=60)


def sponsor(record: PairRecord) -> Iterator[Flag]:
    """The one flag on what waits on the sponsor's side."""
    pair, on = record.pair, record.on
    if record.over or pair.sponsor is None or any(on in each for each in record.sponsor_away):
        return
    owed, answered = _work(record)
    asked = _asked(record)
    cancelled = [day for day in record.sponsor_cancelled if on - day <= _CANCELLED]
    waiting = [day for day in record.criteria.waiting if on - day > _WAITS] if record.criteria else []
    signed = [day for day in record.criteria.signed if on - day <= _LATELY] if record.criteria else []
    last = max([*answered, *signed], default=None)
    found = [
        Reading("owed", min(len(owed), 3), len(owed), min(owed, default=None)),
        Reading("asked", min(len(asked), 3), len(asked), min(asked, default=None)),
        Reading("cancelled", min(max(0, len(cancelled) - 1), 3), len(cancelled), max(cancelled, default=None)),
        Reading("unsigned", min(len(waiting), 3), len(waiting), min(waiting, default=None)),
        Reading("answered", float(last is not None), 0, last),
    ]
    since = min([*owed, *asked, *cancelled, *waiting], default=on)
    tested = {"away": "some leave is on record" if record.sponsor_away else "none on record"}
    flag = weigh("sponsor", found, pair=pair.id, as_of=on, since=since, tested=tested)
    if flag is not None:
        yield flag


def _work(record: PairRecord) -> tuple[list[date], list[date]]:
    """Due days long past of what the sponsor's side owes, and days on which something of it was closed lately."""
    mine = [each for each in record.commitments or () if each.owner == record.pair.sponsor]
    owed = [
        each.due
        for each in mine
        if each.status is CommitmentStatus.OPEN and each.due is not None and record.on - each.due > _GRACE
    ]
    closed = [
        each.closed
        for each in mine
        if each.status is CommitmentStatus.DONE and each.closed is not None and record.on - each.closed <= _LATELY
    ]
    return owed, closed


def _asked(record: PairRecord) -> list[date]:
    recent = set(record.met[-2:])
    return [
        each.since
        for each in record.blockers or ()
        if each.sponsor and each.cleared is None and each.last in recent and record.on - each.since > _WAITS
    ]
