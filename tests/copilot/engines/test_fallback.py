"""A model that cannot serve leaves the rules standing, is counted, and is not asked for ever."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from copilot.engines.fallback import FallbackEngine
from copilot.errors import CopilotError, ModelAnswerInvalid, ModelUnavailable
from copilot.pipeline import spending
from guards.errors import EgressRefused, GuardError
from guards.text import RedactedText, house
from tests.doubles.snapshots import PlainEngine


class Failing(PlainEngine):
    """Fails every task with one error, and counts how often it was asked."""

    def __init__(self, error: CopilotError | GuardError) -> None:
        self.error = error
        self.asked = 0

    def choose(self, question: RedactedText, candidates: Sequence[RedactedText]) -> int | None:
        self.asked += 1
        raise self.error


@pytest.mark.parametrize("error", [ModelUnavailable("x"), ModelAnswerInvalid("x"), EgressRefused("x")])
def test_a_failure_becomes_an_abstention_that_is_counted(error: CopilotError | GuardError) -> None:
    engine = FallbackEngine(Failing(error))
    assert engine.choose(house("which?"), [house("a"), house("b")]) is None
    assert engine.usage().unanswered == 1
    assert engine.usage().unreachable == isinstance(error, ModelUnavailable)
    assert spending(engine.usage()) == {"model_unanswered": "1"}


def test_an_unreachable_model_is_not_asked_a_third_time() -> None:
    failing = Failing(ModelUnavailable("x"))
    engine = FallbackEngine(failing)
    for _ in range(5):
        engine.choose(house("which?"), [house("a")])
    assert failing.asked == 2
    assert engine.usage().unanswered == 5
    assert engine.usage().unreachable == 5


def test_a_refused_call_does_not_end_the_run() -> None:
    failing = Failing(EgressRefused("x"))
    engine = FallbackEngine(failing)
    for _ in range(5):
        engine.choose(house("which?"), [house("a")])
    assert failing.asked == 5
