"""The audit log: one chained line for every act on a home, by whom in which role on what, as keyed digests.

Pairs, people and things stand as HMACs under a key of each pair or person. Erasing it makes its digests noise, so the
chain never has to be cut or rewritten, and no line is personal data afterwards. Refuses text: only fixed words and
numbers stand open. Not seen by ``verified``: an older copy of log, seal and keys put back together.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from guards.chained_log import ChainedLog
from guards.errors import AuditUnwritable, VaultUnreadable
from guards.keys import Keyring
from guards.log_reading import START, Verified, verify
from guards.log_seal import read_seal, write_seal

_CHAIN: Final = "\x00audit log"
_SUBJECT: Final = "\x00audit "
_HEX: Final = re.compile(r"(?:[0-9a-f]{64})?")
_WORD: Final = re.compile(r"[a-z][a-z0-9_.-]{0,31}")
_TAG_CHARS: Final = 24


class Act(StrEnum):
    """What was done."""

    DRAFT = "draft"
    PAPER = "paper"
    FLAG = "flag"
    REVIEW = "review"
    DECISION = "decision"
    CRITERION = "criterion"
    REVEAL = "reveal"
    CONSENT = "consent"
    PAUSE = "pause"
    EXPORT = "export"
    IMPORT = "import"
    ERASE = "erase"
    RETENTION = "retention"
    WITHDRAW = "withdraw"
    RESTART = "restart"
    ISSUE = "issue"
    REVOKE = "revoke"
    SIGN_IN = "sign_in"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act. ``what`` is an id and becomes a digest; ``detail`` is one fixed word, ``count`` a number.

    ``before`` is the digest of logs that were set aside, where a chain begins anew (``audit_restart.py``).
    """

    act: Act
    pair: str = ""
    who: str = ""
    role: str = ""
    what: str = ""
    detail: str = ""
    count: int = 0
    before: str = ""


class AuditLog:
    """Appends to the audit log of one home."""

    def __init__(self, path: Path, *, keyring: Keyring) -> None:
        self._path = path
        self._keyring = keyring
        self._log = ChainedLog(path, key=lambda: keyring.key(_CHAIN), keyed=True)

    def append(self, entry: Entry) -> None:
        """Write one line; it is on the disk when this returns.

        Raises:
            AuditUnwritable: it cannot be written, so the act must not count as done; or a word of it is no plain word.
        """
        plain = all(not word or _WORD.fullmatch(word) for word in (entry.role, entry.detail))
        if not plain or not _HEX.fullmatch(entry.before):
            raise AuditUnwritable("an audit line holds fixed words alone: this is a bug of ours, nothing was written")
        try:
            self._begin()
            line = self._fields(entry)
            self._log.append(lambda _: line)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, MemoryError, VaultUnreadable) as error:
            raise AuditUnwritable(
                f"the audit log cannot be kept ({type(error).__name__}): free the disk, or run coach audit verify;"
                " what does not verify is set aside by coach audit restart"
            ) from None

    def _begin(self) -> None:
        """Seal before the first line, so that a home whose log and seal are gone is told from a new one."""
        if not self._keyring.has(_CHAIN):
            begin(self._path, keyring=self._keyring)

    def _fields(self, entry: Entry) -> dict[str, object]:
        owner = f"pair:{entry.pair}" if entry.pair else f"person:{entry.who}" if entry.who else ""
        return {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "act": entry.act.value,
            "pair": self._tag(f"pair:{entry.pair}", entry.pair) if entry.pair else "",
            "who": self._tag(f"person:{entry.who}", entry.who) if entry.who else "",
            "role": entry.role,
            "what": self._tag(owner, entry.what) if entry.what and owner else "",
            "detail": entry.detail,
            "count": entry.count,
            **({"before": entry.before} if entry.before else {}),
        }

    def _tag(self, owner: str, value: str) -> str:
        return _digest(self._keyring.key(_SUBJECT + owner), value)


def begin(path: Path, *, keyring: Keyring, anew: bool = False) -> None:
    """Seal a log that has no line yet; ``anew`` makes another key, where the one there was does not open.

    Raises:
        OSError: the disk refuses.
    """
    if anew:
        keyring.erase(_CHAIN)
    had = keyring.has(_CHAIN)
    try:
        write_seal(path, count=0, head=START, key=keyring.key(_CHAIN))
    except BaseException:
        if not had:
            keyring.erase(_CHAIN)
        raise


def forget(keyring: Keyring, *, kind: str, id_: str) -> None:
    """Destroy the audit key of a ``pair`` or ``person``: its digests can be made by nobody any more."""
    keyring.erase(f"{_SUBJECT}{kind}:{id_}")


def verified(path: Path, *, keyring: Keyring) -> Verified:
    """Check the whole log against its chain and its seal; a log or seal that is gone counts as cut.

    Raises:
        VaultUnreadable: the home's keys do not open.
    """
    if not keyring.has(_CHAIN):
        return Verified(0, "", 1 if path.exists() else None)
    key = keyring.key(_CHAIN)
    try:
        return verify(path, sealed=read_seal(path, key=key), key=key)
    except VaultUnreadable:  # gone, changed, or another's: nothing says where the log ended
        found = verify(path, key=key)
        return Verified(found.lines, found.head, found.broken, 0, max(1, found.lines))


def shown(
    path: Path, *, keyring: Keyring, pairs: Iterable[str], people: Iterable[str], most: int
) -> list[dict[str, object]]:
    """The last lines, oldest first, with ids in place of the digests of those who are still known.

    Raises:
        AuditUnwritable: a line does not read.
    """
    if not path.exists():
        return []
    names = {**_names(keyring, "pair", pairs), **_names(keyring, "person", people)}
    try:
        lines = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()[-most:]]
        return [_named(line, names) for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AuditUnwritable("a line of the audit log does not read: run coach audit verify") from None


def _names(keyring: Keyring, kind: str, ids: Iterable[str]) -> dict[str, str]:
    owners = {each: f"{_SUBJECT}{kind}:{each}" for each in ids}
    return {_digest(keyring.key(owner), each): each for each, owner in owners.items() if keyring.has(owner)}


def _named(line: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    kept = {name: line[name] for name in ("at", "act", "pair", "who", "role", "what", "detail", "count")}
    for name in ("pair", "who"):
        if kept[name]:
            kept[name] = names.get(str(kept[name]), f"~{str(kept[name])[:8]}")
    return kept


def _digest(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:_TAG_CHARS]
