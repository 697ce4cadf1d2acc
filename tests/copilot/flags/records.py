"""Invented records of one pair, for tests of the kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from copilot.flags.record import Blocked, PairRecord, SessionNote
from copilot.mentions import Commitment, CommitmentStatus
from copilot.programme import Pair, Stage
from guards.text import mint_redacted

START = date(2026, 9, 7)
MET = tuple(START + timedelta(weeks=week) for week in range(8))
ON = MET[-1] + timedelta(days=1)
PAIR = Pair("a-b", "ada", "ben", sponsor="sam", started=START, stage=Stage.MODELLING)


def record(**parts: object) -> PairRecord:
    """A pair of whom everything was read and nothing is wrong, but for the parts given."""
    calm = PairRecord(
        PAIR, ON, START, met=MET, commitments=(), blockers=(), notes=(), artefacts=(MET[1],), template_notes=4
    )
    return replace(calm, **parts)


def blocked(category: str | None = "governance", *, since: int = 0, last: int = 7, sessions: int = 4,
            sponsor: bool = False, cleared: date | None = None) -> Blocked:  # fmt: skip
    """A blocker by the weeks in which it was first and last heard."""
    return Blocked(category, MET[since], MET[last], sessions, sponsor, cleared)


def commitment(
    action: str, *, owner: str | None = "ada", week: int = 6, due: date | None = None, closed: date | None = None,
    status: CommitmentStatus = CommitmentStatus.OPEN, confirmed: bool = False,
) -> Commitment:  # fmt: skip
    """A commitment agreed in a week."""
    day = MET[week]
    return Commitment(
        f"c{week}", "a-b", mint_redacted(action), status, day, owner, None, due, None, None, (ON - day).days, 0,
        closed=closed, confirmed=confirmed,
    )  # fmt: skip


def note(week: int, text: str, *promises: str) -> SessionNote:
    """A note of a week's session."""
    return SessionNote(MET[week], (mint_redacted(text),), tuple(mint_redacted(each) for each in promises))
