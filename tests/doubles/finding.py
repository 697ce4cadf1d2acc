"""A quick embedder without weights and an index in memory."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence

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
        self._pairs: dict[str, dict[str, Vector]] = {}

    def add(self, pair: str, ids: Sequence[str], vectors: Sequence[Vector]) -> None:
        self._pairs.setdefault(pair, {}).update(zip(ids, vectors, strict=True))

    def query(self, pair: str, vector: Vector, *, k: int) -> list[tuple[str, float]]:
        found = [
            (each, sum(a * b for a, b in zip(vector, other, strict=True)))
            for each, other in self._pairs.get(pair, {}).items()
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def count(self, pair: str) -> int:
        return len(self._pairs.get(pair, {}))

    def ids(self, pair: str) -> frozenset[str]:
        return frozenset(self._pairs.get(pair, {}))

    def delete(self, pair: str, ids: Sequence[str]) -> None:
        for each in ids:
            self._pairs.get(pair, {}).pop(each, None)

    def drop(self, pair: str) -> None:
        self._pairs.pop(pair, None)

    def close(self) -> None:
        """Nothing is open."""
