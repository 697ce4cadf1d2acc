"""Figures as a benchmark prints them: a share with n and its Wilson interval, or a ratio, beside what is wanted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_Z = 1.96


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of ``hits`` of ``total``; the whole range for n = 0."""
    if not total:
        return 0.0, 1.0
    share = hits / total
    middle = (share + _Z * _Z / (2 * total)) / (1 + _Z * _Z / total)
    half = _Z / (1 + _Z * _Z / total) * math.sqrt(share * (1 - share) / total + _Z * _Z / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total``; ``least`` or ``most`` is what is wanted of the share."""

    name: str
    hits: int
    total: int
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the share is as wanted; a share of nothing is not."""
        if not self.total:
            return False
        share = self.hits / self.total
        return (self.least is None or share >= self.least) and (self.most is None or share <= self.most)

    def line(self) -> str:
        """The share with its interval."""
        low, high = wilson(self.hits, self.total)
        share = f"{self.hits / self.total:.4f}" if self.total else "-"
        return f"{self.hits}/{self.total} = {share} [{low:.4f}, {high:.4f}]"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio or amount of ``n`` observations; ``low`` and ``high`` are its 95 % interval where it was taken."""

    name: str
    value: float
    n: int
    least: float | None = None
    most: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def met(self) -> bool:
        """Whether the value is as wanted; a value of nothing is not."""
        if not self.n:
            return False
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def line(self) -> str:
        """The value with n, and its interval where there is one."""
        interval = f" [{self.low:.3g}, {self.high:.3g}]" if self.low is not None and self.high is not None else ""
        return f"{self.value:.3g}{interval} (n = {self.n})"


Figure = Share | Ratio


def share_line(hits: int, total: int) -> str:
    """A share alone, with n and its interval, as text."""
    return Share("", hits, total).line()


def show(title: str, figures: Sequence[Figure]) -> bool:
    """Print a titled block, a figure a line; whether all are as wanted."""
    print(title)
    for each in figures:
        bound = f">= {each.least:g}" if each.least is not None else f"<= {each.most:g}" if each.most is not None else ""
        mark = "" if not bound else "ok" if each.met else "NOT MET"
        print(f"  {each.name:56} {each.line():44} {bound:10} {mark}".rstrip())
    return all(each.met for each in figures if each.least is not None or each.most is not None)
