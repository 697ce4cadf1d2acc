"""The labelled cases: an owner that is named must be right, and few promises may be missed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.copilot.extraction.reading_cases import cases, commitments


@pytest.mark.parametrize("case", cases("dev"), ids=lambda case: case["id"])
def test_no_owner_is_wrong(case: dict[str, Any]) -> None:
    found = commitments(case["text"])
    for expected in case["expect"]:
        alike = [each for each in found if expected["action"].casefold() in each.action.casefold()]
        assert expected["owner"] in {each.owner for each in alike} or not alike or alike[0].owner is None


def test_few_promises_are_missed() -> None:
    missed = total = 0
    for case in cases("dev"):
        actions = [str(each.action).casefold() for each in commitments(case["text"])]
        total += len(case["expect"])
        missed += sum(not any(e["action"].casefold() in action for action in actions) for e in case["expect"])
    assert total >= 60
    assert missed / total <= 0.05
