"""Full text over one pair's passages: an FTS5 table per pair.

One table for everybody would read every pair's hits to weigh a word (bm25 counts documents over the whole table),
so a search would slow down with other pairs' data and its scores would tell how common a word is in *their* notes.
PostgreSQL replaces this class alone. Holds redacted text; nothing held back is ever put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, text

_TOKEN: Final = re.compile(r"\w+(?:['\u2019.-]\w+)*")
_MOST_TERMS: Final = 64
_WITHIN: Final = "SELECT p.no FROM passages p JOIN documents d ON d.no = p.document WHERE d.lane IN ({})"


class PairWords:
    """The word index of one pair, by the pair's number in the record."""

    def __init__(self, number: int) -> None:
        self._table = f"words_{number:d}"

    def create(self, connection: Connection) -> None:
        """Make the table if the pair has none yet. Underscores stay in words, so a placeholder is one word."""
        connection.execute(
            text(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self._table} USING fts5(body, content='', "
                "tokenize=\"porter unicode61 remove_diacritics 2 tokenchars '_'\")"
            )
        )

    def drop(self, connection: Connection) -> None:
        """Take the whole table out, with everything it kept."""
        connection.execute(text(f"DROP TABLE IF EXISTS {self._table}"))

    def add(self, connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
        """Index passages by their numbers."""
        values = [{"no": number, "body": body} for number, body in rows]
        if values:
            connection.execute(text(f"INSERT INTO {self._table}(rowid, body) VALUES (:no, :body)"), values)  # noqa: S608

    def remove(self, connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
        """Take passages out; a contentless table has to be told the words it forgets."""
        values = [{"no": number, "body": body} for number, body in rows]
        if values:
            forget = f"INSERT INTO {self._table}({self._table}, rowid, body) VALUES ('delete', :no, :body)"  # noqa: S608
            connection.execute(text(forget), values)

    def settle(self, connection: Connection) -> None:
        """Merge the index into one piece, so that words taken out are gone from its older pieces too."""
        connection.execute(text(f"INSERT INTO {self._table}({self._table}) VALUES ('optimize')"))  # noqa: S608

    def search(
        self, connection: Connection, query: str, *, limit: int, lanes: Sequence[str] = ()
    ) -> list[tuple[int, float]]:
        """Passage numbers with scores, best first; words are joined by *or*, their parts (``CLM-12``) kept together.

        With ``lanes`` the query itself leaves passages of other lanes out, before it counts to ``limit``.
        """
        wanted = match_expression(query)
        if not wanted or limit < 1:
            return []
        named = {f"lane{at}": lane for at, lane in enumerate(lanes)}
        within = f"AND rowid IN ({_WITHIN.format(', '.join(f':{each}' for each in named))})" if lanes else ""
        select = (
            f"SELECT rowid, -rank FROM {self._table} WHERE {self._table} MATCH :wanted {within} "  # noqa: S608
            "ORDER BY rank LIMIT :most"
        )
        rows = connection.execute(text(select), {"wanted": wanted, "most": limit, **named}).all()
        return [(int(number), float(score)) for number, score in rows]


def match_expression(query: str) -> str:
    """The query as FTS5 syntax in which nothing of it can act as an operator."""
    tokens = dict.fromkeys(_TOKEN.findall(query))
    return " OR ".join(f'"{token}"' for token in list(tokens)[:_MOST_TERMS])
