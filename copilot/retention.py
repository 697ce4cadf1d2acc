"""Removes what is older than the policy allows, class by class, and says what went.

There is no background process: ``coach ingest`` runs what is due once a day, and a cron line may do so too. The clock
is handed in. Refuses nothing and guesses nothing: without a policy in the home everything is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from copilot.bootstrap import Copilot
from copilot.erasure_records import CERTIFICATES, write_whole
from copilot.reindexing import rebuild_index
from copilot.retention_policy import FILE, RetentionPolicy, read_policy
from copilot.stores.erasing import ErasingStore, open_erasing
from copilot.stores.retaining import RetainingStore
from guards.audit_log import Act, Entry
from guards.call_log_trimming import trim
from guards.text import PLACEHOLDER
from guards.vault import Kept

_STATE: Final = "retention.json"


@dataclass(frozen=True, slots=True)
class Removed:
    """What went of one class, or would: its limit in days, the first day that is kept, counts by kind."""

    name: str
    days: int
    before: date
    counts: Mapping[str, int]


@dataclass(slots=True)
class _State:
    """When it last ran, and since when a vault's placeholder is used by no text; no names in it."""

    last: str = ""
    unlinked: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])


def adopt_policy(home: Path, folder: Path) -> None:
    """Take over the policy file beside a programme file, where there is one.

    Raises:
        BadInput: it does not hold together; the one in force stays.
    """
    source = folder / FILE
    if source.is_file():
        read_policy(source)
        write_whole(home / FILE, source.read_bytes())


def policy_of(home: Path) -> RetentionPolicy:
    """The policy in force; without a file everything is kept.

    Raises:
        BadInput: the file does not hold together.
    """
    path = home / FILE
    return read_policy(path) if path.is_file() else RetentionPolicy()


def run_if_due(copilot: Copilot, today: date) -> tuple[Removed, ...]:
    """Run once a day; nothing where it ran today or nothing has a limit."""
    if not policy_of(copilot.home.path).limits or _state(copilot.home.path).last >= today.isoformat():
        return ()
    return run_retention(copilot, today)


def run_retention(copilot: Copilot, today: date, *, dry_run: bool = False) -> tuple[Removed, ...]:
    """Remove what is older than its class's limit as of a day; with ``dry_run`` only count.

    Raises:
        BadInput: the policy file does not hold together.
        EgressRefused: lines of a call log that does not verify were to go.
    """
    home = copilot.home.path
    limits = policy_of(home).limits
    with open_erasing(copilot.settings.database_url or copilot.home.database) as store:
        run = _Run(copilot, store, today, dry_run)
        removed = tuple(
            Removed(name, days, before, run.classes[name](before))
            for name, days in limits.items()
            for before in (today - timedelta(days=days),)
        )
        if not dry_run:
            run.state.last = today.isoformat()
            write_whole(home / _STATE, json.dumps({"last": run.state.last, "unlinked": run.state.unlinked}).encode())
            _settle(copilot, store, removed)
            count = sum(count for each in removed for count in each.counts.values())
            copilot.audit.append(Entry(Act.RETENTION, count=count))
    return removed


def _settle(copilot: Copilot, store: ErasingStore, removed: tuple[Removed, ...]) -> None:
    """What went must not stay in free pages or in the index's files."""
    gone = {name for each in removed for name, count in each.counts.items() if count}
    if gone - {"lines_of_the_log", "certificates"}:
        store.database.settle()
    if "passages" in gone:
        rebuild_index(copilot, store)


class _Run:
    """One run: a function for each class, from the first day that is kept to counts."""

    def __init__(self, copilot: Copilot, store: ErasingStore, today: date, dry_run: bool) -> None:
        self._copilot = copilot
        self._store = store
        self._today = today
        self._dry_run = dry_run
        self.state = _state(copilot.home.path)
        rows = RetainingStore(store.database, dry_run=dry_run)
        self.classes: dict[str, Callable[[date], Mapping[str, int]]] = {
            "conversation": rows.conversation,
            "commitments": lambda before: rows.commitments(store.pairs(), before, today),
            "drafts": rows.drafts,
            "vault_unlinked": self._vaults,
            "call_log": self._log,
            "certificates": self._certificates,
            "tokens": rows.tokens,
        }

    def _vaults(self, before: date) -> Mapping[str, int]:
        """Forms whose placeholder no text has had since before a day; listed people keep theirs."""
        count = 0
        for pair in self._store.vaults():
            used = {match.group(0) for text in self._store.texts(pair) for match in PLACEHOLDER.finditer(text)}
            since = self.state.unlinked.get(pair, {})
            with self._copilot.record.vaults.open(pair) as vault:
                unused = {each.mark for each in vault.kept() if each.person is None and each.mark not in used}
                since = {mark: since.get(mark, self._today.isoformat()) for mark in sorted(unused)}
                old = {mark for mark, day in since.items() if day < before.isoformat()}

                def gone(kept: Kept, old: set[str] = old) -> bool:
                    return kept.mark in old

                count += sum(map(gone, vault.kept())) if self._dry_run else vault.forget(gone)
            self.state.unlinked[pair] = {mark: day for mark, day in since.items() if mark not in old}
        return {"forms": count} if count else {}

    def _log(self, before: date) -> Mapping[str, int]:
        count = trim(self._copilot.home.egress_log, before=before, dry_run=self._dry_run)
        return {"lines_of_the_log": count} if count else {}

    def _certificates(self, before: date) -> Mapping[str, int]:
        old = [path for path in (self._copilot.home.path / CERTIFICATES).glob("*.json") if _finished(path) < before]
        for path in [] if self._dry_run else old:
            path.unlink()
        return {"certificates": len(old)} if old else {}


def _finished(path: Path) -> date:
    shape = json.loads(path.read_text(encoding="utf-8"))
    return datetime.fromisoformat(shape["finished"]).astimezone(UTC).date()


def _state(home: Path) -> _State:
    path = home / _STATE
    if not path.is_file():
        return _State()
    shape = json.loads(path.read_text(encoding="utf-8"))
    return _State(str(shape["last"]), {pair: dict(marks) for pair, marks in shape["unlinked"].items()})
