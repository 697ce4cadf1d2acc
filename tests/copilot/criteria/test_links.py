"""A criterion keeps its id; a commitment is linked by the strongest rule that names one criterion, or to none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.boxes.commitments import Chosen, asks, smaller, too_big
from copilot.criteria import all_criteria, draft_criteria
from copilot.criterion_links import By, link
from copilot.criterion_seeds import same_decision, seeds, unmeasured
from copilot.declared import rules_of
from copilot.drafts import Criterion
from copilot.errors import BadInput
from copilot.mentions import Commitment, Mention, MentionKind
from copilot.pipeline import prep
from copilot.snapshot import Snapshot
from guards.text import mint_redacted
from tests.doubles.snapshots import DAY, HELD, PlainEngine, mention, promise, running

RUNNING = running()
((DRAFTED,), _) = draft_criteria(RUNNING, rules=rules_of(RUNNING))
BOUND = "Both labellers agree on at least 85 % of the alerts upheld"


def criteria(snapshot: Snapshot) -> tuple[Criterion, ...]:
    return all_criteria(snapshot, rules=rules_of(snapshot))


def with_decision(words: str, *, day: date = HELD, name: str = "d1") -> Mention:
    return replace(mention(MentionKind.DECISION, 4, words), id=name, session_date=day)


def task(words: str, ticket: str | None = None, *, agreed: date = HELD) -> Commitment:
    made = promise(7, words, owner="ben", due=DAY, ticket=ticket)
    return replace(made, first_agreed=agreed, citations=())


def criterion(name: str, about: str, *, day: date | None = None) -> Criterion:
    return replace(DRAFTED, id=name, about=mint_redacted(about), then=None, given=None, metric=None, day=day)


def test_the_same_decision_drafted_again_keeps_its_id() -> None:
    first = running()
    later = replace(first, day=DAY + timedelta(days=7), mentions=tuple(reversed(first.mentions)))
    assert [each.id for each in criteria(first)] == [each.id for each in criteria(later)]


def test_a_later_note_of_the_same_decision_with_another_number_keeps_the_id() -> None:
    one = with_decision("Two labellers agree on at least 85 % of the sampled alerts")
    other = with_decision("Two labellers agree on at least 90 % of the sampled alerts", day=DAY, name="d2")
    before = replace(running(), mentions=(*running().mentions, one))
    after = replace(before, mentions=(*before.mentions, other))
    known = {each.id: each for each in seeds(before)}
    (kept,) = [each for each in seeds(after) if each.mention and each.mention.id == "d2"]
    assert kept.id in known
    assert kept.aliases
    assert same_decision(one.text, other.text)


def test_the_first_criterion_is_the_kpi_and_says_that_nobody_agreed_its_number() -> None:
    first = next(each for each in criteria(running()) if each.first)
    assert (first.kpi, first.threshold) == ("lead", "45")
    assert first.proposed[0][0] == "threshold"
    assert any("first session" in ask for ask in first.needs)


def test_a_stated_number_is_not_called_proposed_and_a_decision_without_one_is_left_to_the_report() -> None:
    lines = dict(running().lines)
    line = lines["doc"][3]
    said = replace(line, text=mint_redacted(f"- Decided: {BOUND}"))
    lines["doc"] = (*lines["doc"][:3], said, *lines["doc"][4:])
    bare = with_decision("The pilot goes to the north team before the others", name="d3")
    snapshot = replace(running(), lines=lines, mentions=(*running().mentions, with_decision(BOUND), bare))
    made = next(each for each in criteria(snapshot) if each.about and "labellers" in each.about)
    assert (made.threshold, made.comparator, made.unit, made.proposed) == ("85", ">=", "%", ())
    assert [each.id for each in unmeasured(snapshot)] == ["d3"]


def test_a_ticket_links_before_words_do() -> None:
    some = (criterion("ca", "sheet of claims CLM-9"), criterion("cb", "label the claims sheet twice"))
    found = link(task("label the claims sheet", "CLM-9"), some)
    assert found is not None
    assert (found.criterion, found.by) == ("ca", By.TICKET)


def test_the_session_of_the_decision_needs_one_shared_word_and_another_session_two() -> None:
    one = criterion("ca", "which threshold goes live", day=HELD)
    assert (found := link(task("plot the threshold curve"), [one])) is not None
    assert (found.by, found.shared) == (By.DECISION, ("threshold",))
    assert link(task("plot the threshold curve", agreed=DAY), [replace(one, citations=())]) is None


def test_two_that_fit_alike_are_no_link() -> None:
    some = (criterion("ca", "label claims twice"), criterion("cb", "label claims blind"))
    assert link(task("label claims", agreed=DAY), some) is None


@given(st.permutations(["ca", "cb", "cc"]))
def test_the_order_of_criteria_makes_no_difference(order: list[str]) -> None:
    words = {"ca": "label the claims", "cb": "cost of a missed case", "cc": "shadow run of two thresholds"}
    found = link(task("put a cost on each missed case", agreed=DAY), [criterion(each, words[each]) for each in order])
    assert found is not None
    assert found.criterion == "cb"


@pytest.mark.parametrize("count", [0, 4])
def test_none_or_more_than_three_is_refused(count: int) -> None:
    with pytest.raises(BadInput, match=f"not {count}"):
        Chosen((), tuple(task(f"label sheet {n}") for n in range(count)))


def test_one_that_takes_more_than_a_week_is_asked_for_a_part() -> None:
    snapshot = running()
    big = replace(task("Label all claims of the year"), due=DAY + timedelta(days=8))
    assert too_big(snapshot, big)
    assert not too_big(snapshot, replace(big, due=DAY + timedelta(days=7)))
    assert smaller(snapshot, big) == (
        "[needs: what part of “Label all claims of the year” can be done by Mon 26 Oct - ask <PERSON_2>]"
    )
    draft = prep(
        replace(snapshot, commitments=(replace(big, citations=snapshot.commitments[2].citations),)), PlainEngine()
    )
    assert any("what part of" in ask for ask in draft.needs)


def test_an_action_without_a_verb_is_asked_for_one() -> None:
    assert any("a verb" in ask for ask in asks(running(), task("the claims sheet")))
    assert not any("a verb" in ask for ask in asks(running(), task("Label the claims sheet")))


def test_a_prep_links_its_commitments_or_asks() -> None:
    draft = prep(running(), PlainEngine())
    linked = {each.id for each in draft.commitments} & set(draft.links)
    asked = [ask for ask in draft.needs if "the criterion that" in ask]
    assert linked
    assert len(linked) + len(asked) == len(draft.commitments)
    assert set(draft.links.values()) <= {each.id for each in draft.criteria}
