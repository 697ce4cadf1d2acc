"""The look after the filter: a store that hands over what a view may not read shows nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from guards.access import Lane, Principal, ReadConversation, ReadProgramme, Role, authorize
from guards.errors import WallBreached
from guards.text import house
from knowledge.passages import Passage
from knowledge.retrieval import Retriever

SECRET = "bonus"


def passage(*, pair: str = "p", lane: Lane = Lane.PROGRAMME, held: str = "") -> Passage:
    source, text = house("note.md"), house("the bonus talk about the plan")
    return Passage(f"{pair}{lane}{held}", "d", "v", pair, lane, date(2026, 9, 14), source, 1, 1, text, held=held)


class BrokenFilter:
    """A store that gives whatever it has, whoever asks."""

    def __init__(self, *passages: Passage) -> None:
        self._passages = passages

    def search_words(self, query: str, limit: int) -> tuple[tuple[str, float], ...]:
        return tuple((each.id, 1.0) for each in self._passages)

    def passages(self, ids: Sequence[str]) -> tuple[Passage, ...]:
        return self._passages

    def all_passages(self) -> tuple[Passage, ...]:
        return self._passages


@pytest.mark.parametrize("astray", [passage(lane=Lane.CONVERSATION), passage(pair="other")])
def test_one_passage_astray_stops_the_whole_answer(astray: Passage) -> None:
    grant = authorize(Principal("lee", {}, frozenset({Role.LND})), ReadProgramme, "p")
    search = Retriever(embedder=None, index=None).search
    assert len(search(BrokenFilter(passage()), house("plan"), 5, grant=grant).hits) == 1
    with pytest.raises(WallBreached) as refused:
        search(BrokenFilter(passage(), astray), house("plan"), 5, grant=grant)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("held", "opted_in", "shown"),
    [("off the record", True, 0), ("another language", True, 0), ("sensitive: health", False, 0),
     ("sensitive: health", True, 1)],
)  # fmt: skip
def test_a_store_that_forgets_what_is_held_back_does_not_show_it(held: str, opted_in: bool, shown: int) -> None:
    grant = authorize(Principal("ada", {"p": Role.MENTOR_COACH}), ReadConversation, "p")
    reader = BrokenFilter(passage(lane=Lane.CONVERSATION, held=held))
    found = Retriever(embedder=None, index=None).search(reader, house("plan"), 5, grant=grant, opted_in=opted_in)
    assert len(found.hits) == shown
