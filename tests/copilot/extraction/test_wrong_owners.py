"""Lines that once named somebody who owes nothing, or closed what nobody did."""

from __future__ import annotations

import pytest

from copilot.mentions import MentionKind
from tests.copilot.extraction.reading_cases import mentions


def owners(line: str) -> set[str | None]:
    found = mentions(f"Notes of the session\n\n{line}")
    return {each.owner for each in found if each.kind in {MentionKind.COMMITMENT, MentionKind.CANDIDATE}}


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("Ben, Lin will send you the numbers by Friday.", "lin"),
        ("Sam, Ada will share her notes with you by Monday.", "ada"),
        ("Ben, Lin is going to send your export by Friday.", "lin"),
    ],
)
def test_who_is_spoken_to_owes_nothing(line: str, owner: str) -> None:
    assert owners(line) == {owner}


def test_several_who_are_listed_owe_it_each() -> None:
    assert owners("Ben, Lin will send the numbers by Friday.") == {"ben", "lin"}
    assert owners("Ben and Lin will send you the numbers by Friday.") == {"ben", "lin"}


@pytest.mark.parametrize(
    "line", ["Ben should have the export by Friday, Lin is on it.", "Ada should get the plan by Monday."]
)
def test_who_should_have_it_is_not_who_does_it(line: str) -> None:
    assert not owners(line) & {"ben", "ada"}


@pytest.mark.parametrize(
    "line",
    [
        "Ada told Ben to call the vendor on Monday.",
        "Ben suggested that Sam sign the form this week.",
        "Ada reminded Ben that Lin owes him the export by Friday.",
        "Lin proposed to drop the second chart.",
        "Sam recommended that Ada rerun the test.",
        "Ben was asked to bring the latency numbers next time.",
        "Lin told me she'd run the loader test on Wednesday, so no need for you to do it.",
    ],
)
def test_saying_that_something_be_done_does_not_do_it(line: str) -> None:
    found = mentions(f"Notes of the session\n\n{line}")
    assert not [each for each in found if each.kind is MentionKind.DONE]


def test_what_is_asked_of_a_person_is_said_whole() -> None:
    (found,) = [
        each
        for each in mentions("Notes of the session\n\nSam is to be asked by Ben for the budget by Friday.")
        if each.kind is MentionKind.COMMITMENT
    ]
    assert found.owner == "ben"
    assert "budget" in found.text


def test_a_thing_beside_a_name_in_a_table_of_things_is_no_promise() -> None:
    """Sanne, who keeps the address feed, once had to "address feed"."""
    table = "| Source | Owner | Rows |\n|---|---|---|\n| address feed | Ben | 12,000 |\n| claims | Lin | 40,000 |"
    assert owners(table) == set()
    assert owners("| address feed errors in the loader | Ben | 12,000 |") == {"ben"}
    assert owners("| address feed | Ben | CLM-12 |") == {"ben"}
