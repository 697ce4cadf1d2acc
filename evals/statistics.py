"""Intervals and tests that take cases of one pair as alike; scipy does the mathematics.

A share of n values in k clusters is given the Wilson interval of n divided by the design effect (Kish 1965): clusters
that agree within count for less. Two runs are compared on the same cases alone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

_CLUSTERS: Final = 3
"""Fewer clusters say nothing of how clusters differ."""
_BOOTSTRAPS: Final = 2000
_ROUNDING: Final = 1e-9
"""So that n divided by an effect of 1 stays n."""
_POWER_Z: Final = 0.8416
"""The standard normal's 80 % point: the power for which the detectable difference is printed."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its interval; ``counted`` is n divided by the design effect."""

    mean: float
    low: float
    high: float
    n: int
    clusters: int
    counted: int


@dataclass(frozen=True, slots=True)
class Difference:
    """New minus old on the same cases. ``low`` is the one-sided limit below which it does not lie.

    ``p_worse`` is McNemar's exact one-sided test that more cases got worse than better; ``detectable`` the drop that
    as many cases and as much change would show four times in five.
    """

    change: float
    low: float
    worse: int
    better: int
    n: int
    p_worse: float
    detectable: float


def share(values: Sequence[float], clusters: Sequence[str], *, level: float = 0.95) -> Interval:
    """The mean of values from 0 to 1 with its interval; the whole range for no values."""
    n = len(values)
    if not n:
        return Interval(0.0, 0.0, 1.0, 0, 0, 0)
    mean = sum(values) / n
    counted = max(1, math.floor(n / design_effect(values, clusters) + _ROUNDING))
    test = stats.binomtest(min(counted, round(mean * counted)), counted)
    limits = test.proportion_ci(level, method="wilson")
    return Interval(mean, min(mean, float(limits.low)), max(mean, float(limits.high)), n, len(set(clusters)), counted)


def design_effect(values: Sequence[float], clusters: Sequence[str]) -> float:
    """How many times larger the variance of the mean is than if every value stood alone; at least 1."""
    groups: dict[str, list[float]] = defaultdict(list)
    for value, cluster in zip(values, clusters, strict=True):
        groups[cluster].append(value)
    n, k, mean = len(values), len(groups), sum(values) / len(values)
    alone = float(np.var(np.asarray(values), ddof=min(1, n - 1))) / n
    if k < _CLUSTERS or alone <= 0:
        return 1.0
    between = k / (k - 1) * sum((sum(each) - mean * len(each)) ** 2 for each in groups.values()) / n**2
    return max(1.0, between / alone)


def upper_bound(bad: int, counted: int, *, level: float = 0.95) -> float:
    """The exact one-sided limit (Clopper and Pearson 1934) above which a rate of bad ones does not lie."""
    if not counted:
        return 1.0
    return float(stats.binomtest(min(bad, counted), counted, alternative="less").proportion_ci(level).high)


def difference(
    old: Mapping[str, float],
    new: Mapping[str, float],
    clusters: Mapping[str, str],
    *,
    level: float = 0.95,
    seed: int = 0,
) -> Difference:
    """Compare two runs on the cases that the old one has; a case that the new one lacks counts as 0.

    The limit is of the bootstrap over clusters (whole pairs are drawn), 2,000 draws.
    """
    units = list(old)
    changes = np.array([new.get(each, 0.0) - old[each] for each in units])
    worse, better = int((changes < 0).sum()), int((changes > 0).sum())
    n = len(units)
    if not n:
        return Difference(0.0, -1.0, 0, 0, 0, 1.0, 1.0)
    p_worse = float(stats.binomtest(worse, worse + better, alternative="greater").pvalue) if worse + better else 1.0
    low = _lower(changes, [clusters[each] for each in units], level=level, seed=seed)
    spread = math.sqrt(max(float(np.var(changes)), 1 / n) / n)
    z = float(stats.norm.ppf(level)) + _POWER_Z
    return Difference(float(changes.mean()), low, worse, better, n, p_worse, z * spread)


def _lower(changes: np.ndarray, clusters: Sequence[str], *, level: float, seed: int) -> float:
    """The lower limit of the mean change when whole clusters are drawn again."""
    names = {name: at for at, name in enumerate(dict.fromkeys(clusters))}
    index = np.array([names[each] for each in clusters])
    sums = np.bincount(index, weights=changes, minlength=len(names))
    sizes = np.bincount(index, minlength=len(names)).astype(float)
    if not np.any(sums):
        return float(changes.mean())
    drawn = np.random.default_rng(seed).integers(0, len(names), size=(_BOOTSTRAPS, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return float(np.quantile(means, 1 - level))
