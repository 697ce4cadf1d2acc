"""Tick-box notes: copies of the pair's own notes, commitments that never vary; habits and short notes are neither."""

from __future__ import annotations

from datetime import timedelta

from copilot.finding import reviewers_of
from copilot.flags.record import SessionNote
from copilot.flags.tickbox import tickbox
from copilot.mentions import CommitmentStatus
from guards.access import Role
from tests.copilot.flags.records import MET, commitment, note, record

FORM = "# Session note\n\n## Objective\n\n## Decisions\n\n"
COPY = FORM + (
    "We went through the plan as agreed and both of us think that the project is on a good way.\n"
    "Next time we will look at the open points again and decide then what has to be done about them.\n"
)
OWN = (
    "The labels of June disagree in forty cases, mostly where an invoice is missing from the file.\n",
    "Threshold at 0.62 keeps recall; the investigators asked for reason codes before anything moves.\n",
    "Shadow run starts with two reviewers, and stops when fewer than a third of alerts are upheld.\n",
    "Legal wants a retention line in the form; the export had two columns that nobody reads.\n",
)


def _notes(*texts: str) -> tuple[SessionNote, ...]:
    return tuple(note(week, text) for week, text in enumerate(texts))


def test_copied_notes_are_shown_to_the_pair_alone() -> None:
    (flag,) = tickbox(record(notes=_notes(COPY, COPY.replace("good", "very good"), COPY, COPY)))
    assert flag.category == "repeated_notes"
    assert "3 repeat" in flag.evidence[0].text
    assert reviewers_of(flag.kind) == {Role.MENTOR_COACH, Role.MENTEE}


def test_one_copy_a_habit_that_ended_the_same_form_and_short_notes_are_no_tick_box() -> None:
    new = [FORM + each * 1 + OWN[(at + 1) % 4] for at, each in enumerate(OWN)]
    for texts in (
        [new[0], new[0], new[1], new[2]],
        [COPY, COPY, COPY, new[3]],
        new,
        ["Fine, nothing new."] * 5,
        [COPY, COPY],
        [""] * 4,
    ):
        assert not [each for each in tickbox(record(notes=_notes(*texts))) if each.category == "repeated_notes"], texts


def test_commitments_that_never_vary() -> None:
    notes = tuple(note(week, "", "Review the backlog with the team") for week in range(5))
    (flag,) = tickbox(record(notes=notes))
    assert (flag.category, flag.since) == ("same_commitments", MET[0])


def test_a_task_done_each_week_other_numbers_and_two_sessions_are_no_tick_box() -> None:
    same = tuple(note(week, "", "Send the weekly figures to the board") for week in range(5))
    done = commitment("Send the weekly figures to the board", week=1, status=CommitmentStatus.DONE, closed=MET[3])
    assert not list(tickbox(record(notes=same, commitments=(done,))))
    assert not list(tickbox(record(notes=tuple(note(n, "", f"Label {n}00 claims by hand") for n in range(1, 6)))))
    assert not list(tickbox(record(notes=same[:2])))
    assert not list(tickbox(record(notes=None)))


def test_the_order_in_which_notes_are_read_makes_no_difference_and_later_days_are_not_before_the_first() -> None:
    notes = _notes(COPY, OWN[0] + OWN[1], COPY, COPY)
    assert list(tickbox(record(notes=notes))) == list(tickbox(record(notes=tuple(reversed(notes)))))
    assert not list(tickbox(record(notes=notes, on=MET[0] - timedelta(days=2))))
