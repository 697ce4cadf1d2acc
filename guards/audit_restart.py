"""The way out when an audit log does not verify: it is set aside as it is, and a new chain begins that names it.

Hides nothing: the first line of the new chain holds who did it and a digest of every log set aside, and checking goes
on saying so. Refuses while the log is whole, so that nobody begins anew to be rid of a log.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from guards.audit_log import Act, AuditLog, Entry, begin, verified
from guards.errors import AuditUnwritable, VaultUnreadable
from guards.keys import Keyring
from guards.log_seal import seal_path


@dataclass(frozen=True, slots=True)
class Before:
    """The logs that were set aside: their digest now, how many, and whether the chain names just these."""

    digest: str
    logs: int
    named: bool


def restart(path: Path, *, keyring: Keyring, who: str) -> Before:
    """Set a log aside that does not verify, and begin a new chain whose first line names it.

    Raises:
        AuditUnwritable: the log is whole, or the disk refuses.
    """
    found = _found(path, keyring)
    if found == "whole":
        raise AuditUnwritable("the audit log is whole, so it goes on: nothing was set aside")
    try:
        number = len(_set_aside(path)) + 1
        aside = path.with_name(f"{path.stem}.broken-{number:03}{path.suffix}")
        if path.exists():
            path.rename(aside)
        else:
            aside.touch(mode=0o600)
        if seal_path(path).exists():
            seal_path(path).rename(seal_path(aside))
        begin(path, keyring=keyring, anew=found == "key")
    except OSError as error:
        raise AuditUnwritable(f"the audit log cannot be set aside ({type(error).__name__}): free the disk") from None
    digest = _digest(path)
    AuditLog(path, keyring=keyring).append(Entry(Act.RESTART, who=who, detail=found, before=digest))
    return Before(digest, number, named=True)


def before(path: Path) -> Before | None:
    """What the chain says of logs set aside, and whether they are there as named; ``None`` where there never were any.

    Whether the chain itself is true is for ``verified`` to say.
    """
    logs, named = _set_aside(path), _named(path)
    if not logs and not named:
        return None
    digest = _digest(path)
    return Before(digest, len(logs), digest == named)


def _found(path: Path, keyring: Keyring) -> str:
    try:
        found = verified(path, keyring=keyring)
    except VaultUnreadable:
        return "key"
    if found.broken is not None:
        return "broken"
    return "whole" if found.whole else "cut"


def _named(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            first = json.loads(file.readline())
        return str(first.get("before", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def _set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.broken-*{path.suffix}"))


def _digest(path: Path) -> str:
    whole = hashlib.sha256()
    for each in _set_aside(path):
        whole.update(hashlib.sha256(each.name.encode() + b"\0" + each.read_bytes()).digest())
    return whole.hexdigest()
