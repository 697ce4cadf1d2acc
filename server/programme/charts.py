"""A KPI drawn as a line from its baseline to its threshold, with the same in words.

Draws what the programme states and nothing else: it keeps no measured values, so none are drawn and the text says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from copilot.programme import Kpi

WIDTH: Final = 360
_LEFT: Final = 30
_RIGHT: Final = 330


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the line, in units of the drawing, and what stands at it."""

    x: float
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on the scale."""

    x: float
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its words; without both values there is nothing to draw, and ``missing`` says what is needed."""

    kpi: Kpi
    text: str
    baseline: Mark | None = None
    target: Mark | None = None
    ticks: tuple[Tick, ...] = ()
    missing: tuple[str, ...] = ()


def chart(kpi: Kpi) -> Chart:
    """The chart of a KPI."""
    stated = (("baseline", kpi.baseline), ("threshold", kpi.target))
    missing = tuple(name for name, value in stated if value is None)
    says = [f"{name} {_number(value)} {kpi.unit}".strip() for name, value in stated if value is not None]
    way = f"{kpi.better} is better"
    text = f"{kpi.name}: {', '.join([*says, way])}. No measured value is on record."
    if kpi.baseline is None or kpi.target is None:
        return Chart(kpi, text, missing=missing)
    low, high = sorted((kpi.baseline, kpi.target))
    room = (high - low) / 4 or abs(high) / 4 or 1.0
    first, last = low - room, high + room

    def x(value: float) -> float:
        return round(_LEFT + (value - first) / (last - first) * (_RIGHT - _LEFT), 1)

    middle = (low + high) / 2
    ticks = tuple(Tick(x(each), _number(each)) for each in dict.fromkeys((low, middle, high)))
    return Chart(
        kpi, text, Mark(x(kpi.baseline), _number(kpi.baseline), "baseline"), Mark(x(kpi.target), _number(kpi.target),
        "threshold"), ticks,
    )  # fmt: skip


def _number(value: float) -> str:
    return f"{value:.6g}"
