"""The vector index: one Chroma collection per pair and lane, so that who may not read a lane does not ask its
collection. The only module that reaches Chroma.

Holds ids and vectors and no text at all, so nothing readable stays behind in its files. The record is whole
without it: the folder may be deleted and is rebuilt with identical ids. Chroma's own embedder is never used.

The embedded index talks to Chroma's bindings directly: ``import chromadb`` alone costs 0.8 s of every command, the
bindings 0.03 s (docs/decisions/0005-chroma-bindings.md).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol

from guards.access import Lane
from knowledge.embedding import Vector
from knowledge.errors import IndexUnavailable
from knowledge.index_files import blank_unused

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_URL: Final = re.compile(r"(?P<scheme>https?)://(?P<host>[^/:@]+)(?::(?P<port>\d{1,5}))?/?")
_AT_ONCE: Final = 1000
_WHERE: Final = ("default_tenant", "default_database")
_MEND: Final = "delete the folder `vectors` of the home, the next `coach ingest` rebuilds it from the record"


class VectorIndex(Protocol):
    """Nearest passages within one pair."""

    def add(self, pair: str, ids: Sequence[str], vectors: Sequence[Vector], *, lane: Lane = Lane.CONVERSATION) -> None:
        """Put passages of a lane in; an id that is there already is replaced."""
        ...

    def query(self, pair: str, vector: Vector, *, k: int, lanes: frozenset[Lane]) -> list[tuple[str, float]]:
        """The ``k`` nearest ids of these lanes with their cosine, best first; none for a pair without passages."""
        ...

    def count(self, pair: str) -> int:
        """How many passages the pair has here."""
        ...

    def ids(self, pair: str, *, lane: Lane | None = None) -> frozenset[str]:
        """The ids the pair has here, or those of one lane."""
        ...

    def delete(self, pair: str, ids: Sequence[str], *, lane: Lane | None = None) -> None:
        """Take passages out, of every lane or of one; ids that are not there are passed over."""
        ...

    def drop(self, pair: str) -> None:
        """Forget the pair, whatever embedder its vectors came from."""
        ...

    def close(self) -> None:
        """Let the files go; an index that is closed cannot be used."""
        ...


class _Collections(Protocol):
    """What the two ways of reaching Chroma have in common; a collection is named, and made when first written."""

    def names(self) -> list[str]: ...
    def upsert(self, name: str, ids: list[str], vectors: list[Vector]) -> None: ...
    def query(self, name: str, vector: Vector, k: int) -> list[tuple[str, float]]: ...
    def count(self, name: str) -> int: ...
    def ids(self, name: str) -> list[str]: ...
    def delete(self, name: str, ids: list[str]) -> None: ...
    def drop(self, name: str) -> None: ...
    def close(self) -> None: ...


class ChromaIndex:
    """The index of a home, or on a server. Vectors of another embedder are not seen, so its count is 0: rebuild."""

    def __init__(self, collections: _Collections, *, embedder: str) -> None:
        """Take the collections and the digest of the embedder whose vectors they hold."""
        self._collections = collections
        self._embedder = embedder

    @classmethod
    def embedded(cls, folder: Path, *, embedder: str) -> ChromaIndex:
        """Open the folder, made if it is not there. One process at a time: the home's lock sees to it.

        Raises:
            IndexUnavailable: the folder's files do not open.
        """
        return cls(_Embedded(folder), embedder=embedder)

    @classmethod
    def served(cls, url: str, *, embedder: str) -> ChromaIndex:
        """Reach a Chroma server.

        Raises:
            IndexUnavailable: it does not answer.
        """
        import chromadb  # noqa: PLC0415 -- 0.8 s, for those who have a server
        from chromadb.config import Settings  # noqa: PLC0415 -- as above

        parts = _URL.fullmatch(url)
        if parts is None:
            raise IndexUnavailable("the Chroma server's URL should read http://host:port: set COACH_CHROMA_URL so")
        secure = parts["scheme"] == "https"
        settings = Settings(anonymized_telemetry=False)
        with _Refusals():
            client = chromadb.HttpClient(
                host=parts["host"],
                port=int(parts["port"] or (443 if secure else 8000)),
                ssl=secure,
                settings=settings,
            )
        return cls(ServedCollections(client), embedder=embedder)

    def add(self, pair: str, ids: Sequence[str], vectors: Sequence[Vector], *, lane: Lane = Lane.CONVERSATION) -> None:
        """Put passages in, in portions that Chroma takes."""
        with _Refusals():
            for start in range(0, len(ids), _AT_ONCE):
                end = start + _AT_ONCE
                self._collections.upsert(self._name(pair, lane), list(ids[start:end]), list(vectors[start:end]))

    def query(self, pair: str, vector: Vector, *, k: int, lanes: frozenset[Lane]) -> list[tuple[str, float]]:
        """The nearest ids with their cosine. Vectors have length 1, so it is 1 - d/2 of the squared distance d."""
        with _Refusals():
            found = [
                hit for lane in sorted(lanes) for name in self._there(pair, lane)
                for hit in self._collections.query(name, vector, k)
            ]  # fmt: skip
        return sorted(((id_, 1.0 - distance / 2.0) for id_, distance in found), key=lambda hit: (-hit[1], hit[0]))[:k]

    def count(self, pair: str) -> int:
        """How many passages the pair has."""
        with _Refusals():
            return sum(self._collections.count(name) for name in self._there(pair, None))

    def ids(self, pair: str, *, lane: Lane | None = None) -> frozenset[str]:
        """The ids the pair has."""
        with _Refusals():
            return frozenset(id_ for name in self._there(pair, lane) for id_ in self._collections.ids(name))

    def delete(self, pair: str, ids: Sequence[str], *, lane: Lane | None = None) -> None:
        """Take passages out."""
        with _Refusals():
            for name in self._there(pair, lane):
                gone = sorted(frozenset(self._collections.ids(name)).intersection(ids))
                for start in range(0, len(gone), _AT_ONCE):
                    self._collections.delete(name, gone[start : start + _AT_ONCE])

    def drop(self, pair: str) -> None:
        """Forget the pair."""
        with _Refusals():
            for name in self._collections.names():
                if name.startswith(_prefix(pair)):
                    self._collections.drop(name)

    def close(self) -> None:
        """Let the files go, with nothing in them but vectors, so that the folder may be moved."""
        self._collections.close()

    def _name(self, pair: str, lane: Lane) -> str:
        return f"{_prefix(pair)}{lane.value}-{self._embedder}"

    def _there(self, pair: str, lane: Lane | None) -> list[str]:
        """The collections that exist, of one lane or of all."""
        wanted = [self._name(pair, each) for each in ([lane] if lane else Lane)]
        known = set(self._collections.names())
        return [name for name in wanted if name in known]


def _prefix(pair: str) -> str:
    # Chroma wants 3 to 512 plain characters, which a pair's id need not be.
    return f"pair-{hashlib.sha256(pair.encode()).hexdigest()[:24]}-"


class _Embedded:
    """Chroma in this process, through its own bindings."""

    def __init__(self, folder: Path) -> None:
        import chromadb_rust_bindings  # noqa: PLC0415 -- commands that don't search don't pay

        chroma: Any = chromadb_rust_bindings  # ships without types

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        with _Refusals():
            database = chroma.SqliteDBConfig(
                url=str(folder / "chroma.sqlite3"),
                hash_type=chroma.MigrationHash.MD5,
                migration_mode=chroma.MigrationMode.Apply,
            )
            self._chroma: Any = chroma.Bindings(
                allow_reset=False, sqlite_db_config=database, persist_path=str(folder), hnsw_cache_size=256
            )
        self._known: dict[str, str] = {}

    def names(self) -> list[str]:
        if not self._known:
            found: Iterable[Any] = self._chroma.list_collections(None, None, *_WHERE)
            self._known = {str(each.name): str(each.id) for each in found}
        return list(self._known)

    def upsert(self, name: str, ids: list[str], vectors: list[Vector]) -> None:
        if name not in self.names():
            made = self._chroma.create_collection(name, None, None, None, True, *_WHERE)
            self._known[name] = str(made.id)
        self._chroma.upsert(self._known[name], ids, vectors, None, None, None, *_WHERE)

    def query(self, name: str, vector: Vector, k: int) -> list[tuple[str, float]]:
        found = self._chroma.query(self._known[name], None, [vector], k, None, None, ["distances"], *_WHERE)
        return list(zip(found.ids[0], found.distances[0], strict=True))

    def count(self, name: str) -> int:
        return int(self._chroma.count(self._known[name], *_WHERE))

    def ids(self, name: str) -> list[str]:
        return list(self._chroma.get(self._known[name], None, None, None, 0, None, [], *_WHERE).ids)

    def delete(self, name: str, ids: list[str]) -> None:
        self._chroma.delete(self._known[name], ids, None, None, None, *_WHERE)

    def drop(self, name: str) -> None:
        self._chroma.delete_collection(name, *_WHERE)
        self._known.pop(name)

    def close(self) -> None:
        del self._chroma
        blank_unused(self._folder)


class ServedCollections:
    """Chroma behind its client: a server, or in memory for tests."""

    def __init__(self, client: ClientAPI) -> None:
        self._client: Any = client

    def names(self) -> list[str]:
        """Every collection's name."""
        return [str(each.name) for each in self._client.list_collections()]

    def upsert(self, name: str, ids: list[str], vectors: list[Vector]) -> None:
        """Put in, the collection made if need be."""
        made = self._client.get_or_create_collection(name, embedding_function=None)
        made.upsert(ids=ids, embeddings=vectors)

    def query(self, name: str, vector: Vector, k: int) -> list[tuple[str, float]]:
        """Ids with squared distances."""
        found = self._of(name).query(query_embeddings=[vector], n_results=k, include=["distances"])
        return list(zip(found["ids"][0], found["distances"][0], strict=True))

    def count(self, name: str) -> int:
        """How many ids."""
        return int(self._of(name).count())

    def ids(self, name: str) -> list[str]:
        """All ids."""
        return list(self._of(name).get(include=[])["ids"])

    def delete(self, name: str, ids: list[str]) -> None:
        """Take ids out."""
        self._of(name).delete(ids=ids)

    def drop(self, name: str) -> None:
        """Delete the collection."""
        self._client.delete_collection(name)

    def close(self) -> None:
        """Nothing: a server keeps its own files."""

    def _of(self, name: str) -> Any:
        return self._client.get_collection(name, embedding_function=None)


class _Refusals:
    """Turns whatever Chroma raises, its Rust panics included, into ``IndexUnavailable``."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None and kind.__module__.split(".")[0] in {"chromadb", "pyo3_runtime", "httpx"}:
            # Chroma's own message may name files and rows: only its kind is told.
            raise IndexUnavailable(f"the vector index does not open ({kind.__name__}): {_MEND}") from None
