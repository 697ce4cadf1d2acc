"""Takes old lines off the beginning of the call log and leaves an anchor, so that the chain of the rest verifies.

The anchor is a line with the hash of the last line that went. The newest line always stays, so that a log in use goes
on from it, and the seal counts what was removed, so it holds. Refuses a log that does not verify: what is broken is
evidence, and is not cut away.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

from guards.errors import EgressRefused
from guards.log_reading import verify


def trim(path: Path, *, before: date, dry_run: bool = False) -> int:
    """Remove the lines from the beginning that are older than a day; how many went, or would.

    Raises:
        EgressRefused: the log does not verify.
    """
    if not path.exists():
        return 0
    if verify(path).broken is not None:
        raise EgressRefused("the call log does not verify, so no line is removed: run coach egress verify")
    lines = path.read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    start = int(bool(read) and "removed" in read[0])
    end = start
    while end < len(read) - 1 and datetime.fromisoformat(read[end]["at"]).astimezone(UTC).date() < before:
        end += 1
    if end == start or dry_run:
        return end - start
    removed = end - start + (int(read[0]["removed"]) if start else 0)
    kept = [json.dumps({"anchor": read[end - 1]["hash"], "removed": removed}), *lines[end:]]
    _replace(path, "\n".join(kept) + "\n")
    return end - start


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
