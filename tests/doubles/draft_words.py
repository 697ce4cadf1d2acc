"""Words on drafts in memory: a peer of ``copilot.stores.draft_words`` under the same contract tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from copilot.draft_words import DraftWord
from copilot.drafts import Draft
from copilot.stores.protocols import DraftHead
from copilot.stores.writing import after
from guards.access import Grant, ReadConversation, WriteNotes
from guards.errors import NotPermitted


class MemoryDraftWords:
    """Words on the drafts of a record without a disk; ``drafts_of`` gives a pair's drafts."""

    def __init__(self, drafts_of: Callable[[str], Iterable[Draft]]) -> None:
        self._drafts_of = drafts_of
        self._words: dict[tuple[str, str], DraftWord] = {}

    def append(self, word: DraftWord, grant: Grant[WriteNotes]) -> DraftWord:
        if grant.permission is not WriteNotes or (word.pair, word.by) != (grant.pair, grant.principal.person):
            raise NotPermitted("this is another person's word")
        if (word.pair, word.id) not in self._words:
            before = [each.at for each in self._words.values() if (each.pair, each.draft) == (word.pair, word.draft)]
            self._words[word.pair, word.id] = replace(word, at=after(word.at, before))
        return self._words[word.pair, word.id]

    def words(self, draft: str, grant: Grant[ReadConversation]) -> tuple[DraftWord, ...]:
        _check(grant)
        mine = [each for each in self._words.values() if (each.pair, each.draft) == (grant.pair, draft)]
        return tuple(sorted(mine, key=lambda each: (each.at, each.id)))

    def drafts(self, grant: Grant[ReadConversation]) -> tuple[DraftHead, ...]:
        _check(grant)
        heads = [
            DraftHead(each.id, each.pair, each.day, each.engine, each.blueprint, each.audience)
            for each in self._drafts_of(grant.pair)
            if grant.role.value in each.audience
        ]
        return tuple(sorted(heads, key=lambda each: (-each.day.toordinal(), each.id)))


def _check(grant: Grant[ReadConversation]) -> None:
    if grant.permission is not ReadConversation:
        raise NotPermitted("a ReadConversation grant is needed here")
