"""A person's due dates as a calendar that others' programs subscribe to; nothing is sent, nobody is invited.

Bare by default: "2 commitments due" on each day. A calendar is often shown to a team, a family or an assistant, and
whoever has its link reads it, so the words of a promise stand in it only where its owner asks for them. Even then no
name does: placeholders become plain words, the owner's own too.

Each entry is an all-day event that leaves the day free. Tasks (``VTODO``) are left out: many programs drop them from a
subscription, and those that don't would show everything twice. A UID is made from ids and days alone, so the same due
date keeps its entry however often the feed is read; the same ledger gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event

from copilot.commitment_pages import masked
from copilot.mentions import Commitment
from copilot.rendering.inert import plain

REFRESH: Final = timedelta(hours=6)
"""How often a program should look again; a due date moves at most a few times a week."""
NAME: Final = "Mentoring: due dates"
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Due:
    """One open commitment with a due date. ``version`` counts what happened to it, ``changed`` is the last such day."""

    id: str
    day: date
    text: str
    version: int
    changed: date


def due_of(each: Commitment, day: date) -> Due:
    """The entry of an open commitment that is due on ``day``; names stay out."""
    text = " ".join(plain(masked(each.action)).split())
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 2].rsplit(" ", 1)[0] + " …"
    changed = max((one.day for one in each.history), default=each.first_agreed)
    return Due(each.id, day, short, len(each.history), changed)


def calendar(dues: Sequence[Due], *, person: str, full: bool, revision: int = 0) -> bytes:
    """The feed of one person (an id, which goes into digests alone).

    Args:
        dues: their open commitments with a due date.
        person: whose they are.
        full: the words of each commitment; else a count for each day.
        revision: a number that never falls while the ledger grows; what a day's count is numbered by.
    """
    made = Calendar()
    for name, value in (
        ("prodid", "-//mentor-copilot//due dates//EN"), ("version", "2.0"), ("method", "PUBLISH"),
        ("x-wr-calname", NAME), ("name", NAME),
    ):  # fmt: skip
        made.add(name, value)  # pyright: ignore[reportUnknownMemberType]
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})  # pyright: ignore[reportUnknownMemberType]
    made.add("x-published-ttl", "PT6H")  # pyright: ignore[reportUnknownMemberType]
    for event in _each(dues) if full else _by_day(dues, person, revision):
        made.add_component(event)
    return made.to_ical()


def _each(dues: Sequence[Due]) -> Iterator[Event]:
    for each in sorted(dues, key=lambda one: (one.day, one.id)):
        yield _event(each.id, each.day, f"Due: {each.text}", sequence=max(0, each.version - 1), changed=each.changed)


def _by_day(dues: Sequence[Due], person: str, revision: int) -> Iterator[Event]:
    for day in sorted({each.day for each in dues}):
        here = [each for each in dues if each.day == day]
        said = f"{len(here)} commitment{'s' if len(here) > 1 else ''} due"
        key = hashlib.sha256(f"{person}\x1f{day.isoformat()}".encode()).hexdigest()[:32]
        yield _event(key, day, said, sequence=revision, changed=max(each.changed for each in dues))


def _event(key: str, day: date, summary: str, *, sequence: int, changed: date) -> Event:
    event = Event()
    stamp = datetime.combine(changed, time(0), UTC)
    for name, value in (
        ("uid", f"{key}@mentor-copilot"), ("dtstamp", stamp), ("last-modified", stamp), ("sequence", sequence),
        ("dtstart", day), ("dtend", day + timedelta(days=1)), ("summary", summary), ("transp", "TRANSPARENT"),
        ("class", "PRIVATE"),
    ):  # fmt: skip
        event.add(name, value)  # pyright: ignore[reportUnknownMemberType]
    return event
