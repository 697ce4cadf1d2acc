"""The folder that holds all state, and the lock that gives it one owner at a time.

Two processes on one home would silently lose vectors, so a second is turned away with the holder's name. The lock
belongs to the operating system: it goes with its process, also after ``kill -9``. Refuses to tidy up a folder that
is not its own.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from filelock import FileLock, Timeout

from copilot.errors import BadInput, HomeInUse, StoreUnavailable

INBOX: Final = "inbox-"
"""Beginning of the name of a folder in which a sent file lies while it is read."""
_LOCK = "owner.lock"
_OWNER = "owner.json"


@dataclass(frozen=True, slots=True)
class Home:
    """A home that this process owns until it is closed; use as a context manager."""

    path: Path
    lock: FileLock

    @classmethod
    def opened(cls, path: Path, *, purpose: str, wait_seconds: float = 0.0) -> Home:
        """Make the folder if need be (mode 0700) and own it.

        Args:
            path: the folder.
            purpose: what the owner does (``coach ingest``), for whoever comes second.
            wait_seconds: how long to wait for another owner to finish.

        Raises:
            BadInput: the path is a file, or somebody's folder with other things in it that others may read.
            HomeInUse: another process owns it.
            StoreUnavailable: it cannot be made or written.
        """
        try:
            _make(path)
            lock = FileLock(path / _LOCK, mode=0o600)
            lock.acquire(timeout=wait_seconds, blocking=wait_seconds > 0)
            owner = {
                "pid": os.getpid(),
                "purpose": purpose,
                "since": datetime.now().astimezone().isoformat(timespec="minutes"),
            }
            (path / _OWNER).write_text(json.dumps(owner), encoding="utf-8")
            for left in path.glob(f"{INBOX}*"):  # of a process that was killed while it read a sent file
                shutil.rmtree(left)
        except Timeout:
            raise HomeInUse(f"{path} is in use by {_holder(path)}: wait for it, or use another --home") from None
        except OSError as error:
            raise StoreUnavailable(f"{path} cannot be used as home ({error.strerror}): choose another --home") from None
        return cls(path, lock)

    def close(self) -> None:
        """Let the next process have it."""
        (self.path / _OWNER).unlink(missing_ok=True)
        self.lock.release()

    def __enter__(self) -> Home:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def database(self) -> Path:
        """The system of record, unless a setting puts it elsewhere."""
        return self.path / "record.db"

    @property
    def jobs(self) -> Path:
        """The durable jobs' own database."""
        return self.path / "jobs.db"

    @property
    def keys(self) -> Path:
        """The master key and the pairs' wrapped keys."""
        return self.path / "keys"

    @property
    def vectors(self) -> Path:
        """The vector index; may be deleted and is rebuilt from the record."""
        return self.path / "vectors"

    @property
    def egress_log(self) -> Path:
        """The hash-chained log of calls."""
        return egress_log(self.path)


def egress_log(path: Path) -> Path:
    """The log of calls of the home at a path; anybody who may read the folder may read it without owning the home."""
    return path / "egress.jsonl"


def audit_log(path: Path) -> Path:
    """The audit log of the home at a path."""
    return path / "audit.jsonl"


def _make(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise BadInput(f"{path} is a file, not a folder: choose another --home")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    open_to_others = stat.S_IMODE(path.stat().st_mode) & 0o077
    if not open_to_others:
        return
    if not (path / _LOCK).exists() and any(path.iterdir()):
        raise BadInput(f"{path} holds other things and others may read it: choose an empty folder as --home")
    path.chmod(0o700)


def _holder(path: Path) -> str:
    """Who holds the home, as far as they said; the lock itself does not depend on this file."""
    try:
        owner = json.loads((path / _OWNER).read_text(encoding="utf-8"))
        return f"process {int(owner['pid'])} ({owner['purpose']}, since {owner['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
