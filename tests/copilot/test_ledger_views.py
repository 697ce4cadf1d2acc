from __future__ import annotations

import pytest

from copilot.errors import NotFound, Usage
from copilot.ledger_views import as_json, by_prefix
from tests.copilot.extraction.reading_cases import commitments

_TEXT = "Ben to label 200 claims by Friday CLM-12.\nAda to send the template."


def test_a_prefix_of_four_characters_finds_one() -> None:
    one = commitments(_TEXT)[0]
    assert by_prefix(commitments(_TEXT), one.id[:8]) == one
    with pytest.raises(Usage):
        by_prefix(commitments(_TEXT), one.id[:3])
    with pytest.raises(NotFound):
        by_prefix(commitments(_TEXT), "zzzz")


def test_the_json_shape_has_exactly_the_published_keys() -> None:
    shape = as_json(commitments(_TEXT)[0], shown=str)
    assert set(shape) == set(  # noqa: C405
        [
            "id",
            "owner",
            "action",
            "due",
            "ticket",
            "status",
            "first_agreed",
            "age_days",
            "times_carried",
            "kpi",
            "criterion",
            "citations",
        ]
    )
