"""Every byte of a home, place by place, and the one place that may hold names by design taken out: the roster row.

The programme's roster lies in the record in plain words, because somebody has to know whom to mask. What is blanked
is that row's own text wherever a page of the database repeats it, and nothing else. Sealed vaults need no exception:
they are searched like the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_PAGE: Final = 4096
_HEAD: Final = 40
_LOG: Final = b"\x37\x7f\x06"
"""How a write-ahead log begins."""


def home_bytes(home: Path) -> Iterator[tuple[str, bytes]]:
    """Place and bytes of each file of a closed home, and the record's tables as rows."""
    roster = roster_rows(home)
    for path in sorted(each for each in home.rglob("*") if each.is_file()):
        data = path.read_bytes()
        if path.name.startswith("record.db"):
            yield "record, bytes", without_roster(data, roster)
        elif path.is_relative_to(home / "vectors"):
            yield "vector index", data
        elif path.name == "egress.jsonl":
            yield "call log", data
        else:
            yield "keys, lock and other files", data
    yield from _rows(home)


def wal_bytes(home: Path) -> Iterator[tuple[str, bytes]]:
    """The write-ahead log of an open home: pages that are not in the database yet, and older ones that were."""
    wal = home / "record.db-wal"
    if wal.exists():
        data = without_roster(wal.read_bytes(), roster_rows(home))
        for at in range(32 + 24, len(data), _PAGE + 24):
            yield "record, write-ahead log", data[at : at + _PAGE]


def roster_rows(home: Path) -> tuple[bytes, ...]:
    """The programme rows as they are stored."""
    with sqlite3.connect(f"file:{home / 'record.db'}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT body FROM programmes").fetchall()
    connection.close()
    return tuple(str(body).encode() for (body,) in rows)


def without_roster(data: bytes, rows: tuple[bytes, ...]) -> bytes:
    """The bytes with each run that a page copies from a roster row set to zero."""
    left = bytearray(data)
    for row in rows:
        chunks = {chunk[:_HEAD]: chunk for chunk in _overflows(row)}
        for at in _contents(data):
            chunk = chunks.get(data[at : at + _HEAD])
            if chunk is not None and data.startswith(chunk, at):
                left[at : at + len(chunk)] = bytes(len(chunk))
        at = data.find(row[:_HEAD])
        while at >= 0:
            size = next((n for n in range(min(len(row), _PAGE)) if data[at + n : at + n + 1] != row[n : n + 1]), _PAGE)
            left[at : at + size] = bytes(size)
            at = data.find(row[:_HEAD], at + 1)
    return bytes(left)


def _contents(data: bytes) -> Iterator[int]:
    """Where the content of each page begins, were it an overflow page; a write-ahead log has headers before pages."""
    log = data.startswith(_LOG)
    return iter(range(32 + 24 + 4 if log else 4, len(data), _PAGE + 24 if log else _PAGE))


def _overflows(row: bytes) -> Iterator[bytes]:
    """What the row's overflow pages hold, for every length its record's header may have (SQLite file format, 1.6)."""
    least = (_PAGE - 12) * 32 // 255 - 23
    for header in range(4, 160):
        local = least + (len(row) + header - least) % (_PAGE - 4)
        first = (local if local <= _PAGE - 35 else least) - header
        yield from (row[at : at + _PAGE - 4] for at in range(first, len(row), _PAGE - 4))


def _rows(home: Path) -> Iterator[tuple[str, bytes]]:
    connection = sqlite3.connect(f"file:{home / 'record.db'}?mode=ro", uri=True)
    try:
        names = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name == "programmes":
                continue
            if name.startswith("words_") and not name.endswith(("_data", "_idx", "_docsize", "_config")):
                yield "full-text index", _vocabulary(connection, name)
                continue
            place = "drafts" if name == "drafts" else "record, rows"
            for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - a name of the schema itself
                yield place, b"\x00".join(each if isinstance(each, bytes) else str(each).encode() for each in row)
    finally:
        connection.close()


def _vocabulary(connection: sqlite3.Connection, name: str) -> bytes:
    """The words of a full-text index, put together from its own compressed pages."""
    memory = sqlite3.connect(":memory:")
    try:
        connection.backup(memory)
        memory.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, '{name}', 'row')")
        return b"\x00".join(str(term).encode() for (term,) in memory.execute("SELECT term FROM temp.seen"))
    finally:
        memory.close()
