"""Builds the vector index anew in a fresh folder from the record and puts it in the old one's place.

Nothing is taken over from the old files. Stopped anywhere, it is simply run again; in between, search goes by words.
"""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from copilot.bootstrap import Copilot
from copilot.erasure_records import Target
from copilot.ingest import embed_passages
from copilot.stores.erasing import ErasingStore
from guards.access import Lane
from knowledge.embedding import Embedder
from knowledge.index import ChromaIndex, VectorIndex


def rebuild_index(copilot: Copilot, store: ErasingStore, *, without: Target | None = None) -> int:
    """The index of every pair on record, new from the record; how many passages it holds.

    Without the embedding model the old index goes all the same, and the next ingest with it makes a new one. On a
    Chroma server a pair that is to go is dropped there; its files are the server's.
    """
    embedder, old = copilot.embedder, copilot.home.vectors
    if copilot.settings.chroma_url and copilot.index is not None:
        if without is not None and without.kind == "pair":
            copilot.index.drop(without.id)
        return 0
    fresh = old.with_name("vectors.new")
    _remove(fresh)
    if embedder is None:
        _remove(old)
        return 0
    index = ChromaIndex.embedded(fresh, embedder=embedder.digest)
    count = sum(_fill(store, pair, embedder, index) for pair in store.pairs())
    index.close()
    _swap(fresh, old)
    return count


def _fill(store: ErasingStore, pair: str, embedder: Embedder, index: VectorIndex) -> int:
    for lane in Lane:
        texts = store.searchable(pair, lane)
        embed_passages(pair, sorted(texts), texts, embedder, partial(index.add, lane=lane))
    return index.count(pair)


def _swap(fresh: Path, old: Path) -> None:
    aside = old.with_name("vectors.old")
    _remove(aside)
    if old.exists():
        old.rename(aside)
    fresh.rename(old)
    _remove(aside)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
