"""The log of calls: one line per call, each carrying the hash of the line before it.

A line says when, for which pair, to what kind of destination, by which redaction policy, how many bytes, messages and
placeholders with what digest, and the verdict. It never holds text, an address or a key. With a key, count and last
hash are also sealed beside the log, so that lines cut off its end are missed (``log_seal.py``). Refuses to start on a
log whose last line does not read.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from guards.errors import EgressRefused
from guards.log_reading import START, hash_of, last_line, lines_of
from guards.log_seal import write_seal

_PLACEHOLDER: Final = re.compile(rb"(?:<|\\u003[cC])[A-Z][A-Z_]*[A-Z]_\d+(?:>|\\u003[eE])")


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of a call."""

    pair: str
    destination: str
    payload: bytes
    policy: str = ""
    texts: int = 0


class CallLog:
    """Appends to one log file; safe for threads of the process that owns the home.

    Args:
        path: the log file.
        key: gives the key that the seal is made with; without it there is no seal.
    """

    def __init__(self, path: Path, *, key: Callable[[], bytes] | None = None) -> None:
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self._last: dict[str, object] | None = None
        self._count: int | None = None

    def append(self, call: Line, *, verdict: str) -> None:
        """Write one line and make it durable.

        A process that masked nothing itself does not know the policy; it is then the one last logged.

        Raises:
            EgressRefused: it cannot be written; a call that leaves no trace is not made.
        """
        with self._lock:
            try:
                before = self._last if self._last is not None else last_line(self._path)
                line: dict[str, object] = {
                    "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "pair": call.pair,
                    "destination": call.destination,
                    "policy": call.policy or str(before.get("policy", "")),
                    "bytes": len(call.payload),
                    "texts": call.texts,
                    "placeholders": len(_PLACEHOLDER.findall(call.payload)),
                    "sha256": hashlib.sha256(call.payload).hexdigest(),
                    "verdict": verdict,
                    "previous": str(before.get("hash", before.get("anchor", START))),
                }
                line["hash"] = hash_of(line)
                self._keep(line)
            except (OSError, ValueError, KeyError, TypeError, AttributeError, MemoryError) as error:
                raise EgressRefused(f"the call log cannot be kept ({type(error).__name__}): nothing was sent") from None

    def _keep(self, line: dict[str, object]) -> None:
        if self._key is not None and self._count is None:
            self._count = lines_of(self._path)
        _write(self._path, json.dumps(line, ensure_ascii=False) + "\n")
        self._last = line
        if self._key is not None and self._count is not None:
            self._count += 1
            write_seal(self._path, count=self._count, head=str(line["hash"]), key=self._key())


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
