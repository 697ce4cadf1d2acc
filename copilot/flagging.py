"""Gathers, from a home, what flags are judged by: the programme's rows, and the dates of notes where they are open.

Takes dates out of notes and nothing else. Where notes are closed for now, the programme's rows alone are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from copilot.bootstrap import Copilot
from copilot.calendar import days_met
from copilot.flags.history import History, histories
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus, ReadBy
from copilot.programme import CommitmentDates
from guards.access import ReadCommitments, authorize
from guards.errors import NotPermitted


def known_histories(copilot: Copilot, *, as_of: date, remark: Callable[[str], None]) -> tuple[History, ...]:
    """The histories that can be judged on a day. A pair without a session row whose notes are closed is unknown."""
    programme = copilot.programme()
    met: dict[str, tuple[date, ...]] = {}
    work: dict[str, tuple[CommitmentDates, ...]] = {}
    unread = set[str]()
    for pair in programme.pairs:
        try:
            reader = copilot.record.ledger_reader(authorize(copilot.principal(pair.id), ReadCommitments, pair.id))
        except NotPermitted:
            unread.add(pair.id)
            continue
        mentions = [each for each in reader.mentions() if each.session_date <= as_of]
        told = [each for each in mentions if each.read_by is not ReadBy.IMPORT]
        met[pair.id] = days_met((), told)
        work[pair.id] = tuple(_dates(fold(told, reader.decisions(), reader.sessions(), as_of=as_of)))
    made = histories(programme, met=met, work=work)
    blind = {each.pair for each in made if each.pair in unread and not each.sessions}
    if blind:
        remark(f"not judged, as notes are closed and the calendar is empty: {', '.join(sorted(blind))}")
    return tuple(each for each in made if each.pair not in blind)


def _dates(commitments: Iterable[Commitment]) -> Iterable[CommitmentDates]:
    for each in commitments:
        if each.status in {CommitmentStatus.CANDIDATE, CommitmentStatus.DENIED}:
            continue
        made = CommitmentDates(each.pair, each.first_agreed, each.due, closed=each.closed)
        moves = tuple((each.first_agreed, to) for to in (*each.moves[1:], each.due) if each.moves)
        yield replace(made, moves=moves, ended=each.status is not CommitmentStatus.OPEN)
