"""Keeps what the pair says of its session preps: appended, never edited, read and said by the pair alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select

from copilot.draft_words import DraftWord
from copilot.stores.codec import decoded, encoded
from copilot.stores.database import Database
from copilot.stores.protocols import DraftHead
from copilot.stores.tables import DRAFT_WORDS, DRAFTS
from copilot.stores.writing import after
from guards.access import Grant, ReadConversation, WriteNotes
from guards.errors import NotPermitted


class SqlDraftWords:
    """Words on the drafts of one home."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, word: DraftWord, grant: Grant[WriteNotes]) -> DraftWord:
        """Append a word of the grant's own person and return it as kept, after every earlier one whatever the clock.

        Raises:
            NotPermitted: the word is another person's or of another pair, or the grant is no grant to write.
        """
        if grant.permission is not WriteNotes or (word.pair, word.by) != (grant.pair, grant.principal.person):
            raise NotPermitted(f"the grant at hand is for {grant.principal.person}'s own words in pair {grant.pair}")
        mine = DRAFT_WORDS.c.pair == word.pair
        with self._database.writing() as connection:
            known = connection.execute(select(DRAFT_WORDS.c.body).where(mine, DRAFT_WORDS.c.id == word.id)).scalar()
            if known is not None:
                return decoded(DraftWord, known)
            moments = select(DRAFT_WORDS.c.at).where(mine, DRAFT_WORDS.c.draft == word.draft)
            before = [datetime.fromisoformat(each) for each in connection.execute(moments).scalars()]
            kept = replace(word, at=after(word.at, before))
            values = {"pair": kept.pair, "id": kept.id, "draft": kept.draft, "at": kept.at.isoformat()}
            connection.execute(insert(DRAFT_WORDS).values(values | {"body": encoded(kept)}))
        return kept

    def words(self, draft: str, grant: Grant[ReadConversation]) -> tuple[DraftWord, ...]:
        """Words on a draft, oldest first.

        Raises:
            NotPermitted: the grant does not open the conversation.
        """
        _check(grant)
        wanted = select(DRAFT_WORDS.c.body).where(DRAFT_WORDS.c.pair == grant.pair, DRAFT_WORDS.c.draft == draft)
        with self._database.reading() as connection:
            found = [decoded(DraftWord, body) for body in connection.execute(wanted).scalars()]
        return tuple(sorted(found, key=lambda each: (each.at, each.id)))

    def drafts(self, grant: Grant[ReadConversation]) -> tuple[DraftHead, ...]:
        """Heads of the pair's drafts, the latest session first.

        Raises:
            NotPermitted: the grant does not open the conversation.
        """
        _check(grant)
        with self._database.reading() as connection:
            bodies = connection.execute(select(DRAFTS.c.body).where(DRAFTS.c.pair == grant.pair)).scalars().all()
        found = [decoded(DraftHead, body) for body in bodies]
        shown = [each for each in found if grant.role.value in each.audience]
        return tuple(sorted(shown, key=lambda each: (-each.day.toordinal(), each.id)))


def _check(grant: Grant[ReadConversation]) -> None:
    if grant.permission is not ReadConversation:
        raise NotPermitted(f"a ReadConversation grant is needed here, not {grant.permission.__name__}")
