"""Tickets as files that other tools import: Jira's CSV importer, CSV tools for GitHub issues, a table, a calendar.

Jira needs a header without punctuation and a Summary; it maps Assignee by e-mail and reads Due Date as yyyy-MM-dd where
that is set in its wizard. GitHub has no importer of its own; CSV tools take title, body and labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from copilot.rendering.tables import table
from copilot.ticket_texts import Ticket

JIRA: Final = ("Summary", "Issue Type", "Description", "Due Date", "Assignee", "Labels")
GITHUB: Final = ("title", "body", "labels", "state")
PLAIN: Final = ("commitment", "action", "owner", "due", "ticket", "agreed", "status")
_LABEL: Final = "mentoring"


def jira(tickets: Sequence[Ticket]) -> str:
    """The columns of Jira's CSV importer; an owner without a known e-mail stands in the description alone."""
    rows = ((each.summary, "Task", each.body, _day(each.due), each.email, _LABEL) for each in tickets)
    return table(JIRA, rows)


def github(tickets: Sequence[Ticket]) -> str:
    """The columns that CSV importers of GitHub issues take; due date and owner stand in the body."""
    return table(GITHUB, ((each.summary, each.body, _LABEL, "open") for each in tickets))


def plain(tickets: Sequence[Ticket]) -> str:
    """A table for people; a status that is changed in it comes back by ``coach tickets``."""
    rows = ((each.id[:8], each.summary, each.owner, _day(each.due), each.ticket or "", _day(each.agreed), "open")
            for each in tickets)  # fmt: skip
    return table(PLAIN, rows)


def calendar(tickets: Sequence[Ticket], *, as_of: date) -> bytes:
    """One all-day entry for each due date; nobody is invited."""
    made = Calendar()
    made.add("prodid", "-//mentor-copilot//commitments//EN")  # pyright: ignore[reportUnknownMemberType]
    made.add("version", "2.0")  # pyright: ignore[reportUnknownMemberType]
    stamp = datetime.combine(as_of, time(0), ZoneInfo("UTC"))
    for each in tickets:
        if each.due is None:
            continue
        event = Event()
        who = f" ({each.owner})" if each.owner else ""
        event.add("uid", f"{each.id}@mentor-copilot")  # pyright: ignore[reportUnknownMemberType]
        event.add("dtstamp", stamp)  # pyright: ignore[reportUnknownMemberType]
        event.add("dtstart", each.due)  # pyright: ignore[reportUnknownMemberType]
        event.add("summary", f"Due: {each.summary}{who}")  # pyright: ignore[reportUnknownMemberType]
        event.add("description", each.body)  # pyright: ignore[reportUnknownMemberType]
        made.add_component(event)
    return made.to_ical()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
