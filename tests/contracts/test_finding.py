"""The same promises over the doubles and the real embedder and index."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from guards.access import Lane
from guards.errors import EgressRefused, RawTextExposed
from guards.text import RedactedText, house
from knowledge.embedding import Embedder, MiniLmEmbedder, TextCheck
from knowledge.errors import IndexUnavailable
from knowledge.index import ChromaIndex, ServedCollections, VectorIndex
from knowledge.retrieval import fused, scaled
from tests.doubles.finding import HashEmbedder, MemoryIndex

MakeEmbedder = Callable[[TextCheck], Embedder]
ALL = frozenset(Lane)
TEXTS = [house("the data access agreement is late"), house("label claims"), house("rollback plan for the release")]


def real(check: TextCheck) -> Embedder:
    folder = Path(os.environ.get("COACH_WEIGHTS", "absent")) / "minilm"
    if not MiniLmEmbedder.installed(folder):
        pytest.skip("the MiniLM weights are not installed: make weights")
    return MiniLmEmbedder(folder, check=check)


@pytest.fixture(params=["double", pytest.param("real", marks=pytest.mark.weights)])
def make(request: pytest.FixtureRequest) -> MakeEmbedder:
    return real if request.param == "real" else lambda check: HashEmbedder(check=check)


def allow(texts: object, pair: str) -> None:
    return None


def test_vectors_have_length_one_and_do_not_depend_on_companions(make: MakeEmbedder) -> None:
    embedder = make(allow)
    together = embedder.embed(TEXTS, pair="ada-ben")
    assert [embedder.embed([text], pair="ada-ben")[0] for text in reversed(TEXTS)] == together[::-1]
    for vector in together:
        assert len(vector) == embedder.dimensions
        assert math.isclose(sum(place * place for place in vector), 1.0, abs_tol=1e-5)


def test_a_refusal_of_the_door_stops_the_call(make: MakeEmbedder) -> None:
    def refuse(texts: object, pair: str) -> None:
        raise EgressRefused("1 known form")

    with pytest.raises(EgressRefused):
        make(refuse).embed(TEXTS, pair="ada-ben")


def test_plain_text_is_refused(make: MakeEmbedder) -> None:
    with pytest.raises(RawTextExposed):
        make(allow).embed(["Ada Nwosu"], pair="ada-ben")  # pyright: ignore[reportArgumentType]


@pytest.mark.weights
def test_meaning_is_nearer_than_other_matters() -> None:
    texts: list[RedactedText] = [
        house("A man is eating food."),
        house("A man is eating a piece of bread."),
        house("The girl is carrying a baby."),
    ]
    one, same, other = real(allow).embed(texts, pair="ada-ben")
    near, far = (sum(a * b for a, b in zip(one, each, strict=True)) for each in (same, other))
    assert near == pytest.approx(0.755, abs=0.03)  # the figure sentence-transformers gives for this pair
    assert far < 0.2


@pytest.fixture(params=["double", "embedded", "client"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> VectorIndex:
    if request.param == "double":
        return MemoryIndex()
    if request.param == "embedded":
        return ChromaIndex.embedded(tmp_path / "vectors", embedder="d1")
    import chromadb
    from chromadb.config import Settings

    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    return ChromaIndex(ServedCollections(client), embedder="d1")


def test_index_keeps_pairs_apart_and_forgets_what_is_deleted(index: VectorIndex) -> None:
    index.add("p", ["a", "b", "c"], [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    index.add("q", ["z"], [[1.0, 0.0]])
    index.add("p", ["a"], [[1.0, 0.0]])
    assert [each for each, _ in index.query("p", [1.0, 0.0], k=2, lanes=ALL)] == ["a", "c"]
    assert index.query("p", [1.0, 0.0], k=2, lanes=ALL)[1][1] == pytest.approx(0.6, abs=1e-4)
    index.delete("p", ["a", "unknown"])
    assert (index.count("p"), index.ids("p"), index.count("q")) == (2, {"b", "c"}, 1)
    index.drop("p")
    assert (index.count("p"), index.query("p", [1.0, 0.0], k=2, lanes=ALL), index.count("q")) == (0, [], 1)


def test_a_lane_that_is_not_asked_is_not_found(index: VectorIndex) -> None:
    index.add("p", ["a"], [[1.0, 0.0]], lane=Lane.CONVERSATION)
    index.add("p", ["b", "c"], [[1.0, 0.0], [0.0, 1.0]], lane=Lane.PROGRAMME)
    assert [each for each, _ in index.query("p", [1.0, 0.0], k=5, lanes=frozenset({Lane.PROGRAMME}))] == ["b", "c"]
    assert index.query("p", [1.0, 0.0], k=5, lanes=frozenset()) == []
    assert (index.ids("p", lane=Lane.CONVERSATION), index.count("p")) == ({"a"}, 3)
    index.delete("p", ["a", "b"], lane=Lane.PROGRAMME)
    assert index.ids("p") == {"a", "c"}


def test_a_corrupt_index_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with pytest.raises(IndexUnavailable, match="rebuilds"):
        ChromaIndex.embedded(tmp_path, embedder="d1")


def test_fusion_rewards_what_both_sides_find() -> None:
    both = fused({"a": 0.9, "b": 0.8, "c": 0.1}, {"b": 7.0, "c": 1.0})
    assert max(both, key=lambda each: both[each]) == "b"
    assert scaled({"a": 3.0, "b": 3.0}) == {"a": 1.0, "b": 1.0}
