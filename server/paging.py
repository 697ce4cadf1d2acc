"""Cursor pages: a slice of a list that may grow between two requests, and where the next one begins.

A cursor says after which entry to go on, by its key, so that an entry added or removed meanwhile shifts nothing. It
holds no more than that key and is readable by whoever was given it. Refuses a cursor that it did not make.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Final, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

from server.problems import Refused

T = TypeVar("T")
LIMIT: Final = 50
MOST: Final = 200


class Page(BaseModel, Generic[T]):
    """Some entries, and the cursor of the next ones where there are more."""

    items: list[T]
    next: str | None = None


class Wanted:
    """Which page is asked for."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=1, le=MOST, description="entries on a page")] = LIMIT,
        cursor: Annotated[str, Query(max_length=400, description="`next` of the page before")] = "",
    ) -> None:
        self.limit: Final = limit
        self.after: Final = _read(cursor) if cursor else None


Paged = Annotated[Wanted, Depends(Wanted)]


def page(entries: Sequence[T], wanted: Wanted, *, key: Callable[[T], str]) -> Page[T]:
    """A page of entries that are in the order of their keys, which are unique."""
    rest = [each for each in entries if wanted.after is None or key(each) > wanted.after]
    shown = rest[: wanted.limit]
    more = len(rest) > len(shown)
    return Page(items=shown, next=_written(key(shown[-1])) if more and shown else None)


def _written(key: str) -> str:
    return base64.urlsafe_b64encode(b"k" + key.encode()).decode().rstrip("=")


def _read(cursor: str) -> str:
    try:
        found = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        if found[:1] == b"k":
            return found[1:].decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        pass
    raise Refused("the cursor is none of this service: take `next` of the page before", status=422)
