"""Follow-through: about wording and size, from four commitments on, of the mentee alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from copilot.calibration import LEAST, follow_through, lines
from copilot.mentions import Commitment, CommitmentStatus
from tests.doubles.snapshots import promise

ON = date(2026, 12, 1)


def closed(number: int, *, late: bool = False, owner: str = "ben", due: bool = True) -> Commitment:
    made = promise(7, "Label claims", owner=owner, due=date(2026, 10, 19) if due else None, ticket=None)
    day = date(2026, 10, 19) + timedelta(days=1 if late else -1)
    return replace(made, id=f"c{number}", status=CommitmentStatus.DONE, closed=day)


def test_nothing_is_said_under_four() -> None:
    assert LEAST == 4
    assert follow_through([closed(n) for n in range(3)], me="ben", on=ON) == ()


def test_done_in_time_counts_and_done_late_does_not() -> None:
    found = follow_through([closed(n, late=n == 0) for n in range(4)], me="ben", on=ON)
    assert "with a date: 3 of 4 done as first agreed" in list(lines(found))


def test_a_moved_date_is_measured_against_the_first_one() -> None:
    moved = [replace(closed(n, late=True), moves=(date(2026, 10, 15),), due=date(2026, 11, 1)) for n in range(4)]
    (dated, *_) = follow_through(moved, me="ben", on=ON)
    assert (dated.kept, dated.n) == (0, 4)


def test_open_and_not_yet_due_says_nothing_and_overdue_counts_as_not_kept() -> None:
    open_ones = [promise(7, "Label claims", owner="ben", due=date(2027, 1, 1), ticket=None)] * 4
    assert follow_through(open_ones, me="ben", on=ON) == ()
    (dated, *_) = follow_through([replace(each, due=date(2026, 10, 19)) for each in open_ones], me="ben", on=ON)
    assert (dated.kept, dated.n) == (0, 4)


def test_somebody_elses_commitments_do_not_count() -> None:
    assert follow_through([closed(n, owner="ada") for n in range(9)], me="ben", on=ON) == ()
