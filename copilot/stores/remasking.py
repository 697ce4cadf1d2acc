"""Masks, in what a pair has on record, the forms that its vault has learnt since: nothing stored keeps a known name.

Superseded mentions and drafts are looked through too. Ids stay as they are, because people's decisions and citations
bind to them. A person's decision is never edited, its reason included; reasons are in no index and no prompt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, select, update

from copilot.drafts import Draft
from copilot.mentions import Mention
from copilot.stores.codec import decoded, encoded, mapped, redacted
from copilot.stores.tables import DOCUMENTS, DRAFTS, LINES, MENTIONS, PASSAGES
from copilot.stores.words import PairWords
from guards.text import RedactedText

Mask = Callable[[RedactedText], RedactedText]


@dataclass(frozen=True, slots=True)
class PairRemask:
    """One pass over one pair. ``needed`` is the quick look, ``mask`` the careful one."""

    connection: Connection
    pair: str
    needed: Callable[[str], bool]
    mask: Mask

    def run(self, words: PairWords) -> tuple[str, ...]:
        """Mask everything; the ids of passages whose text changed."""
        mine = DOCUMENTS.c.pair == self.pair
        documents = select(DOCUMENTS.c.no).where(mine)
        changed = self._passages(words)
        self._column(DOCUMENTS, DOCUMENTS.c.name, mine, self._text)
        self._column(LINES, LINES.c.text, LINES.c.document.in_(documents), self._text)
        self._column(MENTIONS, MENTIONS.c.body, MENTIONS.c.document.in_(documents), self._body(Mention))
        self._column(DRAFTS, DRAFTS.c.body, DRAFTS.c.pair == self.pair, self._body(Draft))
        return changed

    def _text(self, value: str) -> str:
        return str(self.mask(redacted(value)))

    def _body(self, kind: type[object]) -> Callable[[str], str]:
        return lambda body: encoded(mapped(decoded(kind, body), self.mask))

    def _column(
        self, table: Table, column: Column[str], where: ColumnElement[bool], change: Callable[[str], str]
    ) -> None:
        keys = list(table.primary_key.columns)
        for *key, value in self.connection.execute(select(*keys, column).where(where)).all():
            if not value or not self.needed(value):
                continue
            new = change(value)
            if new != value:
                this = and_(*(one == part for one, part in zip(keys, key, strict=True)))
                self.connection.execute(update(table).where(this).values({column.name: new}))

    def _passages(self, words: PairWords) -> tuple[str, ...]:
        mine = PASSAGES.c.pair == self.pair
        before = self._shown(mine)
        for column in (PASSAGES.c.text, PASSAGES.c.heading, PASSAGES.c.speaker):
            self._column(PASSAGES, column, mine, self._text)
        after = self._shown(mine)
        changed = [no for no, (_, text, _) in after.items() if text != before[no][1]]
        words.remove(self.connection, [(no, before[no][1]) for no in changed if not before[no][2]])
        words.add(self.connection, [(no, after[no][1]) for no in changed if not after[no][2]])
        if changed:
            words.settle(self.connection)
        return tuple(after[no][0] for no in changed)

    def _shown(self, where: ColumnElement[bool]) -> dict[int, tuple[str, str, str]]:
        wanted: Sequence[Column[str] | Column[int]] = (PASSAGES.c.no, PASSAGES.c.id, PASSAGES.c.text, PASSAGES.c.held)
        rows = self.connection.execute(select(*wanted).where(where)).all()
        return {int(no): (str(id_), str(text), str(held)) for no, id_, text, held in rows}
