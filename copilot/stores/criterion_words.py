"""Keeps people's words on criteria: appended, never edited; a sponsor reads only what both of the pair agreed."""

from __future__ import annotations

from sqlalchemy import insert, select

from copilot.criterion_signing import CriterionWord, shown_to_sponsor
from copilot.stores.codec import decoded, encoded
from copilot.stores.database import Database
from copilot.stores.tables import CRITERION_WORDS
from guards.access import AgreeCriteria, Grant, ReadCriteria, Role, SignCriteria
from guards.errors import NotPermitted


def append_word(database: Database, word: CriterionWord, grant: Grant[AgreeCriteria] | Grant[SignCriteria]) -> None:
    """Append a word of the grant's own person; an id that is already there is left as it is.

    Raises:
        NotPermitted: the word is another person's, or of another pair.
    """
    if (word.pair, word.by) != (grant.pair, grant.principal.person):
        raise NotPermitted(f"the grant at hand is for {grant.principal.person}'s own words in pair {grant.pair}")
    values = {"pair": word.pair, "id": word.id, "at": word.at.isoformat(), "body": encoded(word)}
    mine = (CRITERION_WORDS.c.pair == word.pair) & (CRITERION_WORDS.c.id == word.id)
    with database.writing() as connection:
        if connection.execute(select(CRITERION_WORDS.c.id).where(mine)).scalar() is None:
            connection.execute(insert(CRITERION_WORDS).values(values))


def words_of(database: Database, grant: Grant[ReadCriteria]) -> tuple[CriterionWord, ...]:
    """The pair's words, oldest first; for a sponsor those on texts that both agreed, and the sponsor's."""
    wanted = select(CRITERION_WORDS.c.body).where(CRITERION_WORDS.c.pair == grant.pair)
    with database.reading() as connection:
        rows = connection.execute(wanted.order_by(CRITERION_WORDS.c.at, CRITERION_WORDS.c.id)).scalars().all()
    words = tuple(decoded(CriterionWord, body) for body in rows)
    return shown_to_sponsor(words) if grant.role is Role.SPONSOR else words
