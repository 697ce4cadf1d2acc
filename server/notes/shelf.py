"""Notes that were looked at and not kept: in memory alone, each its sender's, for half an hour.

Refuses to grow: a person has a few at a time and everybody together a bounded number of bytes; the oldest go first. A
restart forgets them all, and says so to whoever comes back.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Annotated, Final

from fastapi import Depends, Request

from copilot.errors import NotFound
from copilot.previewing import Preview

EACH: Final = 3
"""Previews of one person; a fourth puts their oldest away."""
BYTES: Final = 128 * 1024 * 1024
"""Sent bytes over everybody: six files of the largest size."""
SECONDS: Final = 1800.0


@dataclass(frozen=True, slots=True)
class Shelved:
    """A preview, whose it is, and since when."""

    id: str
    person: str
    preview: Preview
    since: float

    @property
    def size(self) -> int:
        """Bytes as sent."""
        return len(self.preview.placed.sent.content)


class Shelf:
    """The previews of one server."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[str, Shelved] = OrderedDict()
        self._lock = threading.Lock()
        self.redacting: Final = threading.Lock()
        """Held while a text without a pair is masked: a redactor keeps what it compiled of the last roster."""

    def put(self, preview: Preview, *, person: str) -> Shelved:
        """Put a preview away for its sender."""
        made = Shelved(secrets.token_urlsafe(12), person, preview, self._clock())
        with self._lock:
            self._held[made.id] = made
            mine = [each.id for each in self._held.values() if each.person == person]
            for each in mine[:-EACH]:
                del self._held[each]
            self._tidy(keep=made.id)
        return made

    def of(self, person: str, pair: str, name: str) -> Shelved:
        """A person's preview of a pair.

        Raises:
            NotFound: there is none of theirs by that id (any more).
        """
        with self._lock:
            self._tidy()
            found = self._held.get(name)
        if found is None or found.person != person or found.preview.placed.pair != pair:
            raise NotFound(
                "this preview is gone: it is kept for half an hour, and not over a restart; add the note again"
            )
        return found

    def drop(self, name: str) -> None:
        """Forget a preview; twice is once."""
        with self._lock:
            self._held.pop(name, None)

    def _tidy(self, keep: str = "") -> None:
        old = self._clock() - SECONDS
        for each in [each for each in self._held.values() if each.since < old]:
            del self._held[each.id]
        size = sum(each.size for each in self._held.values())
        for each in list(self._held.values()):
            if size <= BYTES or each.id == keep:
                break
            size -= each.size
            del self._held[each.id]


def shelf_of(request: Request) -> Shelf:
    """The server's shelf."""
    found = request.app.state.shelf
    assert isinstance(found, Shelf)  # noqa: S101 - create_app put it there
    return found


OnShelf = Annotated[Shelf, Depends(shelf_of)]
