"""Reads the call log: lists calls, and checks the chain from its start or from an anchor.

Where erasure or retention removed the oldest lines, the first line is an anchor, ``{"anchor": hash of the last line
removed, "removed": how many}``, and the chain goes on from there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from guards.errors import EgressRefused
from guards.log_seal import Sealed

START: Final = "0" * 64
"""What the first line has for the line before it."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking a log found. ``broken`` is the first line that does not fit, counted from 1, or ``None``.

    ``removed`` calls came before the anchor. ``cut`` calls of those that the seal counted are gone from the end, and
    ``unsealed`` ones came after it: one can be left by a process that was killed, more cannot.
    """

    lines: int
    head: str
    broken: int | None
    removed: int = 0
    cut: int = 0
    unsealed: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return self.broken is None and not self.cut and self.unsealed <= 1


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the log, as it stands; whether it is true is for ``verify`` to say."""

    at: str
    pair: str
    destination: str
    size: int
    sha256: str
    verdict: str
    policy: str = ""
    texts: int = 0
    placeholders: int = 0


def last_line(path: Path) -> dict[str, object]:
    """The last line, empty for a log that has none."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 8192))
        lines = file.read().splitlines()
    if not lines:
        return {}
    last = cast("dict[str, object]", json.loads(lines[-1]))
    if "hash" not in last and "anchor" not in last:
        raise ValueError("no line of the log")
    return last


def lines_of(path: Path) -> int:
    """How many calls were ever logged, removed ones included."""
    if not path.exists():
        return 0
    with path.open(encoding="utf-8") as file:
        first = file.readline()
        anchored = _anchor(first)
        return sum(1 for _ in file) + (anchored[1] if anchored else bool(first))


def last_calls(path: Path, *, most: int) -> tuple[Call, ...]:
    """The last calls, oldest first.

    Raises:
        EgressRefused: a line does not read.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8") as file:
        lines = [(at, text) for at, text in enumerate(file, start=1) if at > 1 or _anchor(text) is None]
    return tuple(_call(text, number) for number, text in lines[-most:])


def verify(path: Path, *, sealed: Sealed | None = None, key: bytes = b"") -> Verified:
    """Check every line against its hash and the line before it, and the end against what the seal says.

    With ``key`` lines must be hashed with it and stand byte for byte as written, and no anchor is accepted.
    """
    head, removed, lines, met = START, 0, 0, sealed is None or sealed.count == 0
    if path.exists():
        with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            for number, text in enumerate(file, start=1):
                anchored = _anchor(text) if number == 1 and not key else None
                if anchored is not None:
                    head, removed = anchored
                else:
                    lines += 1
                    claimed = _checked(text, head, key)
                    if claimed is None:
                        return Verified(lines, head, number, removed)
                    head = claimed
                met = met or (sealed is not None and (removed + lines, head) == (sealed.count, sealed.head))
    found = Verified(lines, head, None, removed)
    return found if sealed is None else _against(found, sealed, met=met)


def hash_of(line: Mapping[str, object], *, key: bytes = b"") -> str:
    """The hash that a line carries: of everything else in it, with a key as HMAC and in the order it stands."""
    if key:
        return hmac.new(key, json.dumps(line, ensure_ascii=False).encode(), hashlib.sha256).hexdigest()
    return hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _against(found: Verified, sealed: Sealed, *, met: bool) -> Verified:
    total = found.removed + found.lines
    cut, more = max(0, sealed.count - total), max(0, total - sealed.count)
    if not met and not cut:  # as many lines, but not those: cut off and written anew
        cut = 1
    return Verified(found.lines, found.head, None, found.removed, cut, more)


def _anchor(text: str) -> tuple[str, int] | None:
    try:
        line: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(line, dict) or set(cast("dict[str, object]", line)) != {"anchor", "removed"}:
        return None
    said = cast("dict[str, object]", line)
    head, removed = said["anchor"], said["removed"]
    return (head, removed) if isinstance(head, str) and type(removed) is int and removed >= 0 else None


def _checked(text: str, head: str, key: bytes) -> str | None:
    """The line's hash, if it is right and follows ``head``."""
    try:
        line = json.loads(text)
        if key and text != json.dumps(line, ensure_ascii=False) + "\n":
            return None
        claimed = line.pop("hash")
        return str(claimed) if line["previous"] == head and hash_of(line, key=key) == claimed else None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return None


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
            str(line.get("policy", "")),
            int(line.get("texts", 0)),
            int(line.get("placeholders", 0)),
        )
    except (ValueError, KeyError, TypeError):
        raise EgressRefused(f"line {number} of the call log does not read: run coach egress verify") from None
