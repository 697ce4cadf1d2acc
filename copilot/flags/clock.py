"""The clock of a pair: which days count. It stands still while the pair could not meet or agreed not to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Clock:
    """Stretches of days that do not count, in order and apart from each other; as ordinals, both ends included."""

    paused: tuple[tuple[int, int], ...] = ()

    def active_days(self, after: date, until: date) -> int:
        """Days that count, of those later than ``after`` up to ``until``; 0 where there are none."""
        low, high = after.toordinal() + 1, until.toordinal()
        still = sum(max(0, min(high, end) - max(low, start) + 1) for start, end in self.paused)
        return max(0, high - low + 1 - still)

    def pause_at(self, day: date) -> int:
        """Length in days of the stretch that holds ``day``; 0 where the clock runs."""
        at = day.toordinal()
        return next((end - start + 1 for start, end in self.paused if start <= at <= end), 0)


def clock(stretches: Iterable[tuple[date, date]]) -> Clock:
    """A clock that stands still in the stretches, in any order and overlapping as they like."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((start.toordinal(), end.toordinal()) for start, end in stretches if start <= end):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return Clock(tuple(merged))
