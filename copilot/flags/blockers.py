"""Blockers that a pair can't remove: governance, data access, resource; with their age, and counted across pairs.

Reads what a blocker is about from a word list, and passes on days and counts alone: no word of a note. Refuses a
count over fewer pairs than the bound, so that nobody can tell whose it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from copilot.flags.flag import Flag
from copilot.flags.record import Blocked, PairRecord
from copilot.flags.signals import Reading
from copilot.flags.weighing import weigh
from copilot.flags.words import hits, words

STRUCTURAL: Final = ("governance", "data_access", "resource")
LEAST_PAIRS: Final = 10
"""A cell of fewer pairs is not shown: issue 5 asks for cells of ten at programme level."""
_TWO_WEEKS: Final = 14


def about(text: str) -> str | None:
    """What a blocker is about, or ``None`` where nothing says that it is beyond the pair."""
    if hits(text, words().own):
        return None
    found = {name: hits(text, listed) for name, listed in words().blockers.items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] else None


def says_cleared(text: str) -> bool:
    """Whether a line says that the thing is cleared, and does not say so of a day to come or deny it."""
    return bool(hits(text, words().cleared)) and not hits(text, words().not_cleared)


def blockers(record: PairRecord) -> Iterator[Flag]:
    """A flag for each category in which something blocks the pair; by the oldest that is still heard."""
    if record.over or record.blockers is None:
        return
    for category in STRUCTURAL:
        mine = [each for each in record.blockers if each.category == category]
        if mine and (flag := _flag(record, category, mine)) is not None:
            yield flag


def _flag(record: PairRecord, category: str, mine: list[Blocked]) -> Flag | None:
    recent = set(record.met[-2:])
    heard = [each for each in mine if each.cleared is None and each.last in recent]
    each = min(heard or mine, key=lambda one: one.since)
    days = (record.on - each.since).days
    found = [
        Reading("heard", min(each.sessions, 4), each.sessions, each.last),
        Reading("old", min(days / _TWO_WEEKS, 4), days, each.since),
        Reading("quiet", float(each.last not in recent), 0, each.last),
        Reading("cleared", float(each.cleared is not None), 0, each.cleared),
    ]
    tested = {"cleared": f"last heard {each.last.isoformat()}"}
    return weigh(category, found, pair=record.pair.id, as_of=record.on, since=each.since, tested=tested)


@dataclass(frozen=True, slots=True)
class Across:
    """One category over a programme: ``pairs`` that have it and the age in days of the middle one.

    Both are ``None`` where fewer than the bound have it: then nobody is told whether it is nine pairs or none.
    """

    category: str
    pairs: int | None
    middle_days: int | None


def across(rows: Iterable[tuple[str, str, int]], *, least: int = LEAST_PAIRS) -> tuple[Across, ...]:
    """Each category over pairs, from rows of category, pair and age in days; the oldest of a pair counts.

    No total is given, from which a small cell would follow.
    """
    every = list(rows)
    made: list[Across] = []
    for category in STRUCTURAL:
        ages: dict[str, int] = {}
        for name, pair, days in every:
            if name == category:
                ages[pair] = max(days, ages.get(pair, 0))
        shown = len(ages) >= least
        middle = sorted(ages.values())[len(ages) // 2] if shown else None
        made.append(Across(category, len(ages) if shown else None, middle))
    return tuple(made)
