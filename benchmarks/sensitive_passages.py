"""Sensitive passages found among labelled ones: ``python -m benchmarks.sensitive_passages [PATH]``.

Without a PATH, two files kept apart: the first by the hand that wrote the rules, the second by somebody who never saw
them. PATH is JSON lines of ``{"text": ..., "kind": "health" | ... | null}``, or YAML of texts by kind with ``none`` for
those that must stay. A passage counts as found when it is held, whatever the kind; the share of the right kind is
printed apart. Texts are taken as they are, without masking.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.figures import Figure, Share, show
from guards.held import held_reason, kind_of
from guards.text import mint_redacted

HELD_OUT = Path(__file__).parent / "held_out" / "sensitive_passages.jsonl"
SECOND = Path(__file__).parent / "held_out" / "sensitive_second.jsonl"
_NAMES = {"off the record": "off_record"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage and the kind it should be held for, ``None`` when it should stay."""

    text: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled passage and the kind it was held for, empty when it was not."""

    passage: Labelled
    found: str


def labelled(path: Path) -> tuple[Labelled, ...]:
    """The passages of a file, in either form."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in {".yaml", ".yml"}:
        by_kind: dict[str, list[str]] = yaml.safe_load(text)
        return tuple(
            Labelled(each, None if kind == "none" else kind) for kind, texts in by_kind.items() for each in texts
        )
    rows = (json.loads(line) for line in text.splitlines() if line.strip())
    return tuple(Labelled(row["text"], row["kind"]) for row in rows)


def judged(passages: Sequence[Labelled]) -> tuple[Judged, ...]:
    """What the guard says of each passage."""
    found = (kind_of(held_reason(mint_redacted(each.text))) for each in passages)
    return tuple(
        Judged(each, _NAMES.get(kind, kind.replace(" ", "_"))) for each, kind in zip(passages, found, strict=True)
    )


def figures(path: Path | None = None) -> list[Figure]:
    """Those of one file; without one, of both files kept apart."""
    return _of(path, "sensitive") if path else [*_of(HELD_OUT, "sensitive"), *_of(SECOND, "sensitive, second")]


def _of(path: Path, name: str) -> list[Figure]:
    """Recall, precision, false alarms on look-alikes, right kind, and recall per kind."""
    every = judged(labelled(path))
    wanted = [each for each in every if each.passage.kind]
    held = [each for each in every if each.found]
    right = [each for each in wanted if each.found]
    stay = [each for each in every if not each.passage.kind]
    found: list[Figure] = [
        Share(f"{name}: recall", len(right), len(wanted), least=0.9),
        Share(f"{name}: precision", len(right), len(held), least=0.9),
        Share(f"{name}: look-alikes held", sum(bool(each.found) for each in stay), len(stay)),
        Share(f"{name}: right kind of those found", sum(each.found == each.passage.kind for each in right), len(right)),
    ]
    for kind in dict.fromkeys(each.passage.kind for each in wanted):
        own = [each for each in wanted if each.passage.kind == kind]
        found.append(Share(f"{name}: recall, {kind}", sum(bool(each.found) for each in own), len(own)))
    return found


def main() -> None:
    """Print the figures; with a path as argument, those of that file."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if not show(f"Sensitive passages ({path.name if path else 'kept apart'})", figures(path)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
