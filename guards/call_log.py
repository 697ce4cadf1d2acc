"""The log of calls: one line per call, each carrying the hash of the line before it.

A line says when, for which pair, to what kind of destination, how many bytes with what digest, and the verdict.
It never holds text, an address or a key. Refuses to start on a log whose last line does not read.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from guards.errors import EgressRefused

_START: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking a log found. ``broken`` is the first line that does not fit, counted from 1, or ``None``."""

    lines: int
    head: str
    broken: int | None


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the log, as it stands; whether it is true is for ``verify`` to say."""

    at: str
    pair: str
    destination: str
    size: int
    sha256: str
    verdict: str


class CallLog:
    """Appends to one log file; safe for threads of the process that owns the home."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._head: str | None = None

    def append(self, *, pair: str, destination: str, payload: bytes, verdict: str) -> None:
        """Write one line and make it durable.

        Raises:
            EgressRefused: it cannot be written; a call that leaves no trace is not made.
        """
        with self._lock:
            try:
                previous = self._head or last_hash(self._path)
                line = {
                    "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "pair": pair,
                    "destination": destination,
                    "bytes": len(payload),
                    "sha256": hashlib.sha256(payload).hexdigest(),
                    "verdict": verdict,
                    "previous": previous,
                }
                head = _hash(line)
                _write(self._path, json.dumps(line | {"hash": head}, ensure_ascii=False) + "\n")
            except (OSError, ValueError, KeyError) as error:
                raise EgressRefused(f"the call log cannot be kept ({type(error).__name__}): nothing was sent") from None
            self._head = head


def last_hash(path: Path) -> str:
    """The hash of the last line, or zeros for a log that has none."""
    if not path.exists():
        return _START
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 8192))
        lines = file.read().splitlines()
    return str(json.loads(lines[-1])["hash"]) if lines else _START


def last_calls(path: Path, *, most: int) -> tuple[Call, ...]:
    """The last calls, oldest first.

    Raises:
        EgressRefused: a line does not read.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8") as file:
        lines = deque(((at, text) for at, text in enumerate(file, start=1) if not _is_anchor(at, text)), maxlen=most)
    return tuple(_call(text, number) for number, text in lines)


def verify(path: Path) -> Verified:
    """Check every line against its hash and the line before it."""
    head, count = _START, 0
    if not path.exists():
        return Verified(0, head, None)
    with path.open(encoding="utf-8") as file:
        for count, text in enumerate(file, start=1):
            try:
                line = json.loads(text)
                claimed = line.pop("hash")
                head = line["previous"] if _is_anchor(count, text) else head
                fits = line["previous"] == head and _hash(line) == claimed
            except (ValueError, KeyError, AttributeError, TypeError):
                return Verified(count, head, count)
            if not fits:
                return Verified(count, head, count)
            head = line["previous"] if _is_anchor(count, text) else claimed
    return Verified(count, head, None)


def anchor_line(*, removed: int, last: str) -> str:
    """The first line of a log whose ``removed`` oldest lines are gone; ``last`` is the hash of the last of them."""
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "removed": removed, "previous": last}
    return json.dumps(line | {"hash": _hash(line)}, ensure_ascii=False)


def _is_anchor(number: int, text: str) -> bool:
    return number == 1 and '"removed": ' in text


def _call(text: str, number: int) -> Call:
    try:
        line = json.loads(text)
        return Call(
            str(line["at"]),
            str(line["pair"]),
            str(line["destination"]),
            int(line["bytes"]),
            str(line["sha256"]),
            str(line["verdict"]),
        )
    except (ValueError, KeyError, TypeError):
        raise EgressRefused(f"line {number} of the call log does not read: run coach egress verify") from None


def _hash(line: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
