"""What is worth a look in a cohort's spread: outcomes by group, feedback, mentor load, matches, sponsors' time.

Comparisons use exact tests; those made over all outcomes and groups are corrected together (Holm 1979).
A difference is worth a look and proves nothing: groups differ in much that the table does not hold.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import stats
from scipy.stats import contingency

from copilot.cohort.table import Cohort, Member
from copilot.holm import holm

LEAST: Final = 10
"""People of a group below which it is neither shown nor compared, so that nobody is recognised."""
FOUR_FIFTHS: Final = 0.8
"""The rule of thumb of the Uniform Guidelines on Employee Selection Procedures (1978), section 4D."""
SURE: Final = 0.05
_SHUFFLES: Final = 5000
_LOAD: Final = 4
"""Mentees of one mentor: at 4 to 8 hours a month each, more than four are 20 to 40 hours and more."""
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """One comparison. ``ratio`` is against the group with the highest rate; ``p`` is corrected over all of them."""

    what: str
    group: str
    n: int
    rate: float
    ratio: float
    low: float
    high: float
    p: float
    worth_a_look: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """All comparisons, and the lines that stand beside them."""

    looks: tuple[Look, ...]
    lines: tuple[str, ...]


def spread(cohort: Cohort, *, seed: int = 0) -> Spread:
    """Look at a cohort. The shuffles of matches are drawn from ``seed``."""
    looks = _corrected([*_outcomes(cohort), *_feedback(cohort.members)])
    lines = [
        *_small_groups(cohort),
        *_load(cohort.members),
        *_matches(cohort.members, seed),
        *_sponsors(cohort.members),
    ]
    return Spread(tuple(looks), tuple(lines))


def _groups(members: Sequence[Member]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for each in members:
        if each.group:
            found[each.group].append(each)
    return dict(sorted(found.items()))


def _outcomes(cohort: Cohort) -> Iterator[Look]:
    for name in cohort.outcomes:
        counts = {
            group: (sum(each.outcomes[name] for each in members if name in each.outcomes),
                    sum(name in each.outcomes for each in members))
            for group, members in _groups(cohort.members).items()
        }  # fmt: skip
        yield from _compared(name, {group: each for group, each in counts.items() if each[1] >= LEAST})


def _feedback(members: Sequence[Member]) -> Iterator[Look]:
    """A person counts once, by whether most of their feedback names behaviour: their notes are not independent."""
    counts: dict[str, tuple[int, int]] = {}
    for group, every in _groups(members).items():
        told = [each.feedback for each in every if each.feedback and each.feedback[0]]
        if len(told) >= LEAST:
            counts[group] = sum(good > notes * _HALF for notes, good in told), len(told)
    yield from _compared("mostly behaviour-based feedback", counts)


def _compared(what: str, counts: dict[str, tuple[int, int]]) -> Iterator[Look]:
    if len(counts) < 2:
        return
    best = max(counts, key=lambda group: counts[group][0] / counts[group][1])
    most, whole = counts[best]
    for group, (yes, n) in counts.items():
        if group == best:
            continue
        p = float(stats.fisher_exact(np.array([[yes, n - yes], [most, whole - most]])).pvalue)
        ratio, low, high = _ratio(yes, n, most, whole)
        yield Look(what, group, n, yes / n, ratio, low, high, p, worth_a_look=False)


def _ratio(yes: int, n: int, most: int, whole: int) -> tuple[float, float, float]:
    if not most:
        return 1.0, 0.0, float("inf")
    if not yes:
        return 0.0, 0.0, _zero_limit(n, most / whole)
    found = contingency.relative_risk(yes, n, most, whole)
    interval = found.confidence_interval(0.95)
    return float(found.relative_risk), float(interval.low), float(interval.high)


def _zero_limit(n: int, best: float) -> float:
    """For no case at all: the exact upper limit of the rate beside the best rate as it is."""
    return float(stats.binomtest(0, n).proportion_ci(0.95).high) / best


def _corrected(looks: Sequence[Look]) -> list[Look]:
    corrected = holm([each.p for each in looks])
    return [
        replace(each, p=p, worth_a_look=each.ratio < FOUR_FIFTHS and p < SURE)
        for each, p in zip(looks, corrected, strict=True)
    ]


def _small_groups(cohort: Cohort) -> Iterator[str]:
    if any(len(each) < LEAST for each in _groups(cohort.members).values()):
        yield f"A group of fewer than {LEAST} people is not shown and not compared."
    if len(cohort.members) < 2 * LEAST:
        yield f"Fewer than {2 * LEAST} people agreed; too few to compare groups."


def _load(members: Sequence[Member]) -> Iterator[str]:
    """Counts alone: how many mentors carry more than the role's budget allows, never which."""
    load = Counter(each.mentor for each in members if each.mentor)
    if len(load) < LEAST:
        return
    over = sum(count > _LOAD for count in load.values())
    if over:
        yield f"Worth a look: {over} of {len(load)} mentors have more than {_LOAD} mentees."
    else:
        yield f"Mentor load: none of {len(load)} mentors has more than {_LOAD} mentees."


def _matches(members: Sequence[Member], seed: int) -> Iterator[str]:
    """Same-team pairs beside what shuffling the mentors over the mentees gives."""
    pairs = [(each.team, each.mentor_team) for each in members if each.team and each.mentor_team]
    if len(pairs) < LEAST:
        return
    names = {name: at for at, name in enumerate(dict.fromkeys(name for pair in pairs for name in pair))}
    own = np.array([names[team] for team, _ in pairs])
    theirs = np.array([names[team] for _, team in pairs])
    same = int((own == theirs).sum())
    chance = np.random.default_rng(seed)
    drawn = np.array([int((own == chance.permutation(theirs)).sum()) for _ in range(_SHUFFLES)])
    p = (int((drawn >= same).sum()) + 1) / (_SHUFFLES + 1)
    told = f"{same} of {len(pairs)} pairs are of one team; shuffled, {float(drawn.mean()):.1f} would be (p = {p:.4f})"
    yield f"Worth a look: {told}." if p < SURE else f"Matches: {told}."


def _sponsors(members: Sequence[Member]) -> Iterator[str]:
    """Whether few sponsors' mentees get most of the time; shares alone."""
    hours: dict[str, float] = defaultdict(float)
    for each in members:
        if each.sponsor and each.sponsor_hours is not None:
            hours[each.sponsor] += each.sponsor_hours
    total = sum(hours.values())
    if len(hours) < LEAST or not total:
        return
    top = sorted(hours.values(), reverse=True)[: max(1, len(hours) // 5)]
    share = sum(top) / total
    told = f"the busiest fifth of {len(hours)} sponsors gives {share:.0%} of the sponsors' hours"
    yield f"Worth a look: {told}." if share > _HALF else f"Sponsors' time: {told}."
