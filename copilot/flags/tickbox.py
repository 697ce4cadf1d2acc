"""Tick-box notes: notes that repeat the pair's own earlier ones, and commitments that never vary. For the pair alone.

Compares a pair with nobody but itself. Short notes and a short history are unknown and raise nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from copilot.flags.flag import Flag
from copilot.flags.record import PairRecord, SessionNote
from copilot.flags.signals import Reading
from copilot.flags.weighing import weigh
from copilot.mentions import CommitmentStatus
from copilot.similarity import content, numbers, stems

_LOOKS_AT: Final = 4
_RUN: Final = 3
_LEAST_RUNS: Final = 20
"""A note of fewer runs of three words is too short to be a copy of anything."""
_COPY: Final = 0.7
"""Share of both notes' runs from which one is nearly the other; a weekly form with new content stays under it."""
_NEW: Final = 0.3
_HEADING_WORDS: Final = 3


def tickbox(record: PairRecord) -> Iterator[Flag]:
    """What the pair may want to look at in its own notes."""
    if record.over or record.notes is None:
        return
    notes = sorted(record.notes, key=lambda each: each.day)
    for flag in (_repeated(record, notes), _same(record, notes)):
        if flag is not None:
            yield flag


def _repeated(record: PairRecord, notes: list[SessionNote]) -> Flag | None:
    known = [(each.day, made) for each in notes if len(made := _runs(each.text)) >= _LEAST_RUNS]
    if len(known) < 3:
        return None
    nearest = [
        (day, max((_alike(mine, other) for _, other in known[:at]), default=0.0))
        for at, (day, mine) in enumerate(known)
    ][-_LOOKS_AT:]
    copies = [day for day, share in nearest if share >= _COPY]
    if not copies:
        return None
    last, share = nearest[-1]
    found = [
        Reading("copies", len(copies) - 1, len(copies), copies[-1]),
        Reading("fresh", float(share < _NEW), 0, last),
    ]
    return weigh("repeated_notes", found, pair=record.pair.id, as_of=record.on, since=copies[0])


def _runs(text: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Runs of three stems, headings left out: the form of a note is no copy."""
    lines = (line for part in text for line in part.split("\n"))
    told = [stems(line) for line in lines if not line.lstrip().startswith("#") and len(line.split()) > _HEADING_WORDS]
    return frozenset(each[at : at + _RUN] for each in told for at in range(len(each) - _RUN + 1))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def _same(record: PairRecord, notes: list[SessionNote]) -> Flag | None:
    told = [(each.day, [content(text) for text in each.promises]) for each in notes if each.promises]
    if len(told) < 3:
        return None
    at = len(told) - 1
    while at > 0 and _unvaried(told[at - 1][1], told[at][1]):
        at -= 1
    run = len(told) - at
    if run < 3:
        return None
    since = told[at][0]
    done = _finished(record, since)
    found = [Reading("same", min(run, 6) - 2, run, told[-1][0]), Reading("finished", float(done is not None), 0, done)]
    return weigh("same_commitments", found, pair=record.pair.id, as_of=record.on, since=since)


def _unvaried(before: list[frozenset[str]], after: list[frozenset[str]]) -> bool:
    """Whether each promise of a session stands in the one before, with the same numbers."""
    return all(any(numbers(one) == numbers(other) and _near(one, other) for other in before) for one in after)


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and len(one & other) / len(one | other) >= _COPY


def _finished(record: PairRecord, since: date) -> date | None:
    ended = {CommitmentStatus.DONE}
    days = [
        each.closed
        for each in record.commitments or ()
        if each.status in ended and each.closed is not None and each.closed > since
    ]
    return max(days, default=None)
