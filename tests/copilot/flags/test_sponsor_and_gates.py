"""What waits on the sponsor's side, and what a gate lacks; leave, answers, and what nobody keeps raise nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from copilot.flags.flag import FlagKind
from copilot.flags.gate import gate
from copilot.flags.record import PairRecord, SignedOff
from copilot.flags.sponsor import sponsor
from copilot.flags.weighing import scales
from copilot.mentions import CommitmentStatus
from copilot.programme import Period, Stage
from tests.copilot.flags.records import MET, ON, PAIR, blocked, commitment, record

OWED = commitment("Sign the form", owner="sam", week=1, due=MET[2])
ASKED = blocked(sponsor=True)
PAPERS = ("coach_charter", "data_access")


def _gates(made: PairRecord) -> set[str]:
    return {each.category for each in gate(made)}


def test_owed_and_asked_without_an_answer_is_flagged_once() -> None:
    (flag,) = sponsor(record(commitments=(OWED,), blockers=(ASKED,)))
    assert (flag.kind, flag.category) == (FlagKind.BLOCKER, "sponsor")
    assert set(flag.families) == {"work", "notes"}


@pytest.mark.parametrize(
    "parts",
    [
        {"commitments": (OWED, OWED, OWED)},
        {"blockers": (ASKED, ASKED)},
        {"sponsor_cancelled": (MET[5],), "commitments": (OWED,)},
        {"commitments": (OWED, commitment("Name a labeller", owner="sam", status=CommitmentStatus.DONE, closed=MET[6])),
         "blockers": (ASKED,)},
        {"commitments": (OWED,), "blockers": (ASKED,), "sponsor_away": (Period(MET[6], ON),)},
        {"commitments": (OWED,), "blockers": (ASKED,), "pair": replace(PAIR, sponsor=None)},
        {"commitments": (replace(OWED, due=ON - timedelta(days=3)),), "blockers": (blocked(since=7, sponsor=True),)},
        {"commitments": None, "blockers": None},
    ],
    ids=["one family", "one family too", "one cancelled", "answered", "away", "no sponsor", "only just", "unread"],
)  # fmt: skip
def test_one_sign_an_answer_leave_or_nothing_known_raises_nothing(parts: dict[str, object]) -> None:
    assert not list(sponsor(record(**parts)))


def test_papers_that_others_have_on_file() -> None:
    assert _gates(record(papers=PAPERS)) == {"papers"}
    signed = replace(PAIR, signed=tuple((each, MET[0]) for each in PAPERS))
    assert not _gates(record(papers=PAPERS, pair=signed))
    assert not _gates(record(papers=()))
    assert not _gates(record(papers=PAPERS, on=MET[0] + timedelta(days=5)))
    assert _gates(
        record(papers=PAPERS, pair=replace(PAIR, signed=((PAPERS[0], MET[0]), (PAPERS[1], ON + timedelta(1)))))
    )


def test_no_artefact_by_week_four_where_the_notes_have_a_field_for_it() -> None:
    assert _gates(record(artefacts=())) == {"artefact"}
    assert not _gates(record(artefacts=None))
    assert not _gates(record(artefacts=(MET[7],)))
    assert not _gates(record(artefacts=(), on=MET[4]))


def test_a_deployment_gate_needs_a_sign_off() -> None:
    gated = replace(PAIR, stage=Stage.DEPLOYMENT_GATING)
    assert _gates(record(pair=gated, criteria=SignedOff((MET[5],)))) == {"sign_off"}
    assert not _gates(record(pair=gated, criteria=SignedOff((), (MET[6],))))
    assert not _gates(record(pair=gated, criteria=None))
    assert not _gates(record(criteria=SignedOff((MET[5],))))
    assert not _gates(record(pair=replace(gated, sponsor=None), criteria=SignedOff()))


def test_every_category_says_reasons_other_explanations_and_a_way_out() -> None:
    for name, scale in scales().items():
        assert scale.alternatives and scale.clears_when and scale.next_step, name  # noqa: PT018
        assert all(each.reason and each.weight for each in scale.signals.values()), name
        assert 0 < scale.watch < scale.review < 1, name
