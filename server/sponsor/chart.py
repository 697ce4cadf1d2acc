"""A measure's baseline and agreed threshold on one scale, as coordinates of an inline picture with a text alternative.

Draws what the programme file says and nothing else: the copilot keeps no readings of a measure, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from copilot.programme import Kpi

WIDTH: Final = 320
_LEFT, _RIGHT = 16, 304
_ROOM: Final = 0.25
"""Of the distance between baseline and threshold, left free on either side."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Where things stand, in units of the picture: ``met_from`` to ``met_to`` is where the threshold is met."""

    baseline: float
    target: float
    met_from: float
    met_to: float


@dataclass(frozen=True, slots=True)
class KpiView:
    """A measure for its page; ``chart`` is missing where baseline or threshold is."""

    name: str
    layer: str
    baseline: str
    threshold: str
    source: str
    window: str
    text: str
    chart: Chart | None


def kpi_view(kpi: Kpi) -> KpiView:
    """The measure in words, and its picture where there is anything to draw."""
    sign = "at most" if kpi.better == "lower" else "at least"
    baseline = f"{_number(kpi.baseline)} {kpi.unit}" if kpi.baseline is not None else ""
    threshold = f"{sign} {_number(kpi.target)} {kpi.unit}" if kpi.target is not None else ""
    text = (
        f"{kpi.name}: baseline {baseline or 'not given'}, agreed threshold {threshold or 'not given'};"
        f" {kpi.better} is better."
    )
    window = f"over {kpi.window_days} days" if kpi.window_days else ""
    return KpiView(kpi.name, kpi.layer, baseline, threshold, kpi.source, window, text, _chart(kpi))


def _chart(kpi: Kpi) -> Chart | None:
    if kpi.baseline is None or kpi.target is None:
        return None
    low, high = sorted((kpi.baseline, kpi.target))
    room = (high - low) * _ROOM or max(abs(high), 1.0) * _ROOM
    bottom, span = low - room, (high - low) + 2 * room

    def at(value: float) -> float:
        return round(_LEFT + (value - bottom) / span * (_RIGHT - _LEFT), 1)

    target = at(kpi.target)
    met = (float(_LEFT), target) if kpi.better == "lower" else (target, float(_RIGHT))
    return Chart(at(kpi.baseline), target, *met)


def _number(value: float) -> str:
    return f"{value:g}"
