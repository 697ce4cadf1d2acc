"""Rules choose the clear winner, reword by stripping, and stay silent otherwise."""

from __future__ import annotations

import pytest

from copilot.engines.rules import RulesEngine
from guards.text import RedactedText, house

TOOLS = [
    house("Plan a rollback: who notices, who decides, how the old model comes back"),
    house("Give feedback with situation, behaviour, impact"),
    house("Frame a hypothesis: change, measure, end date"),
]


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (house("Who decides to roll back the model, and how does the old model come back?"), 0),
        (house("Practise feedback on behaviour in the last meeting"), 1),
        (house("What hypothesis and measure for the next change?"), 2),
        (house("Lunch on Tuesday"), None),
        (house(""), None),
    ],
)
def test_choose(question: RedactedText, index: int | None) -> None:
    assert RulesEngine().choose(question, TOOLS) == index


def test_a_tie_is_an_abstention() -> None:
    assert RulesEngine().choose(house("feedback"), [TOOLS[1], TOOLS[1]]) is None


@pytest.mark.parametrize(
    ("said", "made"),
    [
        (house("<PERSON_1> will label 200 claims by Friday"), "Label 200 claims by Friday"),
        (house("<PERSON_1>: I'll try to finish the plan (OPS-3)."), "Finish the plan (OPS-3)"),
        (house("- <PERSON_2> to ask <PERSON_3> for the logs"), "Ask <PERSON_3> for the logs"),
        (house("The job reloads the table"), None),
        (house("<PERSON_1> will not deploy"), "Not deploy"),
    ],
)
def test_imperative(said: RedactedText, made: str | None) -> None:
    assert RulesEngine().imperative(said) == made
