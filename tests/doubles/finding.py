"""A quick embedder without weights and an index in memory."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence

from guards.access import Lane
from guards.text import RedactedText
from knowledge.embedding import TextCheck, Vector, require_redacted


class HashEmbedder:
    """Each word adds one to two hashed places of 64; length 1. Same words, same vector."""

    dimensions = 64
    digest = "hash-double"

    def __init__(self, *, check: TextCheck = lambda _texts, _pair: None) -> None:
        self._check = check

    def embed(self, texts: Sequence[RedactedText], *, pair: str) -> list[Vector]:
        require_redacted(texts)
        self._check(texts, pair)
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Vector:
        places = [0.0] * self.dimensions
        for word in re.findall(r"\w+", text.casefold()) or ["(nothing)"]:
            digest = hashlib.sha256(word.encode()).digest()
            places[digest[0] % self.dimensions] += 1.0
            places[digest[1] % self.dimensions] += 1.0
        length = math.sqrt(sum(place * place for place in places))
        return [place / length for place in places]


class MemoryIndex:
    """Exact search over a dict."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, Lane], dict[str, Vector]] = {}

    def add(self, pair: str, ids: Sequence[str], vectors: Sequence[Vector], *, lane: Lane = Lane.CONVERSATION) -> None:
        self._pairs.setdefault((pair, lane), {}).update(zip(ids, vectors, strict=True))

    def query(self, pair: str, vector: Vector, *, k: int, lanes: frozenset[Lane]) -> list[tuple[str, float]]:
        found = [
            (each, sum(a * b for a, b in zip(vector, other, strict=True)))
            for lane in lanes
            for each, other in self._pairs.get((pair, lane), {}).items()
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def count(self, pair: str) -> int:
        return len(self.ids(pair))

    def ids(self, pair: str, *, lane: Lane | None = None) -> frozenset[str]:
        return frozenset(id_ for each in ([lane] if lane else Lane) for id_ in self._pairs.get((pair, each), {}))

    def delete(self, pair: str, ids: Sequence[str], *, lane: Lane | None = None) -> None:
        for each in [lane] if lane else Lane:
            for id_ in ids:
                self._pairs.get((pair, each), {}).pop(id_, None)

    def drop(self, pair: str) -> None:
        for each in Lane:
            self._pairs.pop((pair, each), None)

    def close(self) -> None:
        """Nothing is open."""
