"""Table rows: the header says which column is the owner, the action, the date and the ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.grammar import GROUP, PERSON, ROLE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, Line, Owner, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import opens_task
from copilot.mentions import MentionKind
from guards.text import RedactedText

_COLUMNS: Final = (
    ("status", re.compile(r"(?:status|state|done|progress|where it stands)\b", re.IGNORECASE)),
    ("due", re.compile(
        r"(?:due|until|till|by when|when|target|deadline|date|eta|ready by|before)\b(?! (?:of|raised|added|opened))",
        re.IGNORECASE)),
    ("owner", re.compile(
        r"(?:(?:action )?owner|who\b(?! needs)|assignee|assigned|resp(?:onsible|\.)?|accountable|lead|by\W*$|by whom"
        r"|on whom|whose|for whom)(?:\b|\W*$)",
        re.IGNORECASE)),
    ("action", re.compile(
        r"(?:(?:agreed |next |open )?(?:micro-?)?(?:commitment|action|task|to-?do|step|promise|deliverable"
        r"|homework|follow-?up)|next move|mitigation|measure|(?:what )?(?:i|we|they) (?:will |shall )?(?:commit"
        r"|do|promise))",
        re.IGNORECASE)),
    ("owner", re.compile(r"(?:person|name|people|initials|taken by|taker|mentee|participant)\b", re.IGNORECASE)),
    ("action", re.compile(
        r"(?:what\b|item|description|activity|work|thing|to be done|point|subject|topic|issue|detail)", re.IGNORECASE)),
)  # fmt: skip
"""Columns by what their heading says, the plainest first: "Action" is it though "Item" stands before."""
_NOTHING: Final = re.compile(r"(?:none|nothing|n/?a|nil|[-–—]+)\b", re.IGNORECASE)
_DONE: Final = re.compile(
    r"(?:(?:done|complete|completed|closed|finished|merged|shipped|delivered|sent|resolved|yes|x|handed over"
    r"|handed in)\b(?! *(?:by|until|before|when|if|except|but)\b)|[✅✔☑]).*",
    re.IGNORECASE,
)
_DROPPED: Final = re.compile(
    r"(?:dropped|cancell?ed|won['’]?t ?(?:do|fix)|no longer needed|obsolete|abandoned"
    r"|descoped)\b.*",
    re.IGNORECASE,
)


def columns(line: Line, below: Sequence[Line] = ()) -> Mapping[str, int]:
    """Which column holds what, if the line is a table header: by its words, the owner else by the names below it."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name, pattern in _COLUMNS:
        at = next((n for n, (words, _, _) in enumerate(line.cells) if n not in taken and pattern.match(words)), None)
        if at is not None and name not in found:
            found[name] = at
            taken.add(at)
    if "action" in found and "owner" not in found and len(found) > 1:
        named = _named_column(line, below)
        found |= {"owner": named} if named is not None and named not in taken else {}
    return found if {"owner", "action"} <= set(found) else {}


def _named_column(line: Line, below: Sequence[Line]) -> int | None:
    """The column in which most rows of the table hold a person and nothing else."""
    rows = [each.cells for each in below if len(each.cells) == len(line.cells)]
    counts = [sum(bool(_PERSON_CELL.match(row[n][0])) for row in rows) for n in range(len(line.cells))]
    best = max(range(len(counts)), key=counts.__getitem__, default=None)
    return best if best is not None and counts[best] and counts[best] * 2 >= len(rows) - 1 else None


def cell_fate(said: str) -> MentionKind | None:
    """What a cell says became of its row: done or dropped, where that is how it begins; else nothing."""
    plain = re.sub(r"[*_~`]", "", said).strip()
    return MentionKind.DONE if _DONE.match(plain) else MentionKind.DROPPED if _DROPPED.match(plain) else None


def _said_of_it(line: Line, header: Mapping[str, int]) -> str:
    """The status cell; without one the first cell that says how the row stands, but for its owner and action."""
    if "status" in header:
        return line.cells[header["status"]][0]
    others = [words for n, (words, _, _) in enumerate(line.cells) if n not in header.values()]
    return next((words for words in others if words.lower() not in {"x", "yes"} and cell_fate(words)), "")


_ANY_DAY: Final = date(2026, 1, 1)
_PERSON_CELL: Final = re.compile(rf"\s*{GROUP}\s*$")


def _plainly_a_task(words: str, line: Line) -> bool:
    """Two words may be a thing ("address feed") as well; then a ticket or a day has to stand beside them."""
    if len(words.split()) > 2:
        return True
    others = [each for each, _, _ in line.cells if each != words]
    return any(TICKET.search(each) or find_due(f"by {each}", _ANY_DAY) for each in others)


def _bare(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    """A row without a header: one cell is a person and another one opens a task."""
    named = [cell for cell in line.cells if _PERSON_CELL.match(cell[0])]
    tasks = [cell for cell in line.cells if opens_task(cell[0]) and len(cell[0].split()) > 1]
    if len(named) != 1 or len(tasks) != 1 or not _plainly_a_task(tasks[0][0], line):
        return ()
    whole = (line.cells[0][1], line.cells[-1][2])
    found = owned_readings(line.text[named[0][1] : named[0][2]], (tasks[0][1], tasks[0][2]), whole, people)
    others = [words for words, start, _ in line.cells if start not in {named[0][1], tasks[0][1]}]
    fate = cell_fate(next((words for words in others if words.lower() not in {"x", "yes"} and cell_fate(words)), ""))
    return found if fate is None else found + tuple(replace(each, kind=fate, question=None) for each in found)


def read(line: Line, header: Mapping[str, int], people: PeopleView, on: date) -> tuple[Reading, ...]:
    """Readings of one row under a header."""
    if not header:
        return _bare(line, people)
    if len(line.cells) <= max(header.values()) or set("".join(c[0] for c in line.cells)) <= set("-: "):
        return ()
    words, start, end = line.cells[header["action"]]
    if not words or _NOTHING.match(words):
        return ()
    who, who_start, who_end = line.cells[header["owner"]]
    whole = (line.cells[0][1], line.cells[-1][2])
    if re.search(rf"{PERSON}|{ROLE}", who):
        found = owned_readings(line.text[who_start:who_end], (start, end), whole, people)
    elif who and not re.match(
        r"(?:tb[cda]|n/?a|\?+|all|everyone|team|we|-+|–|—|unassigned|open|nobody)\W*$", who, re.IGNORECASE
    ):
        name = line.text[who_start:who_end].trimmed()
        found = (Reading(MentionKind.COMMITMENT, start, end, whole, Owner(people.person_of(name), name)),)
    else:
        found = (Reading(MentionKind.COMMITMENT, start, end, whole, question=WHO),)
    due = _due(line, header, on)
    found = tuple(replace(each, due=due) for each in found) if due else found
    fate = cell_fate(_said_of_it(line, header))
    if fate is not None:
        found += tuple(Reading(fate, start, end, whole, each.owner) for each in found)
    return found


def _due(line: Line, header: Mapping[str, int], on: date) -> tuple[date | None, RedactedText] | None:
    """The date of the column that holds dates; a cell needs no lead word."""
    if "due" not in header:
        return None
    _, start, end = line.cells[header["due"]]
    cell = line.text[start:end].trimmed()
    found = find_due(cell, on) or find_due(f"by {cell}", on)
    return (found.day, cell) if found is not None and found.day is not None else None
