"""The session and its due dates as a calendar file. The software sends no invitation: nobody is an attendee."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from icalendar import Calendar, Event

from copilot.drafts import Draft
from copilot.rendering.inert import plain
from copilot.rendering.page import Reveal
from copilot.rendering.text import render as page_text


def render(draft: Draft, *, reveal: Reveal) -> bytes:
    """The session at nine, floating local time, with the page as description; one all-day entry per due date."""
    calendar = Calendar()
    calendar.add("prodid", "-//mentor-copilot//session prep//EN")  # pyright: ignore[reportUnknownMemberType]
    calendar.add("version", "2.0")  # pyright: ignore[reportUnknownMemberType]
    start = datetime.combine(draft.day, time(9))
    session = _event(draft, "session", "Mentoring session")
    session.add("dtstart", start)  # pyright: ignore[reportUnknownMemberType]
    session.add("dtend", start + timedelta(minutes=draft.boxes[-1].to_min))  # pyright: ignore[reportUnknownMemberType]
    session.add("description", page_text(draft, reveal=reveal))  # pyright: ignore[reportUnknownMemberType]
    calendar.add_component(session)
    for each in draft.commitments:
        if each.due is not None:
            due = _event(draft, each.id, plain(reveal(f"Due: {each.action}")))
            due.add("dtstart", each.due)  # pyright: ignore[reportUnknownMemberType]
            calendar.add_component(due)
    return calendar.to_ical()


def _event(draft: Draft, part: str, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{draft.id}-{part}@mentor-copilot")  # pyright: ignore[reportUnknownMemberType]
    event.add("dtstamp", datetime.combine(draft.day, time(0)))  # pyright: ignore[reportUnknownMemberType]
    event.add("summary", summary)  # pyright: ignore[reportUnknownMemberType]
    return event
