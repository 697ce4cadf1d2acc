"""The vaults' store: sealed in the record, open in memory for one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import delete, insert, select

from copilot.stores.database import Database
from copilot.stores.programmes import SqlProgrammes
from copilot.stores.tables import VAULTS
from guards.keys import Keyring
from guards.pair_vault import PairVault
from guards.roster import Roster


class SqlVaults:
    """Opens the pairs' vaults. A vault opened again inside its own block is the same one, so that the egress door
    knows what was minted a moment ago.
    """

    def __init__(self, database: Database, *, keyring: Keyring, programmes: SqlProgrammes) -> None:
        self._database = database
        self._keyring = keyring
        self._programmes = programmes
        self._guard = threading.Lock()
        self._locks: dict[str, threading.RLock] = {}
        self._open: dict[str, PairVault] = {}

    @contextmanager
    def open(self, pair: str) -> Generator[PairVault]:
        """The pair's vault, locked for this thread; saved when the block ends, also when it ends in an error.

        Raises:
            VaultUnreadable: it does not open with the keys of this home.
        """
        with self._guard:
            lock = self._locks.setdefault(pair, threading.RLock())
        with lock:
            if pair in self._open:
                yield self._open[pair]
                return
            vault = self._open[pair] = self._load(pair)
            try:
                yield vault
            finally:
                del self._open[pair]
                if vault.changed:
                    self._save(vault)

    @contextmanager
    def scratch(self, pair: str) -> Generator[PairVault]:
        """A copy of the pair's vault, for a look at a text: what it mints is forgotten when the block ends.

        The pair's lock is held meanwhile, because a redactor keeps what it compiled of a pair's forms.
        """
        with self._guard:
            lock = self._locks.setdefault(pair, threading.RLock())
        with lock:
            yield self._load(pair)

    def forms(self, pair: str) -> frozenset[str]:
        """Every form that must not leave with a call for this pair."""
        with self.open(pair) as vault:
            return vault.forms()

    def _load(self, pair: str) -> PairVault:
        programme = self._programmes.load()
        roster = programme.roster() if programme else Roster()
        with self._database.reading() as connection:
            sealed = connection.execute(select(VAULTS.c.sealed).where(VAULTS.c.pair == pair)).scalar()
        if sealed is None:
            return PairVault(pair, roster=roster)
        return PairVault.opened(sealed, key=self._keyring.key(pair), pair=pair, roster=roster)

    def _save(self, vault: PairVault) -> None:
        sealed = vault.sealed(self._keyring.key(vault.pair))
        with self._database.writing() as connection:
            connection.execute(delete(VAULTS).where(VAULTS.c.pair == vault.pair))
            connection.execute(insert(VAULTS).values(pair=vault.pair, sealed=sealed))
