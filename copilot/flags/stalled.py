"""The stalled flag: whether a pair's process seems to have stopped, by two families of evidence or more.

Pure, and judged by what was logged on the day alone. Refuses to raise anything on one family of evidence, while the
pair's clock stands still, or after the pair ended; missing data adds no points.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from copilot.flags.flag import Alternative, Evidence, Flag, FlagKind, Tier
from copilot.flags.history import History
from copilot.flags.signals import Reading, View, readings, usual_lag, view_of
from copilot.flags.weights import Weights, stalled_weights
from copilot.programme import SessionStatus
from guards.access import Role

_WEEK: Final = timedelta(days=7)
_LONG_PAUSE: Final = 7
"""Days: in a longer pause nobody is asked to act, so a raised flag rests too."""
_LOOKS_BACK: Final = 40
"""Weeks that hysteresis looks back at most."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How a history looks on a day. ``counts``: two families speak, and the clock runs."""

    view: View
    score: float
    found: tuple[tuple[Reading, float], ...]
    counts: bool
    rests: bool


def judge(history: History, *, as_of: date, weights: Weights | None = None) -> Judged:
    """Weigh what was visible on ``as_of``."""
    weights = weights or stalled_weights()
    view = view_of(history, as_of=as_of, handover_days=weights.handover_days)
    found = tuple((each, weights.signals[each.signal].weight * each.value) for each in readings(view))
    total = weights.bias + sum(points for _, points in found)
    families = defaultdict[str, float](float)
    for each, points in found:
        families[weights.signals[each.signal].family] += points
    two = sum(points >= weights.least_points for points in families.values()) >= 2
    pause = view.clock.pause_at(as_of)
    over = view.seen.ended is not None or as_of < history.started
    return Judged(view, 1 / (1 + math.exp(-total)), found, two and not pause and not over, over or pause > _LONG_PAUSE)


def stalled(history: History, *, as_of: date, weights: Weights | None = None) -> Flag | None:
    """The flag of a pair on a day, or none.

    It is raised at ``watch`` and stays until the score is under ``clears``, looking back week by week: each earlier
    day is judged by what was visible then.
    """
    weights = weights or stalled_weights()
    now = judge(history, as_of=as_of, weights=weights)
    if now.rests or now.score < weights.clears:
        return None
    since = _since(history, now, weights)
    if since is None:
        return None
    held = now.score >= weights.review and now.counts
    return Flag(
        pair=history.pair,
        kind=FlagKind.STALLED,
        tier=Tier.REVIEW if held else Tier.WATCH,
        as_of=as_of,
        since=since,
        score=now.score,
        evidence=_evidence(now, weights),
        alternatives=tuple(_alternatives(now.view)),
        clears_when=(
            "a held session is logged or a commitment is closed, so that the score falls under"
            f" {weights.clears:g}; a pause, leave or end put on record clears it too"
        ),
        next_step=_next_step(now),
    )


def _since(history: History, now: Judged, weights: Weights) -> date | None:
    """The first Monday of the stretch that reaches to now; ``None`` where nothing is raised."""
    raised = now.counts and now.score >= weights.watch
    first: date | None = now.view.as_of if raised else None
    day = now.view.as_of - timedelta(days=now.view.as_of.weekday() or 7)
    for _ in range(_LOOKS_BACK):
        if day < history.started:
            break
        then = judge(history, as_of=day, weights=weights)
        if not then.rests and then.score < weights.clears:
            break
        if then.counts and then.score >= weights.watch:
            first = day
        day -= _WEEK
    return first + timedelta(days=-first.weekday() % 7) if first else None


def _evidence(now: Judged, weights: Weights) -> tuple[Evidence, ...]:
    cadence = now.view.seen.cadence_days
    made = (
        Evidence(
            weights.signals[each.signal].say.format(days=each.n, n=each.n, cadence=f"{cadence} days"),
            weights.signals[each.signal].family, points, each.signal, each.day,
        )
        for each, points in now.found
    )  # fmt: skip
    return tuple(sorted(made, key=lambda each: (-each.points, each.source or "")))


def _alternatives(view: View) -> Iterator[Alternative]:
    seen = view.seen
    moved = any(day > view.last for row in seen.work for day in (row.opened, *([row.closed] if row.closed else [])))
    yield Alternative("met elsewhere and not logged", "work moved since" if moved else "no work moved since")
    lag = usual_lag(view)
    known = any(row.logged for row in view.held)
    yield Alternative("met and not yet logged", f"usually logged in {lag} days" if known else "unknown")
    sponsor = any(row.cancelled_by is Role.SPONSOR for row in seen.sessions if row.day > view.last)
    yield Alternative("waiting on the sponsor", "a session was cancelled by the sponsor" if sponsor else "not seen")
    away = any(each.end > view.last for each in (*seen.away, *seen.pauses, *seen.holidays))
    yield Alternative("leave or a pause that is not on record", "some is on record" if away else "none on record")
    if seen.planned_end is not None and view.as_of >= seen.planned_end:
        yield Alternative("the programme's planned weeks are over", "seen")
    if any(row.status is SessionStatus.CANCELLED and row.cancelled_by is None for row in seen.sessions):
        yield Alternative("a session was cancelled and nobody wrote by whom", "seen")


def _next_step(now: Judged) -> str:
    if not now.view.held:
        return "Ask both whether a first date is set, and offer to help find one."
    if any(each.signal == "empty" for each, _ in now.found):
        return "Ask the pair what they would like their next session to move."
    return "Ask both, lightly and by the same message, whether the pair met elsewhere or would like a pause."
