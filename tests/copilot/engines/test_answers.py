"""Nothing of a model's own gets into a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.engines.answers import FoundItem, checked_found, facts, rebuilt
from guards.text import RedactedText, house

LINE = house("<PERSON_2>: I'll finish the other 200 claims by Friday, CLM-12.")


def test_literal_fields_stay() -> None:
    item = FoundItem(line=1, owner="<PERSON_2>", action="finish the other 200 claims", due="by friday", ticket="CLM-12")
    found = checked_found(item, {1: LINE})
    assert found is not None
    assert (found.owner, found.due, found.ticket) == ("<PERSON_2>", "by Friday", "CLM-12")


def test_invented_fields_go_one_by_one() -> None:
    item = FoundItem(line=1, owner="<PERSON_9>", action="finish the other 200 claims", due="Monday", ticket="CLM-1")
    found = checked_found(item, {1: LINE})
    assert found is not None
    assert (found.owner, found.due, found.ticket) == (None, None, None)


def test_a_shorter_placeholder_is_not_a_longer_one() -> None:
    item = FoundItem(line=1, owner="PERSON_1", action="finish", due=None, ticket=None)
    found = checked_found(item, {1: house("<PERSON_12> will finish")})
    assert found is not None
    assert found.owner is None


def test_a_miscounted_line_is_put_right_only_where_one_line_says_it() -> None:
    item = FoundItem(line=1, owner="<PERSON_1>", action="finish the other 200 claims", due=None, ticket=None)
    other = house("<PERSON_1>: How is it going?")
    found = checked_found(item, {1: other, 2: LINE})
    assert found is not None
    assert (found.line, found.owner) == (2, None)
    assert checked_found(item, {1: other, 2: LINE, 3: LINE}) is None


@pytest.mark.parametrize(
    ("line", "action", "stays"),
    [
        (house("<PERSON_1>: What would you do if recall drops below 90 %?"), "if recall drops below 90 %", False),
        (house("<PERSON_1>: Will you tell <PERSON_3>?"), "tell <PERSON_3>", False),
        (house("<PERSON_2>: If the pilot fails we would go back to paper."), "go back to paper", False),
        (house("<PERSON_2>: It would be nice to have a second reviewer."), "have a second reviewer", False),
        (house("<PERSON_2>: Somebody should look at that one day."), "look at that one day", False),
        (house("<PERSON_2>: Who checks? I'll check v2.1 of the logs."), "check v2.1 of the logs", True),
        (house("<PERSON_2>: I'll send the table on Monday, ok?"), "send the table", True),
        (house("<PERSON_2>: I'll ask legal. Would that be soon enough?"), "ask legal", True),
        (house("<PERSON_2>: I will wait until somebody signs"), "wait until somebody signs", True),
    ],
)
def test_questions_conditions_and_wishes_are_no_promises(line: RedactedText, action: str, stays: bool) -> None:
    found = checked_found(FoundItem(line=1, owner=None, action=action, due=None, ticket=None), {1: line})
    assert (found is not None) == stays


@pytest.mark.parametrize(("line", "action"), [(2, "the claims"), (1, "delete the database"), (1, " ")])
def test_a_line_not_offered_or_an_action_not_said_is_nothing(line: int, action: str) -> None:
    assert checked_found(FoundItem(line=line, owner=None, action=action, due=None, ticket=None), {1: LINE}) is None


@pytest.mark.parametrize(
    ("source", "answer", "kept"),
    [
        (house("I'll try to label 200 claims by Friday"), "Label 200 claims by Friday", "Label 200 claims by Friday"),
        (
            house("checking the logs with <PERSON_2>"),
            "Check the logs with <PERSON_2>",
            "Check the logs with <PERSON_2>",
        ),
        (house("I'm writing the plan"), "write the plan", "Write the plan"),
        (house("I'll label 200 claims"), "Label 300 claims", None),
        (house("I'll label 200 claims"), "Label claims", None),
        (house("I will not deploy on Monday"), "Deploy on Monday", None),
        (house("I'll deploy on Monday"), "Do not deploy on Monday", None),
        (house("I'll ask <PERSON_2>"), "Ask <PERSON_3>", None),
        (house("I'll fix OPS-31"), "Fix OPS-3", None),
        (house("I'll fix the report"), "Fix the dashboard", None),
        (house("I'll fix it"), "", None),
    ],
)
def test_a_rewrite_keeps_every_fact_and_word(source: RedactedText, answer: str, kept: str | None) -> None:
    assert rebuilt(answer, source) == kept


@given(st.text(max_size=80))
def test_a_rewrite_never_adds_or_loses_a_fact(answer: str) -> None:
    source = house("I'll not ask <PERSON_2> to label 200 claims by Friday (CLM-12)")
    made = rebuilt(answer, source)
    assert made is None or (isinstance(made, RedactedText) and facts(made) == facts(source))
