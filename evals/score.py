"""A score: one number for one case by one scorer, with the reason and where to look. Pure values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` is 1 for good and 0 for bad, in between where a share is meant, ``None`` where it does not apply.

    ``reason`` is a short word or line that groups what went wrong; ``spans`` are offsets in the scored text.
    """

    value: float | None
    reason: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def passed(good: bool, reason: str = "", spans: tuple[tuple[int, int], ...] = ()) -> Score:
    """1 or 0; the reason is kept where it is bad."""
    return Score(1.0) if good else Score(0.0, reason, spans)


NOT_APPLICABLE = Score(None)
