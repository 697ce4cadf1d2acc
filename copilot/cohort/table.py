"""The table of a cohort, one row a person: who agreed, to which group they say they belong, what became of them.

Rows without consent are dropped before anything is counted. Refuses what it cannot read by row and column, and never
repeats what stands in a cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from copilot.errors import BadInput

MOST_BYTES: Final = 20_000_000
_FIXED: Final = (
    "person", "consent", "group", "mentor", "team", "mentor_team", "sponsor", "sponsor_hours", "feedback_notes",
    "feedback_behaviour",
)  # fmt: skip
_NEEDED: Final = ("person", "consent", "group")
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who agreed. ``outcomes`` are yes or no by column; hours and counts are ``None`` for an empty cell."""

    person: str
    group: str
    mentor: str = ""
    team: str = ""
    mentor_team: str = ""
    sponsor: str = ""
    sponsor_hours: float | None = None
    feedback: tuple[int, int] | None = None
    """Notes of feedback, and those of them that name situation, behaviour and impact."""
    outcomes: Mapping[str, bool] = field(default_factory=dict[str, bool])


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody who agreed, and the outcome columns in their order."""

    members: tuple[Member, ...]
    outcomes: tuple[str, ...]


def read_cohort(data: bytes) -> Cohort:
    """Read a CSV table with a head line.

    ``person``, ``consent`` and ``group`` are needed; ``mentor``, ``team``, ``mentor_team``, ``sponsor``,
    ``sponsor_hours``, ``feedback_notes`` and ``feedback_behaviour`` are known; every other column is an outcome of yes,
    no or nothing.

    Raises:
        BadInput: the table is empty, too large, lacks a column, names somebody twice or holds a cell of another kind.
    """
    if len(data) > MOST_BYTES:
        raise BadInput(f"cohort table: over {MOST_BYTES // 1_000_000} MB; give one programme at a time")
    rows = _rows(data)
    head = [each.strip().lower() for each in rows[0]]
    _check_head(head)
    members: dict[str, Member] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = _cells(head, row, number)
        if cells["consent"].lower() not in _YES:
            continue
        member = _member(cells, number)
        if member.person in members:
            raise BadInput(f"cohort table, row {number}: a person who was in an earlier row; one row a person")
        members[member.person] = member
    return Cohort(tuple(members.values()), tuple(each for each in head if each not in _FIXED))


def _rows(data: bytes) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), strict=True))
    except UnicodeDecodeError:
        raise BadInput("cohort table: not UTF-8; save it as CSV in UTF-8") from None
    except csv.Error:
        raise BadInput("cohort table: not a CSV that can be read; look for a quote that is never closed") from None
    if not rows:
        raise BadInput("cohort table: empty; give a head line with person, consent and group")
    return rows


def _check_head(head: Sequence[str]) -> None:
    lacking = [each for each in _NEEDED if each not in head]
    if lacking:
        raise BadInput(f"cohort table: no column {', '.join(lacking)}; the head line names the columns")
    if "" in head or len(set(head)) != len(head):
        raise BadInput("cohort table: a column without a name, or two of one name; name each once")


def _cells(head: Sequence[str], row: Sequence[str], number: int) -> dict[str, str]:
    if len(row) > len(head):
        raise BadInput(f"cohort table, row {number}: {len(row)} cells for {len(head)} columns; look for a stray comma")
    return {name: row[at].strip() if at < len(row) else "" for at, name in enumerate(head)}


def _member(cells: Mapping[str, str], number: int) -> Member:
    if not cells["person"]:
        raise BadInput(f"cohort table, row {number}: no person; write an id, it is not shown")
    notes, behaviour = _count(cells, "feedback_notes", number), _count(cells, "feedback_behaviour", number)
    if notes is not None and behaviour is not None and behaviour > notes:
        raise BadInput(f"cohort table, row {number}: feedback_behaviour is more than feedback_notes")
    hours = cells.get("sponsor_hours", "")
    outcomes = {name: _yes(name, cell, number) for name, cell in cells.items() if name not in _FIXED and cell}
    return Member(
        cells["person"], cells["group"], cells.get("mentor", ""), cells.get("team", ""), cells.get("mentor_team", ""),
        cells.get("sponsor", ""), _hours(hours, number) if hours else None,
        (notes, behaviour) if notes is not None and behaviour is not None else None, outcomes,
    )  # fmt: skip


def _yes(name: str, cell: str, number: int) -> bool:
    if cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    raise BadInput(f"cohort table, row {number}, {name}: neither yes, no nor empty; outcomes are one of these")


def _count(cells: Mapping[str, str], name: str, number: int) -> int | None:
    cell = cells.get(name, "")
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) < 7):
        raise BadInput(f"cohort table, row {number}, {name}: not a whole number; count notes")
    return int(cell)


def _hours(cell: str, number: int) -> float:
    try:
        hours = float(cell)
    except ValueError:
        hours = -1.0
    if not 0 <= hours < 10_000:
        raise BadInput(f"cohort table, row {number}, sponsor_hours: not a number of hours; write for example 1.5")
    return hours
