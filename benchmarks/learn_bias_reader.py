"""Learns the weights of ``guards.bias_reader`` from the labelled development sentences and writes its data file.

``python -m benchmarks.learn_bias_reader``: a softmax regression over stems and their pairs, each weighted by how rare
it is, with a ridge. The same sentences give the same file. Ordinary lines of notes, written for other tests, stand for
what deserves no card. It never reads ``benchmarks/held_out``. ``--folds`` prints figures of six folds instead, each
learnt from the other five.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks.bias_cards import CASES, SECOND, WRITTEN, Case, cases
from benchmarks.figures import Figure, Share, show
from guards.bias_clauses import clauses
from guards.bias_language import BiasCategory
from guards.bias_reader import FILE, NONE, SCALE, as_file, grams, stems

VERSION = 1
SETS = (CASES, SECOND, WRITTEN)
ORDINARY = (
    *(CASES.with_name(f"sensitive_{each}.yaml") for each in ("dev", "dev_hard", "dev_work")),
    *(CASES.parents[2] / "copilot" / "extraction" / "cases" / f"{each}.yaml" for each in ("dev", "styles")),
)
"""Files of lines by kind, of cases with a text, or of cases with documents."""

_NEAR = frozenset(["performance", "promotion"])
"""Kinds in which judgements stand."""

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
RIDGE = 10.0
STEPS = 250
FOLDS = 6
LEAST = 2
"""How often a gram must stand in the sentences; what stands once says more of its sentence than of its kind."""

SMALL = 8
"""A gram all of whose weights, in hundredths, are below this is left out of the file."""

Numbers = NDArray[np.float32]
_NO = np.array([0.0] * len(BiasCategory) + [1.0], dtype=np.float32)
KINDS = (*(each.value for each in BiasCategory), NONE)


@dataclass(frozen=True, slots=True)
class Learnt:
    """Rarity of each gram, and a row of weights a gram with the base in the last row."""

    rare: dict[str, float]
    weights: Numbers

    def chances(self, sentence: Sequence[str]) -> Numbers:
        """A chance a kind for one sentence."""
        return _softmax(_rows([sentence], self.rare) @ self.weights)[0]


def learnt_from() -> str:
    """A digest of the sentences; the file names the one it was learnt from."""
    return hashlib.sha256(b"".join(each.read_bytes() for each in (*SETS, *ORDINARY))).hexdigest()[:16]


def ordinary() -> list[Case]:
    """Lines of notes that deserve no card; one that does by chance weighs little among thousands.

    Private matters are among them: to note that somebody is ill or fasts is no judgement on them.
    """
    found: list[str] = []
    for path in ORDINARY:
        content: Any = yaml.safe_load(path.read_text("utf-8"))
        if isinstance(content, list):
            notes = cast("list[Any]", content)
            found += [str(document["text"]) for case in notes for document in case["documents"]]
        elif "cases" in content:
            found += [case["text"] for case in content["cases"]]
        else:
            found += [text for kind, texts in content.items() if kind not in _NEAR for text in texts]
    return [Case(line, None, "") for text in found for line in text.splitlines() if line.strip()]


def sentences(case: Case) -> list[list[str]]:
    """The sentences of a case that carry its label: of a judged one only that with the labelled words."""
    found = [each for each in clauses(case.text) if each.plain.strip()]
    at = max(0, case.text.casefold().find(case.at.casefold()))
    if case.category is not None:
        found = [each for each in found if each.places[0][0] <= at][-1:]
    return [stems(each.plain) for each in found]


def learn(some: Sequence[Case]) -> Learnt:
    """Weights for these cases."""
    labelled = [(words, KINDS.index(case.category or NONE)) for case in some for words in sentences(case)]
    counts = Counter(gram for words, _ in labelled for gram in {each[0] for each in grams(words)})
    rare = {gram: math.log(len(labelled) / n) for gram, n in sorted(counts.items()) if n >= LEAST}
    rows = _rows([words for words, _ in labelled], rare)
    wanted = np.eye(len(KINDS), dtype=np.float32)[[kind for _, kind in labelled]]
    weights = np.zeros((rows.shape[1], len(KINDS)), dtype=np.float32)
    speed = weights
    for _ in range(STEPS):
        slope = rows.T @ (_softmax(rows @ weights) - wanted) / len(rows) + weights / (RIDGE * len(rows))
        speed = 0.9 * speed - 2.0 * slope
        weights = weights + speed
    return Learnt(rare, weights.astype(np.float32))


def _rows(some: Sequence[Sequence[str]], rare: dict[str, float]) -> Numbers:
    at = {gram: number for number, gram in enumerate(rare)}
    rows = np.zeros((len(some), len(rare) + 1), dtype=np.float32)
    for number, words in enumerate(some):
        for gram in {each[0] for each in grams(words)}:
            if gram in at:
                rows[number, at[gram]] = rare[gram]
        rows[number] /= np.linalg.norm(rows[number]) or 1.0
    rows[:, -1] = 1.0
    return rows


def _softmax(sums: Numbers) -> Numbers:
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def figures() -> list[Figure]:
    """The reader alone, on folds it did not learn from, at several chances."""
    judged = [case for path in SETS for case in cases(path)]
    every = [*judged, *ordinary()]
    order = np.random.default_rng(0).permutation(len(every))
    read: dict[int, Numbers] = {}
    for fold in range(FOLDS):
        left = {int(each) for each in order[fold::FOLDS]}
        known = learn([case for at, case in enumerate(every) if at not in left])
        for at in left:
            read[at] = min(
                (known.chances(each) for each in sentences(every[at])), key=lambda each: each[-1], default=_NO
            )
    found: list[Figure] = []
    for least in THRESHOLDS:
        cards = [at for at, chances in read.items() if 1 - chances[-1] >= least]
        hits = [at for at in cards if every[at].category]
        right = sum(every[at].category == KINDS[int(read[at][:-1].argmax())] for at in hits)
        alarms = sum(at >= len(judged) for at in cards)
        wanted = sum(case.category is not None for case in judged)
        among = sum(at < len(judged) for at in cards)
        found.append(Share(f"folds at {least}: any category, recall", len(hits), wanted))
        found.append(Share(f"folds at {least}: any category, precision", len(hits), among))
        found.append(Share(f"folds at {least}: right category, recall", right, wanted))
        found.append(Share(f"folds at {least}: ordinary lines with a card", alarms, len(every) - len(judged)))
    return found


def main() -> None:
    """Write the file learnt from all sentences, or print the folds' figures."""
    if "--folds" in sys.argv:
        show("the reader of language worth a look", figures())
        return
    known = learn([*(case for path in SETS for case in cases(path)), *ordinary()])
    whole = np.rint(known.weights * SCALE).astype(int)
    rows = {gram: [round(rare * SCALE), *whole[at].tolist()] for at, (gram, rare) in enumerate(known.rare.items())}
    kept = {gram: row for gram, row in rows.items() if max(map(abs, row[1:])) >= SMALL}
    FILE.write_text(as_file(VERSION, learnt_from(), KINDS, whole[-1].tolist(), kept), "utf-8")


if __name__ == "__main__":
    main()
