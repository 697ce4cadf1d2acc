"""Keeps findings and people's words on them: appended, never edited; each is shown to those alone who may judge it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Table, insert, select

from copilot.finding import Finding, reviewers_of
from copilot.review import Precision, ReviewWord, card_of, precisions
from copilot.stores.codec import decoded, encoded
from copilot.stores.database import Database
from copilot.stores.tables import FINDINGS, REVIEW_WORDS
from guards.access import Grant, ReviewFlags, WriteNotes
from guards.errors import NotPermitted


class SqlReviews:
    """The review queue of one home."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, findings: Iterable[Finding], grant: Grant[WriteNotes]) -> tuple[str, ...]:
        """Queue findings of the grant's pair; ids that are already there stay as they are. Returns the new ids.

        Raises:
            NotPermitted: a finding is of another pair.
        """
        _check(grant.permission is WriteNotes)
        new: list[str] = []
        with self._database.writing() as connection:
            for each in findings:
                _check(each.pair == grant.pair)
                mine = (FINDINGS.c.pair == each.pair) & (FINDINGS.c.id == each.id)
                if connection.execute(select(FINDINGS.c.id).where(mine)).scalar() is None:
                    values = {"pair": each.pair, "id": each.id, "at": each.as_of.isoformat(), "body": encoded(each)}
                    connection.execute(insert(FINDINGS).values(values))
                    new.append(each.id)
        return tuple(new)

    def append(self, word: ReviewWord, grant: Grant[ReviewFlags]) -> None:
        """Keep one more word of the grant's own person on a finding they may judge; the same id twice is once.

        Raises:
            NotPermitted: the word is another person's or role's, or no such finding is theirs to judge.
        """
        _check(grant.permission is ReviewFlags)
        _check((word.pair, word.by, word.role) == (grant.pair, grant.principal.person, grant.role.value))
        _check(word.finding in {each.id for each in self.findings(grant)})
        values = {"pair": word.pair, "id": word.id, "at": word.at.isoformat(), "body": encoded(word)}
        mine = (REVIEW_WORDS.c.pair == word.pair) & (REVIEW_WORDS.c.id == word.id)
        with self._database.writing() as connection:
            if connection.execute(select(REVIEW_WORDS.c.id).where(mine)).scalar() is None:
                connection.execute(insert(REVIEW_WORDS).values(values))

    def findings(self, grant: Grant[ReviewFlags]) -> tuple[Finding, ...]:
        """The pair's findings that the grant's role may judge, oldest first; of others there is no trace."""
        _check(grant.permission is ReviewFlags)
        every = (decoded(Finding, body) for body in self._bodies(FINDINGS, grant.pair))
        return tuple(each for each in every if grant.role in reviewers_of(each.kind))

    def words(self, grant: Grant[ReviewFlags]) -> tuple[ReviewWord, ...]:
        """People's words on those findings, oldest first."""
        mine = {each.id for each in self.findings(grant)}
        every = (decoded(ReviewWord, body) for body in self._bodies(REVIEW_WORDS, grant.pair))
        return tuple(each for each in every if each.finding in mine)

    def precisions(self, *, as_of: date) -> dict[str, Precision]:
        """How often each category was confirmed, over every pair: numbers alone, so below grants."""
        words: dict[tuple[str, str], list[ReviewWord]] = {}
        for word in (decoded(ReviewWord, body) for body in self._bodies(REVIEW_WORDS)):
            words.setdefault((word.pair, word.finding), []).append(word)
        every = (decoded(Finding, body) for body in self._bodies(FINDINGS))
        return precisions(card_of(each, words.get((each.pair, each.id), ()), as_of=as_of) for each in every)

    def _bodies(self, table: Table, pair: str | None = None) -> list[str]:
        wanted = select(table.c.body).order_by(table.c.at, table.c.id)
        if pair is not None:
            wanted = wanted.where(table.c.pair == pair)
        with self._database.reading() as connection:
            return [str(each) for each in connection.execute(wanted).scalars()]


def _check(held: bool) -> None:
    if not held:
        raise NotPermitted("the grant at hand does not cover this finding or word")
