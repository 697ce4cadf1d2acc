"""Commitments as tickets and calendar entries for other tools: what a viewer may see, and no line of a note.

Reads the commitment lane alone, so a sponsor gets what was shared, names as plain words. A ticket's text holds the
action, dates and the KPI's id; where and how it was said stays with the pair. Writes nothing and sends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.bootstrap import Copilot
from copilot.boxes.spoken import bare_action
from copilot.commitment_pages import masked
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus
from copilot.programme import Person
from guards.access import Principal, ReadCommitments, Role, authorize
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


def tickets(
    copilot: Copilot, pair: str, *, principal: Principal, as_of: date, every: bool = False
) -> tuple[Ticket, ...]:
    """Open commitments that have no ticket yet, with ``every`` those that have one too; by due date, undated last.

    Raises:
        NotFound: the programme has no such pair.
        NotPermitted: the principal may not read the pair's commitments.
    """
    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    folded = fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=as_of)
    open_ones = [each for each in folded if each.status is CommitmentStatus.OPEN and (every or each.ticket is None)]
    programme = copilot.programme()
    known = programme.pair(pair)
    shown: Callable[[str], str] = masked
    if principal.roles.get(pair) is not Role.SPONSOR:
        shown = copilot.reveal(pair, principal)
    people = {each.id: each for each in programme.people}
    made = (_ticket(each, people, shown, kpi=known.kpi if known else None) for each in open_ones)
    return tuple(sorted(made, key=lambda each: (each.due or date.max, each.agreed, each.id)))


def _ticket(each: Commitment, people: dict[str, Person], shown: Callable[[str], str], *, kpi: str | None) -> Ticket:
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
