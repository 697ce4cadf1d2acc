"""Learns the weights of ``copilot.later_reader`` from the labelled development lines and writes its data file.

``python -m benchmarks.learn_later_reader``: a softmax regression with a ridge over the signs of each pair of a later
sentence and an earlier promise. The same lines give the same file. It never reads ``benchmarks/held_out``. ``--folds``
prints figures for each threshold instead, every author judged by weights learnt from the others.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure, Share, show
from benchmarks.later_examples import Example, digest, examples
from copilot.later_reader import FILE, KINDS, SCALE, as_file

VERSION: Final = 1
RIDGE: Final = 0.0005
STEPS: Final = 400
LEAST: Final = 3
"""How many lines must show a sign; what stands once says more of its line than of what lines do."""

SMALL: Final = 3
"""A sign all of whose weights, in hundredths, are below this is left out of the file."""

THRESHOLDS: Final = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
Numbers = NDArray[np.float64]


class Learnt:
    """A row of weights for each sign, the base in the last row."""

    def __init__(self, known: Sequence[str], weights: Numbers) -> None:
        """Take the signs in order and their weights."""
        self.at = {sign: n for n, sign in enumerate(known)}
        self.weights = weights

    def chances(self, some: Sequence[Example]) -> Numbers:
        """A chance for each kind, a row for each example."""
        return _softmax(_rows(some, self.at) @ self.weights)


def learn(some: Sequence[Example]) -> Learnt:
    """Weights for these examples; every author weighs alike, and every line of an author."""
    lines = Counter(sign for _, found in {(each.place, each.signs) for each in some} for sign in found)
    known = sorted(sign for sign, n in lines.items() if n >= LEAST)
    rows = _rows(some, {sign: n for n, sign in enumerate(known)})
    wanted = np.eye(len(KINDS))[[KINDS.index(each.kind) for each in some]]
    weights, speed = np.zeros((rows.shape[1], len(KINDS))), np.zeros((rows.shape[1], len(KINDS)))
    shrunk = np.full((rows.shape[1], 1), RIDGE)
    shrunk[-1] = 0
    for _ in range(STEPS):
        slope = rows.T @ (_softmax(rows @ weights) - wanted) / len(rows) + shrunk * weights
        speed = 0.9 * speed - 0.5 * slope
        weights = weights + speed
    return Learnt(known, weights)


def _rows(some: Sequence[Example], at: Mapping[str, int]) -> Numbers:
    rows = np.zeros((len(some), len(at) + 1))
    for n, each in enumerate(some):
        found = [at[sign] for sign in each.signs if sign in at]
        rows[n, found] = 1 / np.sqrt(len(found) or 1)
    rows[:, -1] = 1.0
    return rows


def _softmax(sums: Numbers) -> Numbers:
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def apart(every: Sequence[Example]) -> dict[int, Numbers]:
    """Chances for each example by weights of the other authors."""
    found: dict[int, Numbers] = {}
    for author in sorted({each.author for each in every}):
        known = learn([each for each in every if each.author != author])
        own = [n for n, each in enumerate(every) if each.author == author]
        found |= dict(zip(own, known.chances([every[n] for n in own]), strict=True))
    return found


def figures(every: Sequence[Example] | None = None) -> list[Figure]:
    """For each threshold: found of what there is, and wrong of what is said; a line of a promise counts once."""
    told = examples() if every is None else every
    read = apart(told)
    found: list[Figure] = []
    for at, kind in enumerate(KINDS[:2]):
        for least in THRESHOLDS:
            found += _at(told, lambda n, at=at: float(read[n][at]), kind, least)
    return found


def _at(told: Sequence[Example], chance: Callable[[int], float], kind: str, least: float) -> list[Figure]:
    said = {each.place for n, each in enumerate(told) if chance(n) >= least}
    true = {each.place for each in told if each.kind == kind}
    return [
        Share(f"{kind} at {least}: found", len(said & true), len(true)),
        Share(f"{kind} at {least}: wrong, of those said", len(said - true), len(said)),
    ]


def main() -> None:
    """Write the file learnt from all lines, or print the folds' figures."""
    every = examples()
    if "--folds" in sys.argv:
        show("the reader of later lines, each author by the others' weights", figures(every))
        return
    known = learn(every)
    whole = np.rint(known.weights * SCALE).astype(int)
    rows: dict[str, list[int]] = {sign: [int(each) for each in whole[n]] for sign, n in known.at.items()}
    kept = {sign: row for sign, row in rows.items() if max(map(abs, row)) >= SMALL}
    FILE.write_text(as_file(VERSION, digest(), [int(each) for each in whole[-1]], kept), "utf-8")


if __name__ == "__main__":
    main()
