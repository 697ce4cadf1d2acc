"""Whether notes in other languages are told from English ones: ``python -m benchmarks.languages [PATH]``.

PATH is JSON lines of ``{"text", "language"}`` where ``mixed-xx`` is English with a passage in another language. A
note is wrongly held when any of its lines is; one in another language is held only when every line is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, Share, show
from guards.language import ENGLISH, foreign_lines

HELD_OUT = Path(__file__).parent / "held_out" / "languages.jsonl"


def figures(path: Path = HELD_OUT) -> Sequence[Figure]:
    """Shares of English notes held, of others held whole, and of mixed ones in which the passage was seen."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    english, other, mixed = [0, 0], [0, 0], [0, 0]
    for row in rows:
        lines = [line for line in str(row["text"]).splitlines() if line.strip()]
        foreign = foreign_lines(lines)
        if row["language"] == ENGLISH:
            counts, hit = english, any(foreign)
        elif str(row["language"]).startswith("mixed"):
            counts, hit = mixed, any(foreign)
        else:
            counts, hit = other, all(foreign)
        counts[0] += hit
        counts[1] += 1
    return [
        Share("notes in another language held whole", *other),
        Share("mixed notes in which it is seen", *mixed),
        Share("English notes in which a line is held", *english, most=0.01),
    ]


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    return 0 if show(f"Languages ({path.name})", figures(path)) else 1


if __name__ == "__main__":
    sys.exit(main())
