"""A commitment as the text of a ticket: the action, dates, owner and the KPI's id, and no line of a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.boxes.spoken import bare_action
from copilot.mentions import Commitment
from copilot.programme import Person
from guards.text import RedactedText

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SUMMARY: Final = 200
"""Jira takes 255 characters in a summary, GitHub 256 in a title."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A commitment as a tool outside takes it; ``email`` is the owner's, where the programme file has one."""

    id: str
    summary: str
    body: str
    owner: str
    email: str
    due: date | None
    ticket: str | None
    agreed: date


def ticket_of(
    each: Commitment, people: Mapping[str, Person], shown: Callable[[str], str], *, kpi: str | None
) -> Ticket:
    """The ticket of a commitment; ``shown`` puts names back, or makes them plain words."""
    who = people.get(each.owner or "")
    owner = who.name if who else shown(each.owner_text) if each.owner_text else ""
    summary = _one_line(shown(_capital(bare_action(each))))
    agreed = f"Agreed on {each.first_agreed.isoformat()}."
    due = f" Due {each.due.isoformat()}." if each.due else " No due date agreed yet."
    whose = f" Owner: {owner}." if owner else " Nobody owns it yet."
    measure = f" Counts towards KPI {kpi}." if kpi else ""
    return Ticket(
        each.id, summary, f"{summary}. {agreed}{due}{whose}{measure} Commitment {each.id[:8]}.", owner,
        _email(who.also if who else ()), each.due, each.ticket, each.first_agreed,
    )  # fmt: skip


def _one_line(text: str) -> str:
    plain = " ".join(text.split()).rstrip(".")
    return plain if len(plain) <= _SUMMARY else plain[: _SUMMARY - 2].rsplit(" ", 1)[0] + " …"


def _capital(text: RedactedText) -> str:
    return text[:1].upper() + str(text[1:])


def _email(also: Iterable[str]) -> str:
    return next((each for each in also if _EMAIL.fullmatch(each)), "")
