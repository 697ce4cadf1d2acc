"""Folding people's words on a prep: order and duplicates make no difference, and two at once lose nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.draft_words import (
    MOST,
    PLAN,
    DraftWord,
    DraftWordKind,
    Saying,
    applied,
    changes,
    edited,
    fold,
    word_on,
)
from copilot.drafts import Box, Draft, Item, ItemKind
from copilot.errors import NotFound, Usage
from guards.access import Principal, Role, WriteNotes, authorize
from guards.text import house, mint_redacted
from knowledge.passages import Citation

DAY = date(2026, 9, 14)
NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
CITED = (Citation("p/a.md", house("a.md"), 1, 1, house("Ben labels 200 claims.")),)
ITEMS = (
    Item("1.1", house("Ben labels 200 claims"), ItemKind.FACT, CITED),
    Item("1.2", house("Ask who decides"), ItemKind.SUGGESTION),
)
DRAFT = Draft(
    "draft1", "p", DAY, "rules", "60", (Box("status", "Where things stand", 0, 60, ITEMS),), (), (), (), (), (),
    ("mentee", "mentor_coach"),
)  # fmt: skip
BEN = authorize(Principal("ben", {"p": Role.MENTEE}), WriteNotes, "p")
KINDS = st.sampled_from(DraftWordKind)


@st.composite
def words(draw: st.DrawFn) -> list[DraftWord]:
    found: list[DraftWord] = []
    for number in range(draw(st.integers(0, 14))):
        item = draw(st.sampled_from(["1.1", "1.2", PLAN]))
        kind = DraftWordKind.ACCEPT if item == PLAN else draw(KINDS)
        seen = draw(st.sampled_from(["", *(each.id for each in found)]))
        at = NOON + timedelta(seconds=draw(st.integers(0, 5)))
        found.append(word(f"w{number}", item, kind, by=draw(st.sampled_from(["ada", "ben"])), at=at, seen=seen,
                          on=draw(st.sampled_from(["", fold("draft1", found).version]))))  # fmt: skip
    return found


def word(
    id_: str, item: str, kind: DraftWordKind, *, by: str = "ben", at: datetime = NOON, seen: str = "", on: str = "",
    carried: bool = False,
) -> DraftWord:  # fmt: skip
    text = mint_redacted(f"text of {id_}") if kind is DraftWordKind.EDIT else None
    name = mint_redacted("<PERSON_1>")
    return DraftWord(id_, "p", "draft1", item, kind, by, "mentee", at, DAY, name, text, carried, seen, on)


@given(said=words(), data=st.data())
def test_neither_order_nor_duplicates_make_a_difference(said: list[DraftWord], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations([*said, *said[:4]]))
    assert fold("draft1", mixed) == fold("draft1", said)


@given(said=words())
def test_words_of_another_draft_count_for_nothing(said: list[DraftWord]) -> None:
    assert fold("draft2", said) == fold("draft2", [])
    assert applied(DRAFT, fold("draft1", [])) == DRAFT


@given(said=words(), number=st.integers(0, 40))
def test_each_word_changes_the_etag(said: list[DraftWord], number: int) -> None:
    fresh = word(f"new{number}", "1.1", DraftWordKind.ACCEPT)
    assert fold("draft1", [*said, fresh]).etag != fold("draft1", said).etag


@given(said=words())
def test_every_line_is_struck_or_stands_with_its_citations(said: list[DraftWord]) -> None:
    plan = fold("draft1", said)
    kept = {each.id: each for box in applied(DRAFT, plan).boxes for each in box.items}
    for item in ITEMS:
        assert (item.id in kept) == (plan.of(item.id).struck is None)
        if item.id in kept:
            assert kept[item.id].citations == item.citations


@given(first=st.sampled_from(["ada", "ben"]), apart=st.integers(0, 3), with_before=st.booleans())
def test_two_who_edit_at_once_lose_nothing(first: str, apart: int, with_before: bool) -> None:
    second = "ben" if first == "ada" else "ada"
    before = [word("w0", "1.1", DraftWordKind.EDIT, by=first)] if with_before else []
    seen = "w0" if with_before else ""
    at = NOON + timedelta(seconds=1)
    one = word("w1", "1.1", DraftWordKind.EDIT, by=first, at=at, seen=seen)
    two = word("w2", "1.1", DraftWordKind.EDIT, by=second, at=at + timedelta(seconds=apart), seen=seen)
    plan = fold("draft1", [*before, two, one]).of("1.1")
    assert plan.edit == two
    assert plan.beside == (one,)
    # whoever edits next has seen both
    third = word("w3", "1.1", DraftWordKind.EDIT, by=first, at=at + timedelta(seconds=9), seen="w2")
    assert fold("draft1", [*before, one, two, third]).of("1.1").beside == ()


def test_a_strike_and_an_edit_at_once_both_stand() -> None:
    said = [word("w1", "1.1", DraftWordKind.STRIKE, by="ada"), word("w2", "1.1", DraftWordKind.EDIT)]
    plan = fold("draft1", said).of("1.1")
    assert plan.struck == said[0]
    assert plan.edit == said[1]
    back = fold("draft1", [*said, word("w3", "1.1", DraftWordKind.UNSTRIKE, at=NOON + timedelta(1))])
    assert str(applied(DRAFT, back).boxes[0].items[0].text) == "text of w2 (edited by <PERSON_1>)"


def test_an_edit_is_a_fact_only_where_the_check_carried_it() -> None:
    for carried, item, kind in (
        (True, 0, ItemKind.FACT), (False, 0, ItemKind.OWN), (True, 1, ItemKind.OWN), (False, 1, ItemKind.OWN),
    ):  # fmt: skip
        plan = fold("draft1", [word("w1", ITEMS[item].id, DraftWordKind.EDIT, carried=carried)])
        found = edited(ITEMS[item], plan.of(ITEMS[item].id))
        assert found.kind is kind
        assert found.citations == ITEMS[item].citations


def test_accepting_the_plan_is_of_the_version_that_was_read() -> None:
    said: list[DraftWord] = []
    for number, (item, kind) in enumerate([("1.2", DraftWordKind.STRIKE), (PLAN, DraftWordKind.ACCEPT)]):
        saying = Saying(item, kind, mint_redacted("<PERSON_1>"))
        said.append(word_on(DRAFT, saying, grant=BEN, at=NOON + timedelta(number), said=said))
    assert fold("draft1", said).accepted == ("ben",)
    later = [*said, word("w1", "1.1", DraftWordKind.EDIT, by="ada", at=NOON + timedelta(5))]
    assert (fold("draft1", later).accepted, fold("draft1", later).earlier) == ((), ("ben",))


def test_accepting_a_line_ends_when_it_changes() -> None:
    said = [word("w1", "1.1", DraftWordKind.ACCEPT)]
    assert fold("draft1", said).of("1.1").accepted == ("ben",)
    said.append(word("w2", "1.1", DraftWordKind.EDIT, by="ada", at=NOON + timedelta(1)))
    assert fold("draft1", said).of("1.1").accepted == ()


def test_a_button_pressed_twice_says_it_once() -> None:
    plan = fold("draft1", [word("w1", "1.1", DraftWordKind.STRIKE), word("w2", "1.2", DraftWordKind.ACCEPT)])
    assert not changes(DraftWordKind.STRIKE, "1.1", plan, by="ben")
    assert changes(DraftWordKind.STRIKE, "1.1", plan, by="ada")  # each may say so
    assert not changes(DraftWordKind.UNSTRIKE, "1.2", plan, by="ben")
    assert not changes(DraftWordKind.ACCEPT, "1.2", plan, by="ben")
    assert not changes(DraftWordKind.AS_DRAFTED, "1.1", plan, by="ben")


def test_what_cannot_be_said_is_refused() -> None:
    name = mint_redacted("<PERSON_1>")
    with pytest.raises(NotFound):
        word_on(DRAFT, Saying("9.9", DraftWordKind.STRIKE, name), grant=BEN, at=NOON, said=())
    with pytest.raises(Usage):
        word_on(DRAFT, Saying(PLAN, DraftWordKind.STRIKE, name), grant=BEN, at=NOON, said=())
    with pytest.raises(Usage):
        word_on(DRAFT, Saying("1.1", DraftWordKind.EDIT, name), grant=BEN, at=NOON, said=())
    many = [word(f"w{number}", "1.1", DraftWordKind.ACCEPT) for number in range(MOST)]
    with pytest.raises(Usage):
        word_on(DRAFT, Saying("1.1", DraftWordKind.STRIKE, name), grant=BEN, at=NOON, said=many)
