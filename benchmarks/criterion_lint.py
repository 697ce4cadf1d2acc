"""The criterion linter on labelled criteria: ``python -m benchmarks.criterion_lint [PATH]``.

Precision and recall per part and of vague words. The cases were written by the author of the rules, before the rules;
those whose text hashes to 0 modulo 3 are held out: they were not run while the rules were tuned, and are printed apart.
A second set in other styles was written after the rules and run once; it is the figure to believe.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.figures import Figure, Share, show
from copilot.criterion_lint import VAGUE, CriterionLinter, Linted
from copilot.criterion_parts import Part
from knowledge.corpus_files import load_corpus

CASES = Path(__file__).parents[1] / "tests" / "copilot" / "criteria" / "cases.yaml"
SECOND = CASES.with_name("second.yaml")
_LETTERS = dict(zip("mctusdv", Part, strict=True))


@dataclass(frozen=True, slots=True)
class Case:
    """A criterion with the parts it has and its vague words, as labelled."""

    text: str
    has: frozenset[Part]
    vague: frozenset[str]

    @property
    def held_out(self) -> bool:
        """Whether rules may not be tuned on it."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 3 == 0


def cases(path: Path = CASES) -> tuple[Case, ...]:
    """The labelled criteria of a file."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Case(row["text"], frozenset(_LETTERS[each] for each in row["has"]), frozenset(map(str.lower, row["vague"])))
        for row in rows
    )


def vague_in(case: Case, linted: Linted) -> frozenset[str]:
    """The vague words that were found, lower case."""
    return frozenset(case.text[each.start : each.end].lower() for each in linted.cards if each.category == VAGUE)


def figures(path: Path = CASES, *, held_out: bool | None = None) -> list[Figure]:
    """Precision and recall per part and of vague words; ``held_out`` takes one side alone."""
    found: list[Figure] = []
    every = cases(path)
    for side in (False, True):
        if held_out in (None, side):
            found += _side([each for each in every if each.held_out is side], "held out" if side else "tuned on")
    if held_out is None and path == CASES:
        found += _side(cases(SECOND), "second set")
    return found


def _side(some: Sequence[Case], name: str) -> list[Figure]:
    linter = CriterionLinter.of(load_corpus().criterion_words)
    judged = [(each, linter.lint(each.text)) for each in some]
    found: list[Figure] = []
    for part in Part:
        has = [part in case.has for case, _ in judged]
        says = [part in linted.parts for _, linted in judged]
        found += _pair(f"{name}: {part.value}", has, says)
    wanted = sum(len(case.vague) for case, _ in judged)
    said = [(case, vague_in(case, linted)) for case, linted in judged]
    hits = sum(len(case.vague & words) for case, words in said)
    found.append(Share(f"{name}: vague words, recall", hits, wanted, least=0.9))
    found.append(Share(f"{name}: vague words, precision", hits, sum(len(words) for _, words in said), least=0.9))
    clean = sum(case.has == frozenset(linted.parts) and case.vague == vague_in(case, linted) for case, linted in judged)
    found.append(Share(f"{name}: criteria with every part and word right", clean, len(judged)))
    return found


def _pair(name: str, has: Sequence[bool], says: Sequence[bool]) -> list[Figure]:
    both = sum(one and other for one, other in zip(has, says, strict=True))
    return [
        Share(f"{name}, recall", both, sum(has), least=0.9),
        Share(f"{name}, precision", both, sum(says), least=0.9),
    ]


def main() -> None:
    """Print the figures; exit 1 when one is not as wanted."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else CASES
    sys.exit(0 if show("criterion linter", figures(path)) else 1)


if __name__ == "__main__":
    main()
