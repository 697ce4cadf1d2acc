"""A reader of one pair that asks the record for each thing once: for judging the same rows on many days.

Answers as the record stood when it was first asked; make a new one to see anything newer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, cast

from copilot.drafts import Draft
from copilot.mentions import Decision, Mention
from copilot.programme import SessionRecord
from copilot.stores.protocols import DocumentRow, PairReader
from knowledge.passages import Passage, RedactedLine

T = TypeVar("T")


class OnceReader:
    """Every answer of another reader, kept; searches and drafts are passed through."""

    def __init__(self, reader: PairReader) -> None:
        self._reader = reader
        self._kept: dict[tuple[object, ...], object] = {}

    def documents(self) -> tuple[DocumentRow, ...]:
        """As the reader's."""
        return self._once(("documents",), self._reader.documents)

    def lines(self, document: str, first: int, last: int) -> tuple[RedactedLine, ...]:
        """As the reader's."""
        return self._once(("lines", document, first, last), lambda: self._reader.lines(document, first, last))

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        """As the reader's."""
        return self._once(("passages", *ids), lambda: self._reader.passages(ids))

    def all_passages(self) -> tuple[Passage, ...]:
        """As the reader's."""
        return self._once(("all passages",), self._reader.all_passages)

    def search_words(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:
        """As the reader's."""
        return self._reader.search_words(query, limit)

    def mentions(self) -> tuple[Mention, ...]:
        """As the reader's."""
        return self._once(("mentions",), self._reader.mentions)

    def superseded(self) -> tuple[Mention, ...]:
        """As the reader's."""
        return self._once(("superseded",), self._reader.superseded)

    def decisions(self) -> tuple[Decision, ...]:
        """As the reader's."""
        return self._once(("decisions",), self._reader.decisions)

    def sessions(self) -> tuple[SessionRecord, ...]:
        """As the reader's."""
        return self._once(("sessions",), self._reader.sessions)

    def draft(self, draft_id: str) -> Draft | None:
        """As the reader's."""
        return self._reader.draft(draft_id)

    def _once(self, key: tuple[object, ...], read: Callable[[], T]) -> T:
        if key not in self._kept:
            self._kept[key] = read()
        return cast("T", self._kept[key])
