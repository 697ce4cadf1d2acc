"""Tickets beside the ledger: one table of situations, and that applying twice is applying once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.deciding import decide
from copilot.ledger import fold
from copilot.mentions import (
    Commitment,
    CommitmentStatus,
    Decision,
    DecisionKind,
    Mention,
    MentionKind,
    ReadBy,
    Unsettled,
)
from copilot.programme import Person
from copilot.ticket_rows import TicketRow, TicketState, TicketTable
from copilot.ticket_status import Compared, Judged, Outcome, compare, rows_text
from guards.access import DecideCommitments, Grant, Principal, Role, authorize
from guards.text import mint_redacted
from knowledge.passages import Citation

TODAY = date(2026, 10, 1)
AGREED = date(2026, 9, 7)
DUE = date(2026, 9, 21)
PEOPLE = (
    Person("ada", "Ada Nwosu", ("both@corp.example",)),
    Person("ben", "Ben Carter", ("ben@corp.example", "both@corp.example")),
)
OPEN, DONE, DROPPED, MOVED, CLOSED, UNKNOWN = TicketState


def promise(mark: str, ticket: str | None, *, due: date | None = DUE, kind: str = "commitment") -> Mention:
    text = mint_redacted(f"Label batch {mark}")
    where = Citation(f"note-{mark}", mint_redacted("note"), 1, 1, text)
    return Mention(
        mark * 2, "p1", MentionKind(kind), text, AGREED, where, ReadBy.RULES, owner="ben", ticket=ticket, due=due
    )


def folded(*mentions: Mention, said: tuple[Decision, ...] = ()) -> tuple[Commitment, ...]:
    return fold(mentions, said, (), as_of=TODAY)


def row(state: TicketState, number: int = 2, **parts: object) -> TicketRow:
    given = {"ticket": "CLM-1", "commitment": "", **parts}
    return TicketRow(number=number, state=state, **given)  # pyright: ignore[reportArgumentType]


def compared(rows: list[TicketRow], found: tuple[Commitment, ...] = (), said: tuple[Decision, ...] = ()) -> Compared:
    known = found or folded(promise("0123abcd", "CLM-1"), said=said)
    return compare(TicketTable(tuple(rows)), known, said=said, people=PEOPLE, today=TODAY)


def judged(*rows: TicketRow, found: tuple[Commitment, ...] = (), said: tuple[Decision, ...] = ()) -> Judged:
    (only,) = compared(list(rows), found, said).judged
    return only


def word(kind: DecisionKind, day: date, by: str = "ben", due: date | None = None) -> Decision:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Decision(f"{kind.value}{day}", "p1", "0123abcd" * 2, kind, by, at, day, mint_redacted("why"), due)


def test_what_contradicts_nobody_would_change() -> None:
    done = judged(row(DONE, assignee="Ben Carter", due=DUE, resolved=date(2026, 9, 20)))
    assert done.word
    assert (done.outcome, done.word.kind, done.word.day) == (Outcome.CHANGE, DecisionKind.DONE, date(2026, 9, 20))
    dropped = judged(row(DROPPED))
    assert dropped.word
    assert (dropped.word.kind, dropped.word.day) == (DecisionKind.DROP, TODAY)
    assert dropped.word.reason
    moved = judged(row(MOVED, due=date(2026, 10, 5)))
    assert moved.word
    assert (moved.word.kind, moved.word.due) == (DecisionKind.MOVE, date(2026, 10, 5))
    undated = judged(row(OPEN, due=DUE), found=folded(promise("0123abcd", "CLM-1", due=None)))
    assert undated.word
    assert (undated.word.kind, undated.word.due) == (DecisionKind.MOVE, DUE)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (row(UNKNOWN), "no words of"),
        (row(CLOSED), "no resolution says"),
        (row(DONE, unread=("due",)), "its due day does not read"),
        (row(DONE, assignee="Ada Nwosu"), "it is ben's here, and ada's in the ticket"),
        (row(DONE, assignee="bcarter"), "nobody the programme knows"),
        (row(DONE, assignee="both@corp.example"), "nobody the programme knows"),
        (row(DONE, due=date(2026, 9, 22)), "due on 2026-09-21 here, and on 2026-09-22"),
        (row(OPEN, due=date(2026, 9, 22)), "due on 2026-09-21 here, and on 2026-09-22"),
        (row(MOVED, due=date(2026, 9, 14)), "due on 2026-09-21 here, and on 2026-09-14"),
        (row(MOVED), "not until when"),
        (row(DONE, resolved=date(2026, 10, 2)), "still to come"),
        (row(DONE, resolved=date(2026, 9, 6)), "before this was agreed"),
    ],
)
def test_what_contradicts_is_shown_and_changes_nothing(given: TicketRow, why: str) -> None:
    found = judged(given)
    assert (found.outcome, found.word) == (Outcome.CONFLICT, None)
    assert why in found.why
    assert "bcarter" not in found.why


def test_a_persons_word_goes_before_a_ticket_that_was_not_resolved_later() -> None:
    said = (word(DecisionKind.CONFIRM, date(2026, 9, 24)),)
    for resolved in (None, date(2026, 9, 24), date(2026, 9, 20)):
        found = judged(row(DONE, resolved=resolved), said=said)
        assert found.outcome is Outcome.CONFLICT
        assert found.why.startswith("ben said on 2026-09-24 that it stands; the ticket says done")
    assert judged(row(DONE, resolved=date(2026, 9, 25)), said=said).outcome is Outcome.CHANGE


@pytest.mark.parametrize("kind", [DecisionKind.DONE, DecisionKind.DROP])
def test_what_a_person_closed_stays_closed(kind: DecisionKind) -> None:
    said = (word(kind, date(2026, 9, 24)),)
    same = DONE if kind is DecisionKind.DONE else DROPPED
    for state in TicketState:
        found = judged(row(state, assignee="Ada Nwosu", due=TODAY), said=said)
        assert found.outcome is (Outcome.AGREES if state in {same, CLOSED} else Outcome.CONFLICT)


def test_what_was_denied_is_nobodys_to_see() -> None:
    found = compared([row(DONE)], said=(word(DecisionKind.DENY, date(2026, 9, 24)),))
    assert (found.judged, found.foreign) == ((), 1)


def test_what_was_never_confirmed_is_not_closed_by_a_ticket() -> None:
    found = judged(row(DONE), found=folded(promise("0123abcd", "CLM-1", kind="candidate")))
    assert "never confirmed" in found.why


def test_what_somebody_has_to_settle_is_not_settled_by_a_ticket() -> None:
    (each,) = folded(promise("0123abcd", "CLM-1"))
    line = Unsettled(MentionKind.UNCLEAR, mint_redacted("supposedly done"), DUE, each.citations[0], (each.id,))
    asked = replace(each, unsettled=(line,))
    assert "an open question already" in judged(row(DONE), found=(asked,)).why
    assert judged(row(OPEN), found=(asked,)).outcome is Outcome.AGREES


def test_two_of_anything_is_a_conflict() -> None:
    two = folded(promise("0123abcd", "CLM-1"), promise("4567cdef", "CLM-1"))
    both = compared([row(DONE)], two)
    assert [each.outcome for each in both.judged] == [Outcome.CONFLICT] * 2
    assert "also that of 4567cdef" in both.judged[0].why
    assert "rows 2, 3 say different things" in judged(row(DONE), row(OPEN, 3)).why
    assert judged(row(DONE), row(DONE, 3)).outcome is Outcome.CHANGE


def test_a_mark_finds_what_has_no_ticket_and_never_overrules_the_notes_ticket() -> None:
    without = folded(promise("0123abcd", None))
    assert judged(row(DONE, ticket="CLM-9", commitment="0123abcd"), found=without).outcome is Outcome.CHANGE
    other = judged(row(DONE, ticket="CLM-9", commitment="0123abcd"))
    assert other.why == "row 2 names ticket CLM-9, the notes CLM-1"
    assert compared([row(DONE, ticket="CLM-9", commitment="ffffffff")]).foreign == 1


def test_rows_are_told_by_number() -> None:
    assert [rows_text(each) for each in ((5,), (5, 6), tuple(range(2, 45)))] == [
        "row 5", "rows 5, 6", "rows 2, 3, 4 and 40 more",
    ]  # fmt: skip


def _grant() -> Grant[DecideCommitments]:
    return authorize(Principal("ben", {"p1": Role.MENTEE}), DecideCommitments, "p1")


DAYS = st.sampled_from([None, DUE, date(2026, 9, 1), date(2026, 9, 28), date(2026, 12, 1)])
ROWS = st.lists(
    st.builds(
        row, st.sampled_from(TicketState), st.integers(2, 9), ticket=st.sampled_from(["CLM-1", "CLM-2", "CLM-3"]),
        commitment=st.sampled_from(["", "0123abcd"]), assignee=st.sampled_from(["", "ben", "Ada Nwosu", "x"]),
        due=DAYS, resolved=DAYS,
    ),
    max_size=5,
)  # fmt: skip


@given(ROWS, st.lists(st.sampled_from([each for each in DecisionKind if each is not DecisionKind.MOVE]), max_size=2))
def test_applied_twice_is_applied_once_and_only_what_was_shown_changes(
    rows: list[TicketRow], kinds: list[DecisionKind]
) -> None:
    mentions = (
        promise("0123abcd", "CLM-1"), promise("4567cdef", "CLM-2", due=None), promise("89abcdef", None),
        promise("aaaabbbb", "CLM-3", kind="candidate"),
    )  # fmt: skip
    said = tuple(word(each, date(2026, 9, 20 + n)) for n, each in enumerate(kinds))
    before = folded(*mentions, said=said)
    first = compared(rows, before, said)
    at = datetime(2026, 10, 1, tzinfo=UTC)
    for each in first.of(Outcome.CHANGE):
        assert each.word
        assert each.commitment.status is CommitmentStatus.OPEN
        made = decide([each.commitment.id], each.word, commitments=before, said=said, grant=_grant(), at=at)
        said += tuple(decision for one in made for decision in one.decisions)
    after = folded(*mentions, said=said)
    changed = {one.id for one, other in zip(before, after, strict=True) if one != other}
    assert changed == {each.commitment.id for each in first.of(Outcome.CHANGE)}
    assert compared(rows, after, said).of(Outcome.CHANGE) == ()
