"""Hybrid search within one pair: nearest vectors and full text, each scaled to 0..1 and averaged.

The pair and the lanes come from a grant, never from the request: the store's query, the full text and the vector
collections are asked for those lanes alone, and what comes back is looked at again. What is held back is in no index
and is never returned; where a pair has opened its sensitive passages, those are read from the record and found by
their words. Works without an embedder or an index, by words alone, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from guards.access import Grant, Lane, ReadConversation, ReadProgramme
from guards.errors import WallBreached
from guards.held import kept_back
from guards.text import RedactedText
from knowledge.embedding import Embedder
from knowledge.errors import IndexUnavailable
from knowledge.index import VectorIndex
from knowledge.passages import Passage

DENSE_SHARE: Final = 0.5
"""Weight of the vectors; the rest is the words'. From earlier trials; on QMSum no better than vectors alone."""

_WORD: Final = re.compile(r"\w{3,}")
_DEPTH: Final = 50
"""Candidates asked of each side, so that a passage good on both is found on both."""


class Searchable(Protocol):
    """What retrieval needs of a pair's reader."""

    def search_words(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Passage ids by full-text rank, higher is better."""
        ...

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """Current passages of these ids, in the order asked."""
        ...

    def all_passages(self) -> tuple[Passage, ...]:
        """Every current passage, held ones included."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. ``score`` is 0..1; ``dense`` and ``words`` are what it was made of, ``None`` if not found so."""

    passage: Passage
    score: float
    dense: float | None
    words: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first. ``by_words_alone`` says why no vectors were used, else empty."""

    hits: tuple[Hit, ...]
    by_words_alone: str = ""


class Retriever:
    """Searches one pair's passages."""

    def __init__(self, *, embedder: Embedder | None, index: VectorIndex | None) -> None:
        """Without an embedder or an index, full text alone is used."""
        self._embedder = embedder
        self._index = index

    def search(  # noqa: PLR0913 - what is asked, of whom and for what
        self,
        reader: Searchable,
        query: RedactedText,
        k: int,
        *,
        grant: Grant[ReadConversation] | Grant[ReadProgramme],
        lanes: frozenset[Lane] = frozenset(Lane),
        opted_in: bool = False,
    ) -> Found:
        """The ``k`` best passages of the grant's pair and lanes; ``lanes`` may only narrow them.

        ``opted_in`` says that the pair has opened its sensitive passages for what the hits are used for.

        Raises:
            WallBreached: the reader gave back a passage of another pair or lane; nothing is shown.
            EgressRefused: the query holds a known personal form.
        """
        if not query.strip() or k < 1:
            return Found(())
        depth = max(_DEPTH, 4 * k)
        words = dict(reader.search_words(str(query), depth))
        opened = _opened(reader, query) if opted_in else {}
        dense, why = self._dense(grant, query, depth)
        scores = (fused(dense, words) if not why else scaled(words)) | opened
        order = sorted(scores, key=lambda each: (-scores[each], each))
        words |= opened
        allowed = [
            passage
            for passage in _checked(reader.passages(order), grant)
            if passage.lane in lanes and not kept_back(passage.held, opted_in=opted_in)
        ]
        hits = (Hit(each, scores[each.id], dense.get(each.id), words.get(each.id)) for each in allowed[:k])
        return Found(tuple(hits), why)

    def _dense(
        self, grant: Grant[ReadConversation] | Grant[ReadProgramme], query: RedactedText, depth: int
    ) -> tuple[Mapping[str, float], str]:
        if self._embedder is None or self._index is None:
            return {}, "no embedding model is installed: run `coach model install --small`"
        try:
            vector = self._embedder.embed([query], pair=grant.pair)[0]
            near = dict(self._index.query(grant.pair, vector, k=depth, lanes=grant.lanes))
        except IndexUnavailable as error:
            return {}, str(error)
        return (
            near,
            "" if near else "the vector index has nothing of this pair: `coach ingest` of its folder rebuilds it",
        )


def _checked(passages: Sequence[Passage], grant: Grant[ReadConversation] | Grant[ReadProgramme]) -> Sequence[Passage]:
    """The check after the filter: it finds nothing unless the filter is broken, and then nothing is shown."""
    astray = sum(each.pair != grant.pair or each.lane not in grant.lanes for each in passages)
    if astray:
        raise WallBreached(
            f"pair {grant.pair}: the store gave {astray} passage(s) that this view may not read; nothing is shown:"
            " run coach doctor and report it"
        )
    return passages


def _opened(reader: Searchable, query: str) -> dict[str, float]:
    """Sensitive passages with the share of the query's words that each has; they are in no index to be found by."""
    asked = set(_WORD.findall(query.casefold()))
    held = [each for each in reader.all_passages() if each.held and not kept_back(each.held, opted_in=True)]
    shares = {each.id: len(asked & set(_WORD.findall(each.text.casefold()))) / max(1, len(asked)) for each in held}
    return {id_: share for id_, share in shares.items() if share}


def scaled(scores: Mapping[str, float]) -> dict[str, float]:
    """Min-max to 0..1 within one list; a list of equals is all ones."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    spread = high - low
    return {each: (score - low) / spread if spread > 0 else 1.0 for each, score in scores.items()}


def fused(dense: Mapping[str, float], words: Mapping[str, float], *, share: float = DENSE_SHARE) -> dict[str, float]:
    """The weighted mean of two scaled lists; a passage missing from one has 0 there."""
    left, right = scaled(dense), scaled(words)
    every = left.keys() | right.keys()
    return {each: share * left.get(each, 0.0) + (1 - share) * right.get(each, 0.0) for each in every}
