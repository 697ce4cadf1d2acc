"""The index's files hold vectors and nothing of this process's memory, and still answer afterwards."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from guards.access import Lane
from knowledge.index import ChromaIndex
from knowledge.index_files import blank_unused

DICE = random.Random(20261124)  # noqa: S311 - a seed, so that a failure can be had again


@pytest.mark.parametrize("count", [3, 1200])
def test_a_closed_index_holds_nothing_beyond_its_vectors_and_answers(tmp_path: Path, count: int) -> None:
    vectors = [[DICE.random() for _ in range(64)] for _ in range(count)]
    index = ChromaIndex.embedded(tmp_path, embedder="x")
    index.add("p", [f"i{at}" for at in range(count)], vectors)
    near = index.query("p", vectors[0], k=3, lanes=frozenset(Lane))
    index.close()
    headers = list(tmp_path.rglob("header.bin"))
    assert headers
    for header in headers:
        used, size = struct.unpack_from("<2Q", header.read_bytes(), 20)
        assert not (header.parent / "data_level0.bin").read_bytes()[used * size :].strip(b"\0")
        assert not (header.parent / "length.bin").read_bytes()[used * 4 :].strip(b"\0")
    again = ChromaIndex.embedded(tmp_path, embedder="x")
    assert again.query("p", vectors[0], k=3, lanes=frozenset(Lane)) == near
    again.add("p", ["more"], [vectors[0]])
    assert again.count("p") == count + 1
    again.close()


def test_room_for_vectors_to_come_is_blanked_and_an_unknown_format_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data_level0.bin").write_bytes(b"v" * 20 + b"Ada Nwosu said" + b"." * 26)
    (tmp_path / "length.bin").write_bytes(b"l" * 12)
    for header, blanked in (
        (struct.pack("<i4Q", 2, 0, 6, 2, 10), 0),
        (b"short", 0),
        (struct.pack("<i4Q", 1, 0, 6, 2, 10), 44),
    ):
        (tmp_path / "header.bin").write_bytes(header)
        assert blank_unused(tmp_path) == blanked
    assert (tmp_path / "data_level0.bin").read_bytes() == b"v" * 20 + bytes(40)
    assert (tmp_path / "length.bin").read_bytes() == b"l" * 8 + bytes(4)
