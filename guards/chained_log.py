"""Appends to a file of JSON lines in which each carries the hash of the line before it; call and audit log share it.

Every line is whole and on the disk before ``append`` returns, or is not there at all. With a key, count and last hash
are sealed beside the file (``log_seal.py``). The count only grows: what was cut off stays missed, whatever is appended
after. Refuses to go on from a last line that does not read.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from guards.log_reading import START, hash_of, last_line, lines_of
from guards.log_seal import read_seal, seal_path, write_seal


class ChainedLog:
    """One log file; safe for threads of the process that owns the home.

    Args:
        path: the log file.
        key: gives the key that the seal is made with; without it there is no seal.
        keyed: whether lines are hashed with the key too, so that nobody without it can make one that fits.
    """

    def __init__(self, path: Path, *, key: Callable[[], bytes] | None = None, keyed: bool = False) -> None:
        self._path = path
        self._key = key
        self._keyed = keyed
        self._lock = threading.Lock()
        self._last: Mapping[str, object] | None = None
        self._count: int | None = None

    def append(self, fields: Callable[[Mapping[str, object]], Mapping[str, object]]) -> None:
        """Write one line and make it durable; ``fields`` makes it from the line before.

        Raises:
            OSError: the disk refuses.
            ValueError: the last line does not read.
            VaultUnreadable: the seal does not open.
        """
        with self._lock:
            before = self._last if self._last is not None else last_line(self._path)
            line = dict(fields(before))
            line["previous"] = str(before.get("hash", before.get("anchor", START)))
            line["hash"] = hash_of(line, key=self._key() if self._key and self._keyed else b"")
            if self._key is not None and self._count is None:
                self._count = self._counted(self._key())
            _write(self._path, json.dumps(line, ensure_ascii=False) + "\n")
            self._last = line
            if self._key is not None and self._count is not None:
                self._count += 1
                write_seal(self._path, count=self._count, head=str(line["hash"]), key=self._key())

    def _counted(self, key: bytes) -> int:
        """Lines so far; where the seal knows of more, these were cut off, and a new seal must not forget it."""
        lines = lines_of(self._path)
        if not self._keyed:
            return lines
        if not seal_path(self._path).exists():  # a keyed log has one from its beginning: somebody took it away
            return lines + 1
        return max(lines, read_seal(self._path, key=key).count)


def _write(path: Path, text: str) -> None:
    """Append the whole line or nothing: half a line would make the log unreadable."""
    data = text.encode()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        try:
            _whole(os.write(handle, data), data)
            os.fsync(handle)
        except BaseException:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)


def _whole(written: int, data: bytes) -> None:
    if written != len(data):
        raise OSError("the disk took half a line")
