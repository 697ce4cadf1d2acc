"""Signs of crisis found among labelled sentences: ``python -m benchmarks.crisis_signs [PATH]``.

PATH is JSON lines of ``{"text": ..., "crisis": true | false}``. Without one, a file kept apart by somebody who never
saw the rules. A missed sign is far worse than a help card too many, but talk about work must stay.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, Share, show
from guards.held import CRISIS, held_reason
from guards.text import mint_redacted

HELD_OUT = Path(__file__).parent / "held_out" / "crisis_second.jsonl"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence."""

    text: str
    crisis: bool


def sentences(path: Path) -> tuple[Sentence, ...]:
    """The sentences of a file."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return tuple(Sentence(row["text"], row["crisis"]) for row in rows)


def held(every: Sequence[Sentence]) -> list[bool]:
    """Whether each sentence is held as a crisis."""
    return [held_reason(mint_redacted(each.text)) == CRISIS for each in every]


def figures(path: Path = HELD_OUT) -> list[Figure]:
    """Signs found, and sentences that only look like one that are held."""
    every = sentences(path)
    found = list(zip(every, held(every), strict=True))
    signs = [hit for each, hit in found if each.crisis]
    others = [hit for each, hit in found if not each.crisis]
    return [
        Share("crisis: signs found", sum(signs), len(signs), least=0.9),
        Share("crisis: look-alikes held", sum(others), len(others), most=0.05),
    ]


def main() -> None:
    """Print the figures; with a path as argument, those of that file."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    if not show(f"Signs of crisis ({path.name})", figures(path)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
