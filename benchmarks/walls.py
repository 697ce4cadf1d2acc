"""Walls: every role, consent state, lane, document kind and way of reading, with a canary in each place of a text.

``python -m benchmarks.walls``; the same check as ``tests/walls``, with its figures.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, Ratio, Share, show
from tests.doubles.walls import STATES, VIEWERS, checked, planted


def figures() -> list[Figure]:
    """Leaks among all combinations that must not be seen; how often a canary was seen by those it is for."""
    hidden = leaks = rightly = total = 0
    ways: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        for _, _, where, seen, may in checked(Path(folder)):
            total += 1
            ways.add(where)
            hidden += not may
            leaks += seen and not may
            rightly += seen and may
    classes = len(list(planted()))
    return [
        Share("walls: canaries seen by those they are not for", leaks, hidden, most=0.0),
        Ratio("walls: combinations of role, state, reading and canary", float(total), total, least=100_000),
        Ratio("walls: sightings by those they are for", float(rightly), total, least=1),
        Ratio("walls: views (roles x states)", float(len(STATES) * len(VIEWERS)), total),
        Ratio("walls: ways of reading", float(len(ways)), total),
        Ratio("walls: canary classes (lane x kind x place)", float(classes), total),
    ]


def main() -> None:
    """Print the figures; exit status 1 when one is not as wanted."""
    sys.exit(not show("walls", figures()))


if __name__ == "__main__":
    main()
