"""Follow-through, for the mentee alone: which wording and size of their own commitments they kept.

About commitments, never about the person: no total, no score, no comparison with anybody. A share is shown only where
it rests on at least four closed commitments (mission.md, N9), and only to the mentee whose commitments they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.mentions import Commitment, CommitmentStatus

LEAST: Final = 4
_SMALL_DAYS: Final = 7
"""A micro-commitment fits a week: mission.md, S7."""
_FEW_WORDS: Final = 8
_CLOSED: Final = frozenset({CommitmentStatus.DONE, CommitmentStatus.DROPPED})


@dataclass(frozen=True, slots=True)
class Kept:
    """Of ``n`` commitments of a kind, how many were done by the day they were first due, or done where none was."""

    kind: str
    kept: int
    n: int


_KINDS: Final[tuple[tuple[str, Callable[[Commitment], bool]], ...]] = (
    ("with a date", lambda each: _first_due(each) is not None),
    ("without a date", lambda each: _first_due(each) is None),
    ("due within a week", lambda each: _days(each) is not None and (_days(each) or 0) <= _SMALL_DAYS),
    ("due later than a week", lambda each: (_days(each) or 0) > _SMALL_DAYS),
    ("with a ticket", lambda each: each.ticket is not None),
    ("without a ticket", lambda each: each.ticket is None),
    (f"in {_FEW_WORDS} words or fewer", lambda each: len(each.action.split()) <= _FEW_WORDS),
    (f"in more than {_FEW_WORDS} words", lambda each: len(each.action.split()) > _FEW_WORDS),
)


def follow_through(commitments: Iterable[Commitment], *, me: str, on: date) -> tuple[Kept, ...]:
    """Each kind with at least four commitments whose time has come: done, dropped, or past their first due date."""
    mine = [each for each in commitments if each.owner == me and _settled(each, on)]
    found = (Kept(name, sum(_kept(each) for each in some), len(some)) for name, some in _split(mine))
    return tuple(each for each in found if each.n >= LEAST)


def lines(found: Iterable[Kept]) -> Iterator[str]:
    """As sentences; nothing where nothing rests on enough."""
    for each in found:
        yield f"{each.kind}: {each.kept} of {each.n} done as first agreed"


def _split(mine: list[Commitment]) -> Iterator[tuple[str, list[Commitment]]]:
    for name, fits in _KINDS:
        yield name, [each for each in mine if fits(each)]


def _settled(each: Commitment, on: date) -> bool:
    due = _first_due(each)
    late = each.status is CommitmentStatus.OPEN and due is not None and due < on
    return each.status in _CLOSED or late


def _kept(each: Commitment) -> bool:
    due = _first_due(each)
    return each.status is CommitmentStatus.DONE and (due is None or each.closed is None or each.closed <= due)


def _first_due(each: Commitment) -> date | None:
    return each.moves[0] if each.moves else each.due


def _days(each: Commitment) -> int | None:
    due = _first_due(each)
    return (due - each.first_agreed).days if due is not None else None
