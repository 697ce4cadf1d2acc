"""A programme as the core sees it: people, pairs, KPIs, calendar. Frozen; read from files by ``programme_file.py``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from guards.access import Role
from guards.roster import ERASED, Roster, RosterPerson

OWN_PAUSE: Final = "own pause"
"""Name of a period of leave that a person took for themselves (``pausing.py``); a programme file knows none of them."""


class Stage(StrEnum):
    """Where a project stands in the AI lifecycle; steers obligations and questions."""

    DATA_INTAKE = "data_intake"
    MODELLING = "modelling"
    MODEL_VALIDATION = "model_validation"
    DEPLOYMENT_GATING = "deployment_gating"
    POST_LAUNCH = "post_launch"


class SessionStatus(StrEnum):
    """What became of a planned session."""

    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; ``logged`` is the day it became known."""

    start: date
    end: date
    name: str = ""
    logged: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the programme knows."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()
    away: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Kpi:
    """A measure with an owner and a source. ``better`` is ``lower`` or ``higher``; values are in ``unit``."""

    id: str
    name: str
    layer: str
    unit: str
    baseline: float | None
    target: float | None
    better: str
    owner: str
    source: str
    window_days: int | None = None


@dataclass(frozen=True, slots=True)
class MentorChange:
    """The mentor of a pair changed on ``day``; the pair's ``mentor`` is whoever has the role now."""

    day: date
    previous: str | None = None
    next: str | None = None
    logged: date | None = None


@dataclass(frozen=True, slots=True)
class Pulse:
    """One rating of 1 to 5 that somebody of a pair gave on a day."""

    pair: str
    by: str
    day: date
    rating: int
    logged: date | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """The rules of engagement of the mentor agreement, and whether the coach charter gives authority to use them.

    ``to`` and ``then`` are people; without ``to`` it is the pair's sponsor. ``after_days`` counts from the first note
    of a blocker. ``how`` is the agreement's own wording of the path.
    """

    authority: bool = False
    to: str | None = None
    after_days: int = 14
    how: str | None = None
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor coach and a mentee on one live project, with sponsor and KPI."""

    id: str
    mentor: str
    mentee: str
    sponsor: str | None = None
    kpi: str | None = None
    started: date | None = None
    ended: date | None = None
    stage: Stage | None = None
    cadence_days: int | None = None
    blueprint: str | None = None
    signed: tuple[tuple[str, date], ...] = ()
    chemistry_due: date | None = None
    chemistry_done: date | None = None
    pauses: tuple[Period, ...] = ()
    mentor_changes: tuple[MentorChange, ...] = ()
    escalation: Escalation | None = None


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session in the calendar, whether or not it left a note."""

    pair: str
    day: date
    status: SessionStatus
    cancelled_by: Role | None = None
    logged: date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentDates:
    """The dates of a commitment that a programme file brings, without its words or its owner.

    ``moves`` pairs the day of a move with the new due date. ``ended``: done or dropped, on ``closed`` where known.
    ``key`` is a digest of what the ledger knows a commitment by, so that an update finds the row it is about.
    """

    pair: str
    opened: date
    due: date | None = None
    moves: tuple[tuple[date, date | None], ...] = ()
    ended: bool = False
    closed: date | None = None
    logged: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything a programme file says, checked: every id that is referred to exists."""

    id: str
    name: str
    start: date
    weeks: int
    cadence_days: int
    blueprint: str
    people: tuple[Person, ...]
    pairs: tuple[Pair, ...]
    kpis: tuple[Kpi, ...] = ()
    sessions: tuple[SessionRecord, ...] = ()
    holidays: tuple[Period, ...] = ()
    pulses: tuple[Pulse, ...] = ()
    mask_words: tuple[str, ...] = ()
    keep_words: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    """Notes in other languages than these are not read: masking knows English."""
    work: tuple[CommitmentDates, ...] = ()
    caseload_cap: int | None = None
    """Active pairs that one mentor coach should have at most; ``None`` where the programme says nothing of it."""

    def pair(self, pair_id: str) -> Pair | None:
        """The pair of that id, if the programme has it."""
        return next((pair for pair in self.pairs if pair.id == pair_id), None)

    def person(self, person_id: str) -> Person | None:
        """The person of that id, if the programme knows them."""
        return next((person for person in self.people if person.id == person_id), None)

    def roster(self) -> Roster:
        """Everybody known, for the redactor; of an erased person the id alone."""
        known = [person for person in self.people if person.name != ERASED]
        people = tuple(RosterPerson(person.id, person.name, person.also) for person in known)
        erased = tuple(person.id for person in self.people if person.name == ERASED)
        return Roster(people, self.mask_words, self.keep_words, erased)

    def week_of(self, day: date) -> int:
        """Programme week of a day: the start date's own seven days are week 0; negative before the start."""
        return (day - self.start).days // 7


def with_pauses_of(programme: Programme, earlier: Programme | None) -> Programme:
    """The programme with the pauses that people took for themselves in an earlier state of it."""
    taken = {} if earlier is None else {each.id: own_pauses(each) for each in earlier.people}
    return replace(
        programme,
        people=tuple(
            replace(each, away=(*each.away, *(one for one in taken.get(each.id, ()) if one not in each.away)))
            for each in programme.people
        ),
    )


def without_pauses(programme: Programme) -> Programme:
    """The programme as its files say it, without the pauses that people took for themselves."""
    return replace(
        programme,
        people=tuple(
            replace(each, away=tuple(one for one in each.away if one.name != OWN_PAUSE)) for each in programme.people
        ),
    )


def own_pauses(person: Person) -> tuple[Period, ...]:
    """The pauses that a person took for themselves."""
    return tuple(each for each in person.away if each.name == OWN_PAUSE)
