"""What a tool's tickets say beside the ledger: what would change, what agrees, and what contradicts somebody.

Pure. A ticket is evidence, not a word: only what nobody has said otherwise becomes a change, for the person who imports
to say. Refuses to choose between two rows, two commitments of one ticket, two owners, two due dates, or a ticket and a
person: these are shown and change nothing. Messages hold ids, days and row numbers, never a cell or a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final

from copilot.deciding import Word
from copilot.ledger import at_once
from copilot.mentions import Commitment, CommitmentStatus, Decision, DecisionKind
from copilot.programme import Person
from copilot.ticket_rows import TicketRow, TicketState, TicketTable, ticket_id
from guards.text import house

REASON: Final = house("The ticket was closed as not to be done.")
_STANDS: Final = frozenset({DecisionKind.CONFIRM, DecisionKind.MOVE})
"""Words that say of an open commitment that it stands."""
_KINDS: Final = {
    TicketState.DONE: DecisionKind.DONE,
    TicketState.DROPPED: DecisionKind.DROP,
    TicketState.MOVED: DecisionKind.MOVE,
}
_SAME_AS: Final[Mapping[CommitmentStatus, frozenset[TicketState]]] = {
    CommitmentStatus.DONE: frozenset({TicketState.DONE, TicketState.CLOSED}),
    CommitmentStatus.DROPPED: frozenset({TicketState.DROPPED, TicketState.CLOSED}),
}
_SHOWN: Final = 3


class Outcome(StrEnum):
    """What comes of a ticket."""

    CHANGE = "change"
    CONFLICT = "conflict"
    AGREES = "agrees"


@dataclass(frozen=True, slots=True)
class Judged:
    """A commitment beside the rows that name it. ``word`` goes with a change, ``why`` with a conflict."""

    commitment: Commitment
    rows: tuple[int, ...]
    outcome: Outcome
    why: str = ""
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Each commitment that the file names, oldest first; ``foreign`` counts rows that name none of them."""

    judged: tuple[Judged, ...]
    foreign: int
    nameless: tuple[int, ...]

    def of(self, outcome: Outcome) -> tuple[Judged, ...]:
        """Those of one outcome."""
        return tuple(each for each in self.judged if each.outcome is outcome)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a commitment is compared with."""

    said: Sequence[Decision]
    people: Mapping[str, str]
    today: date


def compare(
    table: TicketTable,
    commitments: Sequence[Commitment],
    *,
    said: Sequence[Decision],
    people: Iterable[Person],
    today: date,
) -> Compared:
    """Compare the rows with the commitments of a pair as they stand today. Denied ones are nobody's to see."""
    known = [each for each in commitments if each.status is not CommitmentStatus.DENIED]
    by_ticket: dict[str, list[Commitment]] = {}
    for each in known:
        if each.ticket:
            by_ticket.setdefault(ticket_id(each.ticket) or each.ticket, []).append(each)
    by_mark = _by_mark(known)
    named: dict[str, list[TicketRow]] = {}
    clashes: dict[str, str] = {}
    foreign = 0
    for row in table.rows:
        fits = by_mark.get(row.commitment[:8], []) or by_ticket.get(row.ticket, [])
        foreign += not fits
        for each in fits:
            named.setdefault(each.id, []).append(row)
            if clash := _clash(row, each, fits):
                clashes.setdefault(each.id, clash)
    beside = _Beside(said, _people(people), today)
    judged = [_judged(each, named[each.id], clashes.get(each.id, ""), beside) for each in known if each.id in named]
    return Compared(tuple(judged), foreign, table.nameless)


def rows_text(numbers: Sequence[int]) -> str:
    """``row 5``, or ``rows 5, 9, 12 and 40 more``."""
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"row{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers[:_SHOWN]))}{more}"


def _by_mark(known: Iterable[Commitment]) -> Mapping[str, list[Commitment]]:
    found: dict[str, list[Commitment]] = {}
    for each in known:
        for mark in {one[:8] for one in (each.id, *each.aliases)}:
            found.setdefault(mark, []).append(each)
    return found


def _people(people: Iterable[Person]) -> Mapping[str, str]:
    """Whose each form is; a form of two people is nobody's."""
    found: dict[str, str] = {}
    for each in people:
        for form in {one.casefold() for one in (each.id, each.name, *each.also)}:
            found[form] = each.id if found.get(form, each.id) == each.id else ""
    return found


def _clash(row: TicketRow, each: Commitment, fits: Sequence[Commitment]) -> str:
    if len(fits) > 1:
        others = ", ".join(one.id[:8] for one in fits if one.id != each.id)
        return f"the ticket is also that of {others}: say it yourself, with coach commit"
    own = ticket_id(each.ticket or "") or each.ticket
    if own and row.ticket and own != row.ticket:
        return f"row {row.number} names ticket {row.ticket}, the notes {own}"
    return ""


def _judged(each: Commitment, rows: Sequence[TicketRow], clash: str, beside: _Beside) -> Judged:
    numbers = tuple(row.number for row in rows)
    if clash:
        return Judged(each, numbers, Outcome.CONFLICT, clash)
    if len({row.says for row in rows}) > 1:
        return Judged(each, numbers, Outcome.CONFLICT, f"{rows_text(numbers)} say different things of it")
    row = rows[0]
    if row.state in _SAME_AS.get(each.status, ()):
        return Judged(each, numbers, Outcome.AGREES)
    if why := next(_conflicts(each, row, beside), ""):
        return Judged(each, numbers, Outcome.CONFLICT, why)
    word = _word(each, row, beside.today)
    return Judged(each, numbers, Outcome.CHANGE if word else Outcome.AGREES, word=word)


def _conflicts(each: Commitment, row: TicketRow, beside: _Beside) -> Iterator[str]:
    """Reasons why nothing may change, the plainest first."""
    yield from _unclear(row)
    yield from _states(each, row)
    yield from _owners(each, row, beside.people)
    yield from _dues(each, row)
    if row.state in _KINDS:
        yield from _days(each, row, beside.today)
        yield from _words(each, row, beside.said)


def _unclear(row: TicketRow) -> Iterator[str]:
    if row.state is TicketState.UNKNOWN:
        yield "its status and resolution are no words of copilot/ticket_words.yaml, or contradict each other"
    if row.state is TicketState.CLOSED:
        yield "it is closed, and no resolution says whether it was done or dropped"
    if row.unread:
        yield f"its {' and '.join(row.unread)} day does not read, or reads in two ways: write YYYY-MM-DD"


def _states(each: Commitment, row: TicketRow) -> Iterator[str]:
    if each.status in {CommitmentStatus.DONE, CommitmentStatus.DROPPED}:
        yield f"it is {each.status.value} here, and the ticket says {row.state.value}"
    if each.status is CommitmentStatus.CANDIDATE and row.state is not TicketState.OPEN:
        yield f"it was never confirmed here, and the ticket says {row.state.value}: confirm or deny it first"
    if row.state is not TicketState.OPEN and (each.unsettled or at_once(each)):
        yield "it has an open question already: settle that first, see coach commitments"


def _owners(each: Commitment, row: TicketRow, people: Mapping[str, str]) -> Iterator[str]:
    if not row.assignee:
        return
    theirs = people.get(row.assignee.casefold())
    if not theirs:
        yield "its assignee is nobody the programme knows by that form: add it under also in programme.yaml"
    elif each.owner is None:
        yield f"nobody surely owns it here, and the ticket is {theirs}'s: coach commit move --owner"
    elif theirs != each.owner:
        yield f"it is {each.owner}'s here, and {theirs}'s in the ticket"


def _dues(each: Commitment, row: TicketRow) -> Iterator[str]:
    if row.state is TicketState.MOVED and row.due is None:
        yield "the ticket says moved, and not until when"
    if row.due is None or row.due == each.due:
        return
    if each.due is None and each.due_text is not None:
        yield f"it is due in words here, and on {row.due.isoformat()} in the ticket"
    elif each.due is not None and not (row.state is TicketState.MOVED and row.due > each.due):
        yield f"it is due on {each.due.isoformat()} here, and on {row.due.isoformat()} in the ticket"


def _days(each: Commitment, row: TicketRow, today: date) -> Iterator[str]:
    if row.resolved is None:
        return
    if row.resolved > today:
        yield f"the ticket was resolved on {row.resolved.isoformat()}, which is still to come"
    if row.resolved < each.first_agreed:
        yield f"the ticket was resolved on {row.resolved.isoformat()}, before this was agreed"


def _words(each: Commitment, row: TicketRow, said: Sequence[Decision]) -> Iterator[str]:
    """Somebody's last word that it stands; a ticket resolved on a later day does not contradict it."""
    ids = {each.id, *each.aliases}
    mine = (one for one in reversed(said) if one.commitment in ids and one.kind in _STANDS)
    for last in islice(mine, 1):
        if row.resolved is None or row.resolved <= last.day:
            later = "gives no later day" if row.resolved is None else f"was resolved on {row.resolved.isoformat()}"
            when = last.day.isoformat()
            yield f"{last.by} said on {when} that it stands; the ticket says {row.state.value} and {later}"


def _word(each: Commitment, row: TicketRow, today: date) -> Word | None:
    """What would be said; an open ticket says at most when something without a day is due."""
    if each.status is not CommitmentStatus.OPEN:
        return None
    if row.state is TicketState.OPEN or (row.state is TicketState.MOVED and row.due == each.due):
        return Word(DecisionKind.MOVE, today, due=row.due) if row.due and each.due is None else None
    kind = _KINDS[row.state]
    if kind is DecisionKind.MOVE:
        return Word(kind, today, due=row.due)
    return Word(kind, row.resolved or today, REASON if kind is DecisionKind.DROP else None)
