"""Holm's correction for many looks, which scipy lacks: for a cohort's comparisons and the evaluation's gate."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values after Holm's step-down correction (Holm 1979), each at its own place."""
    order = sorted(range(len(p_values)), key=lambda at: p_values[at])
    found, most = [0.0] * len(p_values), 0.0
    for rank, at in enumerate(order):
        most = max(most, min(1.0, (len(p_values) - rank) * p_values[at]))
        found[at] = most
    return found
