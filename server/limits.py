"""How often somebody may ask: per person once they are known, per address while they are not.

Counted in this process alone; several workers each count their own. Refuses with how long to wait, and costs nobody
else anything. The rates are ours: a page makes about five requests, a person at work some thirty a minute.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from server.problems import Refused


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests a minute: ``reads`` and ``writes`` of one person, ``strangers`` that fail to sign in from an address."""

    reads: int = 600
    writes: int = 120
    strangers: int = 30


class Limits:
    """The counters of one server."""

    def __init__(self, rates: Rates) -> None:
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._reads: Final = RateLimitItemPerMinute(rates.reads)
        self._writes: Final = RateLimitItemPerMinute(rates.writes)
        self._strangers: Final = RateLimitItemPerMinute(rates.strangers)

    def count(self, person: str, *, writes: bool) -> None:
        """Count a request of somebody known.

        Raises:
            Refused: it is one too many.
        """
        item = self._writes if writes else self._reads
        kind = "writes" if writes else "reads"
        if not self._window.hit(item, kind, person):
            raise self._refused(item, kind, person)

    def check_stranger(self, address: str) -> None:
        """Refuse one more failure from an address from which too many failed to sign in.

        Raises:
            Refused: too many did.
        """
        if not self._window.test(self._strangers, "strangers", address):
            raise self._refused(self._strangers, "strangers", address)

    def count_stranger(self, address: str) -> None:
        """Count somebody who failed to sign in."""
        self._window.hit(self._strangers, "strangers", address)

    def _refused(self, item: RateLimitItemPerMinute, *who: str) -> Refused:
        wait = max(1, math.ceil(self._window.get_window_stats(item, *who).reset_time - time.time()))
        return Refused(
            f"more requests than {item.amount} a minute: wait {wait} s", status=429, headers={"Retry-After": str(wait)}
        )


class Streams:
    """How many streams of events somebody holds open; each keeps a connection, of which there is a fixed number."""

    def __init__(self, most: int = 8) -> None:
        self._most = most
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def one(self, person: str) -> Generator[None]:
        """Count a stream while it is open.

        Raises:
            Refused: it is one too many.
        """
        with self._lock:
            if self._open[person] >= self._most:
                raise Refused(
                    f"{self._most} streams of yours are open: close one", status=429, headers={"Retry-After": "10"}
                )
            self._open[person] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[person] -= 1
                if not self._open[person]:
                    del self._open[person]
