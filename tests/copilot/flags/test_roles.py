"""Role guards: approvals, engineering, authority and caseload; what only sounds like them raises nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.flags.flag import Flag
from copilot.flags.record import PairRecord
from copilot.flags.roles import is_approval, is_engineering, roles
from copilot.mentions import CommitmentStatus
from copilot.programme import Escalation
from tests.copilot.flags.records import PAIR, blocked, commitment, record


def _raised(made: PairRecord) -> dict[str, Flag]:
    return {each.category: each for each in roles(made)}


@pytest.mark.parametrize(
    ("action", "approval", "engineering"),
    [
        ("Approve the shadow run for all regions", True, False),
        ("Sign off the model before Friday", True, False),
        ("Fix the nightly export job", False, True),
        ("Deploy the classifier to the test server", False, True),
        ("Write the SQL query for the label sheet" , False, False),
        ("Rewrite the query that counts alerts", False, True),
        ("Ask the sponsor to approve the run", False, False),
        ("Sign the mentor agreement", False, False),
        ("Approve the agenda of the next session", False, False),
        ("Fix a date for the review", False, False),
        ("Build the question ladder", False, False),
        ("Review the pipeline with the team", False, False),
        ("Find out who approves the release", False, False),
        ("Send the rollback plan template", False, False),
        ("", False, False),
    ],
)  # fmt: skip
def test_actions(action: str, approval: bool, engineering: bool) -> None:
    assert (is_approval(action), is_engineering(action)) == (approval, engineering)


def test_an_approval_or_fix_in_the_coachs_place_is_flagged_and_a_confirmed_one_for_review() -> None:
    made = _raised(record(commitments=(commitment("Approve the shadow run"), commitment("Fix the export job"))))
    assert set(made) == {"approval", "execution"}
    sure = _raised(record(commitments=(commitment("Approve the shadow run", confirmed=True),)))["approval"]
    assert sure.score > made["approval"].score
    assert sure.tier.value == "review"


def test_of_the_mentee_closed_or_unread_it_is_none() -> None:
    for other in (
        (commitment("Fix the export job", owner="ben"),),
        (commitment("Fix the export job", owner=None),),
        (commitment("Fix the export job", status=CommitmentStatus.DONE),),
        (commitment("Fix the export job", status=CommitmentStatus.CANDIDATE),),
        (),
        None,
    ):
        assert not _raised(record(commitments=other))


def test_no_authority_matters_once_something_old_blocks_and_an_unwritten_charter_is_unknown() -> None:
    without = replace(PAIR, escalation=Escalation(authority=False, after_days=14))
    assert "authority" in _raised(record(pair=without, blockers=(blocked(),)))
    assert not _raised(record(pair=without))
    assert not _raised(record(pair=without, blockers=(blocked(since=7, sessions=1), blocked(None))))
    assert not _raised(record(blockers=(blocked(),)))
    assert not _raised(record(pair=replace(PAIR, escalation=Escalation(authority=True)), blockers=(blocked(),)))


@pytest.mark.parametrize(("cap", "pairs", "raised"), [(4, 5, True), (4, 4, False), (None, 40, False), (1, 99, True)])
def test_caseload_over_the_cap_and_no_cap_is_unknown(cap: int | None, pairs: int, raised: bool) -> None:
    assert ("caseload" in _raised(record(caseload_cap=cap, pairs_of_coach=pairs))) is raised


def test_no_flag_names_anybody() -> None:
    made = _raised(record(commitments=(commitment("Approve it all"), commitment("Fix the export job")), caseload_cap=1,
                          pairs_of_coach=3))  # fmt: skip
    told = " ".join(f"{each.evidence} {each.next_step} {each.clears_when}" for each in made.values()).casefold()
    assert not {"ada", "ben", "sam", "approve it"} & set(told.replace("'", " ").split())
