"""The second set of commitments kept apart, by two other authors: ``coach bench commitments_second``.

Judged as ``commitments_held_out`` judges the first one; shown apart from it, for it says how rules carry over.
"""

from __future__ import annotations

from benchmarks import commitments_held_out
from benchmarks.figures import Figure, show


def figures() -> list[Figure]:
    """The goals of issue 4 on the second set."""
    return commitments_held_out.figures(commitments_held_out.SECOND)


if __name__ == "__main__":
    raise SystemExit(0 if show("Commitments on a second set kept apart", figures()) else 1)
