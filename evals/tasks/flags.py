"""The stalled flag over simulated lives, week by week, as ``coach flags`` raises it; the label is the hidden state.

Weights were fitted on seeds 1-2 and bounds chosen on 11-12, so the seeds here are others. Grey are weeks of drifting
and slowness and the two weeks after a stall.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from copilot.flags.history import History
from copilot.flags.stalled import stalled
from evals.case import SetCard
from evals.results import Row
from evals.scorers import findings
from evals.simulator import Life, Simulated, cohort
from evals.tasks.row import row_of
from evals.tasks.task import Options, taken

SEED: Final = 21
PAIRS: Final = 270
WITHIN: Final = 6
"""Weeks in which a stall is to be seen (issue 5)."""


def stalled_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Each stall, each flagged episode, and each pair that rests on record."""
    for pair in taken(cohort(seed=SEED, pairs=PAIRS), card, options):
        began = time.perf_counter()
        raised = [stalled(pair.history, as_of=day) is not None for day in days_of(pair)]
        options.tell(pair.history.pair, {"forty weeks": time.perf_counter() - began})
        yield from _judged(card, pair, raised)


def days_of(pair: Simulated) -> list[date]:
    """The last day of each week of a life."""
    return [pair.history.started + timedelta(days=7 * at + 6) for at in range(len(pair.lives))]


def stretches(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of each stretch that is marked."""
    found: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if mark and at and marks[at - 1]:
            found[-1] = found[-1][0], at
        elif mark:
            found.append((at, at))
    return found


def _judged(card: SetCard, pair: Simulated, raised: Sequence[bool]) -> Iterator[Row]:
    name, style = pair.history.pair, pair.stress.value
    stalls = stretches([life is Life.STALLED for life in pair.lives])
    grey = {at for at, life in enumerate(pair.lives) if life in {Life.DRIFTING, Life.SLOW}}
    grey |= {at for _, last in stalls for at in (last + 1, last + 2)}
    text = f"{name}, {style}: " + " ".join(
        f"{at}:{life.value}{'*' if on else ''}" for at, (life, on) in enumerate(zip(pair.lives, raised, strict=True))
    )
    for start, end in stalls:
        score = findings.stall_found(start=start, end=end, raised=raised, within=WITHIN)
        yield row_of(card, "stall_found", f"{name}/w{start}", score, style=style, text=text)
    for first, last in stretches(raised):
        hit = any(first <= end and last >= start for start, end in stalls)
        score = findings.flag_right(stalled=hit, grey=bool(grey & set(range(first, last + 1))))
        yield row_of(card, "flag_right", f"{name}/w{first}", score, style=style, text=text)
    rests = [rests_on(pair.history, day) for day in days_of(pair)]
    score = findings.rest_left_alone(rests=rests, raised=raised)
    yield row_of(card, "rest_left_alone", name, score, style=style, text=text)


def rests_on(history: History, day: date) -> bool:
    """Whether a pair was on leave for a week or more that was on record by then, or had ended on record."""
    week = timedelta(days=7)
    away = any(
        each.start + week <= day <= each.end and (each.logged or each.start) <= day
        for each in (*history.away, *history.pauses)
    )
    return away or (history.ended is not None and history.ended <= day)
