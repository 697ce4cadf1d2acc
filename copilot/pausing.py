"""Pauses that a person takes for themselves: days away that they asked for, with no reason asked.

A pause is a period of leave in the programme under a name of its own (``OWN_PAUSE``), so that flags, preps and the
calendar treat it like any other. An ingest of the programme file keeps it, though the file does not know of it
(``programme.with_pauses_of``). Nobody takes one for somebody else. Refuses one that has passed, or that is longer than
a quarter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from copilot.bootstrap import Copilot
from copilot.errors import BadInput, NotFound
from copilot.programme import OWN_PAUSE, Period, Person, own_pauses
from guards.access import Principal
from guards.audit_log import Act, Entry

LONGEST: Final = 92
"""Days of one pause: a quarter. Whoever is away for longer is on leave, which the programme file says."""
AHEAD: Final = 366
"""Days ahead at which a pause may start; more is a slip of the keyboard."""


def pauses(copilot: Copilot, *, principal: Principal) -> tuple[Period, ...]:
    """A person's own pauses that have not passed, by day."""
    person = copilot.programme().person(principal.person)
    found = [each for each in (own_pauses(person) if person else ()) if each.end >= copilot.today]
    return tuple(sorted(found, key=lambda each: each.start))


def pause(copilot: Copilot, *, principal: Principal, start: date, end: date) -> Period:
    """Add a pause from one day to another, both included.

    Raises:
        BadInput: it ends before it starts, is past, too long, too far ahead, or touches another pause of theirs.
        AuditUnwritable: the audit log cannot be kept; there is no pause.
    """
    today = copilot.today
    _check(start, end, today)
    made = Period(start, end, OWN_PAUSE, today)

    def add(person: Person) -> Person:
        if any(each.start <= end and each.end >= start for each in own_pauses(person)):
            raise BadInput("these days touch a pause that you have already: end that one first, or take other days")
        return replace(person, away=(*person.away, made))

    _change(copilot, principal, add, detail="pause")
    return made


def end_pause(copilot: Copilot, *, principal: Principal, start: date) -> None:
    """End the pause that starts on a day: one that runs ended yesterday, one to come is taken away.

    Raises:
        NotFound: they have no pause of that day that has not passed.
        AuditUnwritable: the audit log cannot be kept; the pause stands.
    """
    today = copilot.today

    def shorten(person: Person) -> Person:
        mine = [each for each in own_pauses(person) if each.start == start and each.end >= today]
        if not mine:
            raise NotFound(f"you have no pause that starts on {start.isoformat()}: load the page again")
        kept = [replace(mine[0], end=today - timedelta(days=1))] if start < today else []
        return replace(person, away=(*(each for each in person.away if each is not mine[0]), *kept))

    _change(copilot, principal, shorten, detail="resume")


def _check(start: date, end: date, today: date) -> None:
    if end < start:
        raise BadInput("the pause ends before it starts: swap the two days")
    if start < today:
        raise BadInput("a pause starts today or later: what has passed is for whoever runs the programme")
    if (end - start).days >= LONGEST:
        raise BadInput(f"a pause has at most {LONGEST} days: take it in parts, or have it put down as leave")
    if (start - today).days > AHEAD:
        raise BadInput("a pause starts within a year from now: take another day")


def _change(copilot: Copilot, principal: Principal, edit: Callable[[Person], Person], *, detail: str) -> None:
    def changed(person: Person) -> Person:
        made = edit(person)
        copilot.audit.append(Entry(Act.PAUSE, who=person.id, detail=detail))
        return made

    copilot.record.programmes.change(
        lambda programme: replace(
            programme,
            people=tuple(changed(each) if each.id == principal.person else each for each in programme.people),
        )
    )
