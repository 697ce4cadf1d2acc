"""The feed as a calendar: one entry per due date, the same UID whenever it is read, no name in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from copilot.mentions import Change, Commitment, CommitmentStatus
from copilot.rendering.feed import NAME, REFRESH, Due, calendar, due_of
from guards.text import mint_redacted

FIRST = date(2026, 9, 7)
DUES = st.lists(
    st.builds(
        Due,
        id=st.uuids().map(lambda each: each.hex),
        day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        text=st.text(max_size=80),
        version=st.integers(1, 9),
        changed=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
)


def parsed(data: bytes) -> tuple[Calendar, list[Event]]:
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return found, found.events


def commitment(action: str, *changes: Change, due: date = FIRST) -> Commitment:
    return Commitment(
        "0123abcd" * 2, "p1", mint_redacted(action), CommitmentStatus.OPEN, FIRST, "ben", None, due, None, None, 3, 0,
        history=changes,
    )  # fmt: skip


@given(DUES, st.booleans(), st.integers(0, 99))
def test_it_parses_back_with_an_entry_for_each_due_date(dues: list[Due], full: bool, revision: int) -> None:
    whole, events = parsed(calendar(dues, person="ben", full=full, revision=revision))
    assert (str(whole["METHOD"]), str(whole["X-WR-CALNAME"]), whole.refresh_interval) == ("PUBLISH", NAME, REFRESH)
    days = Counter(each.day for each in dues)
    if full:
        assert sorted(str(each.uid) for each in events) == sorted(f"{each.id}@mentor-copilot" for each in dues)
        assert Counter(each.start for each in events) == days
    else:
        assert {each.start: int(str(each["SUMMARY"]).split()[0]) for each in events} == days
        assert len({str(each.uid) for each in events}) == len(events) == len(days)
    for each in events:
        assert type(each.start) is date
        assert each.duration == timedelta(days=1)
        assert {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"} <= set(each)


@given(DUES, st.booleans())
def test_the_same_ledger_gives_the_same_bytes_in_any_order(dues: list[Due], full: bool) -> None:
    assert calendar(dues, person="ben", full=full) == calendar(list(reversed(dues)), person="ben", full=full)


@given(DUES.filter(bool), st.text(min_size=1, max_size=60))
def test_bare_holds_no_word_and_no_id_of_a_commitment(dues: list[Due], text: str) -> None:
    bare = calendar([Due(each.id, each.day, f"XQ{text}", 1, FIRST) for each in dues], person="ben", full=False)
    assert b"XQ" not in bare
    assert not any(each.id.encode() in bare for each in dues)
    assert b"ben@" not in bare


def test_a_moved_one_keeps_its_uid_and_gets_a_higher_sequence() -> None:
    before = due_of(commitment("Label claims", Change(FIRST, "agreed")), FIRST)
    moved = commitment("Label claims", Change(FIRST, "agreed"), Change(date(2026, 9, 9), "moved", "ben"))
    after = due_of(moved, date(2026, 9, 14))
    (old,), (new,) = (parsed(calendar([each], person="ben", full=True))[1] for each in (before, after))
    assert (old.uid, old.sequence, new.uid, new.sequence) == (old.uid, 0, old.uid, 1)
    assert new.last_modified > old.last_modified


def test_names_become_plain_words_and_nothing_in_a_text_breaks_out_of_its_line() -> None:
    hostile = "Ask <PERSON_3>\nEND:VEVENT\nBEGIN:VEVENT\r\nSUMMARY:x\u202e; and, " + "word " * 100
    _, (event,) = parsed(calendar([due_of(commitment(hostile), FIRST)], person="ben", full=True))
    said = str(event["SUMMARY"])
    assert said.startswith("Due: Ask [person] END:VEVENT BEGIN:VEVENT SUMMARY:x; and, word word")
    assert len(said) <= 205
