"""Keeps findings and people's words on them: appended, never edited; each is shown to those alone who may judge it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Table, insert, select

from copilot.finding import Finding, as_cards, reviewers_of, risen, same_episode
from copilot.review import Card, Precision, ReviewWord, card_of, precisions
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
        """Queue findings of the grant's pair. Returns the ids of those that made a card or lifted one.

        An episode has one card, whatever it is called on a later day. The card stays as it is, but for a first rise
        from watch to review, which is kept beside it.

        Raises:
            NotPermitted: a finding is of another pair.
        """
        _check(grant.permission is WriteNotes)
        asked = tuple(findings)
        _check(all(each.pair == grant.pair for each in asked))
        new: list[str] = []
        with self._database.writing() as connection:
            rows = self._rows(connection, grant.pair)
            for each in asked:
                row = _new_row(as_cards(rows), each)
                if row is not None:
                    values = {"pair": row.pair, "id": row.id, "at": row.as_of.isoformat(), "body": encoded(row)}
                    connection.execute(insert(FINDINGS).values(values))
                    rows.append(row)
                    new.append(each.id)
        return tuple(new)

    def standing(self, findings: Iterable[Finding], grant: Grant[WriteNotes], *, as_of: date) -> dict[str, Card]:
        """The card that each finding's episode has on a day, by the finding's id; of cards raised later, nothing.

        Raises:
            NotPermitted: a finding is of another pair.
        """
        _check(grant.permission is WriteNotes)
        asked = tuple(findings)
        _check(all(each.pair == grant.pair for each in asked))
        with self._database.reading() as connection:
            cards = [each for each in as_cards(self._rows(connection, grant.pair)) if each.as_of <= as_of]
        words = [decoded(ReviewWord, body) for body in self._bodies(REVIEW_WORDS, grant.pair)]
        fits = ((each.id, next((card for card in cards if same_episode(card, each)), None)) for each in asked)
        return {name: card_of(card, words, as_of=as_of) for name, card in fits if card is not None}

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
        every = as_cards(decoded(Finding, body) for body in self._bodies(FINDINGS, grant.pair))
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
        every = as_cards(decoded(Finding, body) for body in self._bodies(FINDINGS))
        return precisions(card_of(each, words.get((each.pair, each.id), ()), as_of=as_of) for each in every)

    @staticmethod
    def _rows(connection: Connection, pair: str) -> list[Finding]:
        wanted = select(FINDINGS.c.body).where(FINDINGS.c.pair == pair).order_by(FINDINGS.c.at, FINDINGS.c.id)
        return [decoded(Finding, str(body)) for body in connection.execute(wanted).scalars()]

    def _bodies(self, table: Table, pair: str | None = None) -> list[str]:
        wanted = select(table.c.body).order_by(table.c.at, table.c.id)
        if pair is not None:
            wanted = wanted.where(table.c.pair == pair)
        with self._database.reading() as connection:
            return [str(each) for each in connection.execute(wanted).scalars()]


def _new_row(cards: Iterable[Finding], each: Finding) -> Finding | None:
    card = next((card for card in cards if same_episode(card, each)), None)
    return each if card is None else risen(card, each)


def _check(held: bool) -> None:
    if not held:
        raise NotPermitted("the grant at hand does not cover this finding or word")
