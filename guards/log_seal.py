"""The seal of the call log: how many calls it has and the last hash, sealed with a key beside the log.

A chain alone does not miss lines that are cut off its end; this does. Not seen: an older copy of log and seal put
back together, both deleted together, and whatever somebody does who has the home's master key.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guards.errors import VaultUnreadable
from guards.sealing import seal, unsealed

SEALER: Final = "\x00call log"
"""The keyring's name for the seal's key; no pair can be called so."""
_CONTEXT: Final = "call log"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the seal says: calls since the log began, removed ones included, and the hash of the last."""

    count: int
    head: str


def seal_path(log: Path) -> Path:
    """Where the seal of a log is."""
    return log.with_name(f"{log.name}.seal")


def write_seal(log: Path, *, count: int, head: str, key: bytes) -> None:
    """Put the new seal in the old one's place, whole or not at all."""
    blob = seal(json.dumps({"count": count, "head": head}).encode(), key=key, context=_CONTEXT)
    draft = log.with_name(f".{log.name}.seal.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(seal_path(log))
    folder = os.open(log.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the names of a new log and of the seal last too
    finally:
        os.close(folder)


def read_seal(log: Path, *, key: bytes) -> Sealed:
    """What the seal says.

    Raises:
        VaultUnreadable: it was made with another key, was changed, or is not there.
    """
    try:
        said = json.loads(unsealed(seal_path(log).read_bytes(), key=key, context=_CONTEXT))
        return Sealed(int(said["count"]), str(said["head"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise VaultUnreadable(f"the seal of {log.name} does not read: compare the log with a copy of yours") from None
