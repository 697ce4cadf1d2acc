"""A tool's table of tickets: known shapes are read, hostile ones are one clear line, and nothing of a cell is told."""

from __future__ import annotations

import csv
import io
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import BadInput
from copilot.rendering.tables import table
from copilot.ticket_rows import MOST_BYTES, MOST_ROWS, TicketRow, TicketState, TicketTable, read_tickets, ticket_id

JIRA = """Summary,Issue key,Issue id,Status,Resolution,Assignee,Due date,Resolved,Labels,Labels
Label claims,CLM-118,10001,Done,Done,Ben Carter,21/Sep/26 12:00 AM,20/Sep/26 3:04 PM,mentoring,x
Sign form,CLM-119,10002,Done,Won't Do,,,,,
"""


def rows(text: str) -> tuple[TicketRow, ...]:
    return read_tickets(text.encode()).rows


def answered(data: bytes) -> TicketTable | str:
    try:
        return read_tickets(data)
    except BadInput as refused:
        return str(refused)


def one(status: str, resolution: str = "") -> TicketState:
    (row,) = rows(f"Key;Status;Resolution\nA-1x;x;x\nCLM-1;{status};{resolution}\n")
    return row.state


def test_jiras_own_columns_are_read() -> None:
    first, second = rows(JIRA)
    assert (first.ticket, first.state, first.assignee) == ("CLM-118", TicketState.DONE, "Ben Carter")
    assert (first.due, first.resolved, first.unread) == (date(2026, 9, 21), date(2026, 9, 20), ())
    assert (second.ticket, second.state) == ("CLM-119", TicketState.DROPPED)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_delimiters_marks_and_line_ends_make_no_difference(delimiter: str, encoding: str, ending: str) -> None:
    text = ending.join(delimiter.join(each) for each in (("Ticket", "Status", "Due"), ("clm-7", "DONE", "2026-09-01")))
    (row,) = read_tickets(text.encode(encoding)).rows
    assert (row.ticket, row.state, row.due) == ("CLM-7", TicketState.DONE, date(2026, 9, 1))


def test_excels_own_first_line_is_passed_over() -> None:
    (row,) = rows("sep=;\r\nTicket;Status\r\n#12;open\r\n")
    assert (row.number, row.ticket) == (3, "#12")


@pytest.mark.parametrize(
    ("status", "resolution", "state"),
    [
        ("In Progress", "", TicketState.OPEN),
        ("In  progress", "Unresolved", TicketState.OPEN),
        ("Closed", "", TicketState.CLOSED),
        ("Closed", "Fixed", TicketState.DONE),
        ("closed", "not_planned", TicketState.DROPPED),
        ("Done", "Won’t Do", TicketState.DROPPED),
        ("Erledigt", "", TicketState.DONE),
        ("Verschoben", "", TicketState.MOVED),
        ("In Progress", "Done", TicketState.UNKNOWN),
        ("Done", "Duplicate", TicketState.UNKNOWN),
        ("Nearly done", "", TicketState.UNKNOWN),
        ("=1+1", "", TicketState.UNKNOWN),
        ("", "", TicketState.UNKNOWN),
    ],
)
def test_a_status_is_read_by_the_lists_alone(status: str, resolution: str, state: TicketState) -> None:
    assert one(status, resolution) is state


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-09-03", date(2026, 9, 3)),
        ("2026-09-03T10:00:00Z", date(2026, 9, 3)),
        ("03.09.2026", date(2026, 9, 3)),
        ("3 Sep 2026", date(2026, 9, 3)),
        ("03/04/2026", None),
        ("soon", None),
        ("2026-02-30", None),
    ],
)
def test_a_day_that_reads_two_ways_is_not_read(text: str, day: date | None) -> None:
    (row,) = rows(f"Ticket,Status,Due\nCLM-1,open,{text}\n")
    assert (row.due, row.unread) == (day, () if day else ("due",))


def test_rows_without_an_id_are_counted_by_place() -> None:
    cells = ('=HYPERLINK(""http://x"",""CLM-1"")', "", "CLM-", "CLM-1 or CLM-2", "CLM-1234567", "@CLM-1")
    found = read_tickets(("Ticket,Status\n" + "".join(f'"{each}",done\n' for each in cells)).encode())
    assert (found.rows, found.nameless) == ((), (2, 3, 4, 5, 6, 7))


def test_a_mark_in_the_description_names_the_commitment() -> None:
    (row,) = rows('Key,Status,Description\nCLM-5,Done,"Label it. Agreed on 2026-09-01. Commitment 0123abcd."\n')
    assert (row.ticket, row.commitment) == ("CLM-5", "0123abcd")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"Ticket,Owner\nCLM-1,Ben\n", "needs a column"),
        (b"Summary,Status\nSecret words,done\n", "needs a column"),
        (b"Ticket,Status,Status\nCLM-1,done,open\n", "2 columns that could be its status"),
        ("Ticket,Status,Assignee\nCLM-1,done,Jürgen\n".encode("cp1252"), "not UTF-8 from byte 35"),
        (b"Ticket,Status\nCLM-1,do\x00ne\n", "zero bytes"),
        (b"PK\x03\x04\x14\x00\x00", "zero bytes"),
        (b'Ticket,Status\nCLM-1,"done\nCLM-2,open\n', "a quote is not closed"),
        (b"Ticket,Status\nCLM-1," + b"x" * 200_000, "a cell is too long"),
        (b"Ticket,Status\n" + b"x,y\n" * (MOST_ROWS + 1), f"over {MOST_ROWS} rows"),
        (b"x" * (MOST_BYTES + 1), "over 64 MB"),
    ],
)
def test_what_is_no_table_is_one_clear_line(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        read_tickets(data)
    assert "\n" not in str(refused.value)
    assert "Secret" not in str(refused.value)


def test_a_hundred_thousand_rows_are_read_in_seconds() -> None:
    text = "Ticket,Status,Due\n" + "".join(f"CLM-{n},Done,2026-09-01\n" for n in range(100_000))
    began = time.process_time()
    assert len(rows(text)) == 100_000
    assert time.process_time() - began < 20


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t|"))
def test_whatever_stands_in_the_cells_there_is_an_answer_or_one_line(cells: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["Ticket", "Status", "Due date"], *cells])
    found = answered(out.getvalue().encode("utf-8", errors="ignore"))
    if isinstance(found, str):
        assert len(found.splitlines()) == 1
    else:
        assert len(found.rows) + len(found.nameless) <= len(cells)


@given(st.binary(max_size=300))
def test_whatever_the_bytes_there_is_an_answer_or_one_line(data: bytes) -> None:
    found = answered(data)
    assert not isinstance(found, str) or len(found.splitlines()) == 1


@given(st.from_regex(r"\A([A-Z][A-Z0-9]{1,9}-[0-9]{1,6}|#[0-9]{1,6})\Z"))
def test_an_id_comes_back_from_our_own_table(ticket: str) -> None:
    assert ticket_id(ticket) == ticket
    (row,) = rows(table(("ticket", "status"), [(ticket, "open")]))
    assert row.ticket == ticket
