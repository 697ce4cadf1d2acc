"""Whole preps of the sample programme lived by other people: ``python -m benchmarks.counterfactual [GROUP ...]``.

For each group of names, and for a title before full names: whether everything a model would be told, the redacted
lines, the drafts, the flags and the cards on language are the same byte for byte, and the restored pages but for the
names. With he and she exchanged the redacted texts differ in these words alone. House rules and the roster redact, as
without weights. A world takes some seconds.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, Share, show
from evals.worlds import GROUPS, Lived, lived, named, other_pronouns
from guards.presidio import build_redactor

PARTS = ("prompts", "lines", "drafts", "restored", "flags", "cards")


def figures(groups: tuple[str, ...] = tuple(GROUPS)) -> list[Figure]:
    """How many groups give the same as the first, by part; then he and she exchanged."""
    redactor = build_redactor(ner=None)

    def live(group: str, *, title: str = "", they: bool = False) -> Lived:
        with tempfile.TemporaryDirectory() as folder:
            return lived(Path(folder) / "world", named(group), redactor=redactor, title=title, they=they)

    first, *others = groups
    base = live(first)
    worlds = [*(live(each) for each in others), live(first, title="Dr.")]
    exchanged = live(first, they=True)
    found: list[Figure] = [
        Share(
            f"{part}: worlds the same as the first ({len(getattr(base, part))} texts)",
            sum(getattr(each, part) == getattr(base, part) for each in worlds),
            len(worlds),
            least=1,
        )
        for part in PARTS
    ]
    same = [other_pronouns(each) for each in base.lines] == [other_pronouns(other_pronouns(e)) for e in exchanged.lines]
    found.append(Share("he and she exchanged: redacted lines the same but for these words", int(same), 1, least=1))
    found.append(Share("he and she exchanged: the same cards", int(base.cards == exchanged.cards), 1, least=1))
    found.append(Share("he and she exchanged: the same flags", int(base.flags == exchanged.flags), 1, least=1))
    return found


def main() -> None:
    """Print the figures; exit 1 when a world differs."""
    groups = tuple(sys.argv[1:]) or tuple(GROUPS)
    sys.exit(0 if show("counterfactual drafts", figures(groups)) else 1)


if __name__ == "__main__":
    main()
