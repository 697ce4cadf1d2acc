"""The stalled flag on simulated cohorts, beside silence rules: ``coach bench flags``.

Weights were fitted on seeds 1-2 (``--fit`` prints them), bounds chosen on seeds 11-12, figures are of seeds 21-22.
A flag is right when it falls in a stalled stretch, false when neither there nor in a grey week (drifting, slow, the
two weeks after a stall); grey ones are left out. Found: raised by six weeks after the stall began.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np

from benchmarks.figures import Figure, Ratio, Share, show
from copilot.flags.stalled import judge, stalled
from copilot.flags.weights import Weights, stalled_weights
from evals.simulator import WEEKS, Life, Simulated, Stress, cohort

_FIT: Final = (1, 2)
_CHOOSE: Final = (11, 12)
_REPORT: Final = (21, 22)
_PAIRS: Final = 270
_FOUND_BY: Final = 6
_RESTS: Final = -1.0
_ALONE: Final = 3.0
"""Taken off a score that may keep a flag up and not raise one: a single family, or a short pause."""
Rule = Callable[[Simulated, date], bool]


@dataclass(slots=True)
class Tally:
    """Counts of flagged stretches and of stalls."""

    right: int = 0
    false: int = 0
    found: int = 0
    stalls: int = 0
    weeks: int = 0
    delays: list[int] = field(default_factory=list[int])

    def add(self, other: Tally) -> None:
        """Add another's counts."""
        self.right += other.right
        self.false += other.false
        self.found += other.found
        self.stalls += other.stalls
        self.weeks += other.weeks
        self.delays += other.delays


def runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of each stretch that is marked."""
    found: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if mark and at and marks[at - 1]:
            found[-1] = found[-1][0], at
        elif mark:
            found.append((at, at))
    return found


def tally(pair: Simulated, raised: Sequence[bool]) -> Tally:
    """How the weeks of one pair were judged."""
    stalls = runs([life is Life.STALLED for life in pair.lives])
    grey = {at for at, life in enumerate(pair.lives) if life in {Life.DRIFTING, Life.SLOW}}
    grey |= {at for _, last in stalls for at in (last + 1, last + 2)}
    made = Tally(weeks=len(pair.lives), stalls=len(stalls))
    for first, last in runs(raised):
        if any(first <= end and last >= start for start, end in stalls):
            made.right += 1
        elif not grey & set(range(first, last + 1)):
            made.false += 1
    for start, end in stalls:
        hit = next((at for at in range(start, min(end, start + _FOUND_BY) + 1) if raised[at]), None)
        if hit is not None:
            made.found += 1
            made.delays.append(hit - start)
    return made


def days_of(pair: Simulated) -> list[date]:
    """The last day of each week of a life."""
    return [pair.history.started + timedelta(days=7 * at + 6) for at in range(WEEKS)]


def silence(limit: int) -> Rule:
    """Raised after so many calendar days without a logged session."""

    def rule(pair: Simulated, day: date) -> bool:
        seen = pair.history.seen_on(day)
        last = max((row.day for row in seen.held), default=seen.started)
        return seen.ended is None and (day - last).days > limit

    return rule


def scored(pairs: Sequence[Simulated], weights: Weights) -> list[list[float]]:
    """The score of each week, marked where it may not raise a flag."""
    return [[_score(pair, day, weights) for day in days_of(pair)] for pair in pairs]


def _score(pair: Simulated, day: date, weights: Weights) -> float:
    now = judge(pair.history, as_of=day, weights=weights)
    return _RESTS if now.rests else now.score if now.counts else now.score - _ALONE


def latched(scores: Sequence[float], *, watch: float, clears: float) -> list[bool]:
    """Raised at ``watch`` until under ``clears``; a week that rests passes the state on unseen."""
    on, found = False, list[bool]()
    for score in scores:
        if score != _RESTS:
            kept = score + _ALONE if score < _RESTS else score
            on = score >= watch or (on and kept >= clears)
        found.append(on and score != _RESTS)
    return found


def total(pairs: Sequence[Simulated], raised: Sequence[Sequence[bool]], *, only: Stress | None = None) -> Tally:
    """All pairs together, or those of one stress."""
    made = Tally()
    for pair, marks in zip(pairs, raised, strict=True):
        if only is None or pair.stress is only:
            made.add(tally(pair, marks))
    return made


def fit(pairs: Sequence[Simulated], weights: Weights) -> dict[str, float]:
    """Logistic regression by gradient on weeks that are not grey, each weight kept to the sign its reason gives."""
    names = list(weights.signals)
    at = {name: number for number, name in enumerate(names)}
    rows: list[list[float]] = []
    truth: list[float] = []
    for pair in pairs:
        for week, (life, day) in enumerate(zip(pair.lives, days_of(pair), strict=True)):
            early = life is Life.STALLED and week >= 3 and pair.lives[week - 3] is not Life.STALLED
            if life in {Life.DRIFTING, Life.SLOW} or early:
                continue
            now = judge(pair.history, as_of=day, weights=weights)
            if now.rests:
                continue
            row = [0.0] * len(names) + [1.0]
            for reading, _ in now.found:
                row[at[reading.signal]] = reading.value
            rows.append(row)
            truth.append(float(life is Life.STALLED))
    x, y = np.array(rows), np.array(truth)
    signs = np.array([np.sign(weights.signals[name].weight) for name in names])
    w = np.zeros(len(names) + 1)
    for _ in range(6000):
        slope = x.T @ (1 / (1 + np.exp(-(x @ w))) - y) / len(y) + 1e-4 * w
        w -= 0.5 * slope
        w[:-1] = np.where(w[:-1] * signs < 0, 0.0, w[:-1])
    return {**{name: round(float(w[at[name]]), 2) for name in names}, "bias": round(float(w[-1]), 2)}


def cohorts(seeds: Sequence[int]) -> list[Simulated]:
    """The pairs of several seeds."""
    return [pair for seed in seeds for pair in cohort(seed=seed, pairs=_PAIRS)]


def _shares(name: str, made: Tally, *, least: float | None = None) -> list[Figure]:
    return [
        Share(f"{name}: precision", made.right, made.right + made.false, least=least),
        Share(f"{name}: recall in six weeks", made.found, made.stalls, least=least),
    ]


def _equal_recall(
    pairs: Sequence[Simulated], scores: Sequence[Sequence[float]], want: Tally, clears: float, only: Stress | None
) -> Tally:
    """Ours at the highest bound whose recall is no less than a rule's."""
    made = Tally()
    for bound in np.arange(0.98, 0.02, -0.04):
        marks = [latched(each, watch=float(bound), clears=min(clears, float(bound))) for each in scores]
        made = total(pairs, marks, only=only)
        if made.found >= want.found:
            return made
    return made


def figures() -> list[Figure]:
    """Pooled, by stress, and beside silence at equal recall; then the time of 10,000 pairs."""
    weights = stalled_weights()
    pairs = cohorts(_REPORT)
    scores = scored(pairs, weights)
    ours = [latched(each, watch=weights.watch, clears=weights.clears) for each in scores]
    made = total(pairs, ours)
    found = _shares("pooled", made, least=0.70)
    found.append(Ratio("pooled: weeks of delay, mean", float(np.mean(made.delays or [0])), len(made.delays)))
    found.append(Ratio("pooled: false alerts per 100 pair-weeks", 100 * made.false / made.weeks, made.weeks))
    for limit in (30, 45):
        marks = [[silence(limit)(pair, day) for day in days_of(pair)] for pair in pairs]
        for only in (None, *Stress):
            name = only.value if only else "pooled"
            want = total(pairs, marks, only=only)
            found += _shares(f"{name}: {limit} days of silence", want)
            equal = _equal_recall(pairs, scores, want, weights.clears, only)
            found += _shares(f"{name}: ours at that recall", equal)
    for only in Stress:
        part = total(pairs, ours, only=only)
        found += _shares(only.value, part)
        found.append(Ratio(f"{only.value}: false per 100 pair-weeks", 100 * part.false / part.weeks, part.weeks))
    return [*found, *_parity(pairs, ours), *_time()]


def _parity(pairs: Sequence[Simulated], raised: Sequence[Sequence[bool]]) -> list[Figure]:
    """Pairs that never stall and were flagged outside grey weeks, by what should make no difference."""
    found: list[Figure] = []
    for only in (
        Stress.PLAIN,
        Stress.LEAVE_RECORDED,
        Stress.LEAVE_UNRECORDED,
        Stress.OFF_PLATFORM,
        Stress.SLOW_CADENCE,
    ):
        calm = [
            tally(pair, marks).false > 0
            for pair, marks in zip(pairs, raised, strict=True)
            if pair.stress is only and Life.STALLED not in pair.lives
        ]
        found.append(Share(f"parity: {only.value} pairs that never stall, flagged", sum(calm), len(calm)))
    return found


def _time() -> list[Figure]:
    some = cohort(seed=31, pairs=1000)
    wall, own = time.perf_counter(), time.process_time()
    for pair in some:
        stalled(pair.history, as_of=date(2026, 11, 10))
    wall, own = 10 * (time.perf_counter() - wall), 10 * (time.process_time() - own)
    return [
        Ratio("seconds for 10,000 pairs (1,000 timed, times ten)", wall, len(some), most=2.0),
        Ratio("the same in processor seconds, other work left out", own, len(some)),
    ]


def choose() -> list[str]:
    """Precision and recall by bound, on the seeds kept for choosing."""
    weights, pairs = stalled_weights(), cohorts(_CHOOSE)
    scores = scored(pairs, weights)
    told: list[str] = []
    for bound in np.arange(0.2, 0.95, 0.1):
        for clears in (0.15, 0.3, 0.45):
            made = total(pairs, [latched(each, watch=float(bound), clears=clears) for each in scores])
            p, r = made.right / max(1, made.right + made.false), made.found / max(1, made.stalls)
            told.append(f"watch {bound:.2f} clears {clears:.2f}: P {p:.3f} R {r:.3f}")
    return told


def main(arguments: Sequence[str]) -> int:
    """Print the figures; ``--fit`` prints fitted weights, ``--choose`` bounds, each on seeds of its own."""
    if "--fit" in arguments:
        print(fit(cohorts(_FIT), stalled_weights()))
        return 0
    if "--choose" in arguments:
        print("\n".join(choose()))
        return 0
    return 0 if show("Stalled pairs, simulated, seeds 21-22", figures()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
