"""How far the words of a sentence are like those of judgements on people: a linear reader with learnt weights.

Beside the lexicon, for wordings that it does not list. Pure arithmetic over ``guards/lexicons/bias_reader.json``, which
``python -m benchmarks.learn_bias_reader`` learns from the labelled sentences of ``tests/guards/cases``: pairs of
neighbouring word stems, each with a weight a kind. It reads the plain form alone, so it cannot see who is meant, and
its words of most weight are the span of a card. Refuses to decide: ``guards.bias_language`` does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

FILE: Final = Path(__file__).parent / "lexicons" / "bias_reader.json"
NONE: Final = "none"
SCALE: Final = 100
"""Weights are kept as whole hundredths."""

_BEGIN: Final = "^"
_END: Final = "$"
_PERSON: Final = "Q"
_ENDINGS: Final = ("ingly", "edly", "ness", "ment", "ing", "ies", "ied", "ed", "es", "ly", "s", "e")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    version: int = Field(ge=1)
    learnt_from: str
    kinds: tuple[str, ...]
    base: tuple[int, ...]
    grams: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence looks like: a chance for each kind and for none, and the weight of each word for a kind."""

    chances: Mapping[str, float]
    weights: Mapping[str, tuple[float, ...]]

    @property
    def any(self) -> float:
        """The chance that the sentence deserves a card at all."""
        return 1 - self.chances[NONE]

    @property
    def likeliest(self) -> str:
        """The kind it would be."""
        return max((each for each in self.chances if each != NONE), key=lambda each: (self.chances[each], each))

    def stretch(self, kind: str) -> tuple[int, int]:
        """First and last word of the stretch that weighs most for a kind: the largest sum of neighbours."""
        mean = sum(map(abs, self.weights[kind])) / max(1, len(self.weights[kind]))
        best, found, total, start = -math.inf, (0, 0), 0.0, 0
        for at, weight in enumerate(self.weights[kind]):
            if total <= 0:
                total, start = 0.0, at
            total += weight - mean / 4  # a word that says next to nothing does not make a span longer
            if total > best:
                best, found = total, (start, at)
        return found


@cache
def load_reader(path: Path = FILE) -> _File:
    """The learnt weights.

    Raises:
        ValueError: the file breaks its schema.
    """
    return _File.model_validate_json(path.read_bytes())


def stems(plain: str) -> list[str]:
    """The words of a plain form as the reader knows them: no endings, digits as one sign."""
    return ["#" if word.isdigit() else word if word == _PERSON else _stem(word) for word in plain.split()]


def grams(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Single words and pairs of neighbours, with the first and last word they stand on (begin and end count)."""
    known = [_BEGIN, *words, _END]
    for at, word in enumerate(known):
        yield word, at - 1, at - 1
        if at + 1 < len(known):
            yield f"{word} {known[at + 1]}", at - 1, at


def reading(plain: str) -> Reading:
    """How a sentence in plain form reads; a gram counts once, and long sentences weigh as much as short ones."""
    file = load_reader()
    words = stems(plain)
    seen: dict[str, tuple[int, int]] = {}
    for gram, first, last in grams(words):
        if gram in file.grams:
            seen.setdefault(gram, (first, last))
    norm = math.sqrt(sum((file.grams[gram][0] / SCALE) ** 2 for gram in seen)) or 1.0
    sums = [each / SCALE for each in file.base]
    weights = [[0.0] * len(words) for _ in file.kinds]
    for gram, (first, last) in seen.items():
        rare, *learnt = file.grams[gram]
        on = [at for at in range(first, last + 1) if 0 <= at < len(words)]
        for kind, weight in enumerate(learnt):
            said = rare * weight / (SCALE * SCALE * norm)
            sums[kind] += said
            for at in on:
                weights[kind][at] += said / len(on)
    return Reading(
        dict(zip(file.kinds, _chances(sums), strict=True)),
        dict(zip(file.kinds, map(tuple, weights), strict=True)),
    )


def as_file(version: int, learnt_from: str, kinds: Sequence[str], base: Sequence[int], found: object) -> str:
    """The file's text, a gram a line so that a change of it can be read."""
    head = {"version": version, "learnt_from": learnt_from, "kinds": kinds, "base": base}
    lines = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("],", "],\n")
    return f'{json.dumps(head)[:-1]}, "grams":\n{lines}}}\n'


def _stem(word: str) -> str:
    return next((word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), word)


def _chances(sums: Sequence[float]) -> list[float]:
    highest = max(sums)
    powers = [math.exp(each - highest) for each in sums]
    return [each / sum(powers) for each in powers]
