"""The log of calls: one line per call, each carrying the hash of the line before it.

A line says when, for which pair, to what kind of destination, by which redaction policy, how many bytes, messages and
placeholders with what digest, and the verdict. It never holds text, an address or a key. With a key, count and last
hash are also sealed beside the log, so that lines cut off its end are missed (``log_seal.py``). Refuses to start on a
log whose last line does not read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from guards.chained_log import ChainedLog
from guards.errors import EgressRefused

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
        self._log = ChainedLog(path, key=key)

    def append(self, call: Line, *, verdict: str) -> None:
        """Write one line and make it durable.

        A process that masked nothing itself does not know the policy; it is then the one last logged.

        Raises:
            EgressRefused: it cannot be written; a call that leaves no trace is not made.
        """
        try:
            self._log.append(lambda before: _fields(call, verdict, before))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, MemoryError) as error:
            raise EgressRefused(f"the call log cannot be kept ({type(error).__name__}): nothing was sent") from None


def _fields(call: Line, verdict: str, before: Mapping[str, object]) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "pair": call.pair,
        "destination": call.destination,
        "policy": call.policy or str(before.get("policy", "")),
        "bytes": len(call.payload),
        "texts": call.texts,
        "placeholders": len(_PLACEHOLDER.findall(call.payload)),
        "sha256": hashlib.sha256(call.payload).hexdigest(),
        "verdict": verdict,
    }
