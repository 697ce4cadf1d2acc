"""Styles of other authors: who writes, who answers, who is to receive; each was misread before."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.mentions import Mention, MentionKind
from tests.copilot.extraction.reading_cases import mentions

_PROMISED = {MentionKind.COMMITMENT, MentionKind.CANDIDATE}


def _promised(text: str) -> list[Mention]:
    return [each for each in mentions(text) if each.kind in _PROMISED]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Ben was promised the template by Ada.", "ada"),
        ("Ada -> Ben: send the loader notes by Friday", "ada"),
        ("☐ Ben reserves the test tenant until 18 Sep", "ben"),
        ("Ben showed the plan to Lin.\nHe will correct the sign by Friday.", "ben"),
        ("Ada: Ben, can you do the cost sheet?\nBen: can't, I'm on leave\nLin: I'll take it", "lin"),
        ("Ada: Ben, the ranking, when do I see it?\nBen: Friday.", "ben"),
        ("This is Ada speaking.\nI will send the paper by Friday.", "ada"),
        ("Dear Ben,\nFrom you I would need the summary by 20 September.\nAda", "ben"),
        ("Dear Ben,\nyou will have my plan by Friday.\nAda", "ada"),
        ("Ben was quiet today. I will write to the data office.", "ada"),
    ],
)
def test_the_one_who_gives_owes_it(text: str, owner: str) -> None:
    assert [each.owner for each in _promised(text)] == [owner]


def test_items_of_a_field_on_one_line_are_parted() -> None:
    found = _promised("Next steps: Lin picks the first 200 claims. Ben sets up the tool.")
    assert [each.owner for each in found] == ["lin", "ben"]


def test_the_column_of_dates_needs_no_lead_word() -> None:
    table = "| Item | Who | Target | Now |\n|---|---|---|---|\n| Carbon numbers | Ben | 20-Nov | amber |"
    assert [(each.owner, each.due) for each in _promised(table)] == [("ben", date(2026, 11, 20))]


def test_a_date_right_behind_a_promise_is_its_date() -> None:
    found = _promised("Ada: Could you label the claims, Ben?\nBen: Sure. By Friday.")
    assert [(each.owner, each.due) for each in found] == [("ben", date(2026, 9, 18))]


@pytest.mark.parametrize(
    "text",
    [
        "Mentor to do: -",
        "Next steps: none this time",
        "- Ben writes a daily log (2 votes) no",
        "Lin liked it and Priya too. She will do it.",
        "Ben again about the flaky tests. I left early.",
        "Ben writes three lines every evening, has done for weeks.",
    ],
)
def test_what_promises_nothing_stays_out(text: str) -> None:
    assert _promised(text) == []


def test_a_name_that_comes_again_is_not_the_writer() -> None:
    found = _promised("Ben again about the flaky tests.\nI will send the list of engineers.")
    assert [each.owner for each in found] == ["ada"]


def test_a_list_of_people_does_not_say_who_me_is() -> None:
    assert [each.owner for each in _promised("- Ben licence check, Mon\n- me: reading list")][-1] is None
