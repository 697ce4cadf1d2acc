"""Table rows: the header says which column is the owner, the action, the date and the ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from copilot.extraction.grammar import GROUP, PERSON, ROLE
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, Line, Owner, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import opens_task
from copilot.mentions import MentionKind

_COLUMNS: Final = (
    ("status", re.compile(r"(?:status|state|done|progress|where it stands)\b", re.IGNORECASE)),
    ("owner", re.compile(
        r"(?:(?:action )?owner|who\b(?! needs)|assignee|assigned|responsible|accountable|lead|by\W*$|by whom"
        r"|on whom|whose|for whom)\b",
        re.IGNORECASE)),
    ("action", re.compile(
        r"(?:(?:agreed |next |open )?(?:micro-?)?(?:commitment|action|task|to-?do|step|promise|deliverable"
        r"|homework|follow-?up))",
        re.IGNORECASE)),
    ("owner", re.compile(r"(?:person|name|people|initials|taken by|taker)\b", re.IGNORECASE)),
    ("action", re.compile(
        r"(?:what\b|item|description|activity|work|thing|to be done|point|subject|topic|issue|detail)", re.IGNORECASE)),
)  # fmt: skip
"""Columns by what their heading says, the plainest first: "Action" is it though "Item" stands before."""
_DONE: Final = re.compile(
    r"(?:(?:done|complete|completed|closed|finished|merged|shipped|yes|x)\b"
    r"|[✅✔☑]).*",
    re.IGNORECASE,
)
_DROPPED: Final = re.compile(
    r"(?:dropped|cancell?ed|won['’]?t ?(?:do|fix)|no longer needed|obsolete|abandoned"
    r"|descoped)\b.*",
    re.IGNORECASE,
)


def columns(line: Line) -> Mapping[str, int]:
    """Which column holds what, if the line is a table header that names an owner and an action."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name, pattern in _COLUMNS:
        at = next((n for n, (words, _, _) in enumerate(line.cells) if n not in taken and pattern.match(words)), None)
        if at is not None and name not in found:
            found[name] = at
            taken.add(at)
    return found if {"owner", "action"} <= set(found) else {}


_PERSON_CELL: Final = re.compile(rf"\s*{GROUP}\s*$")


def _bare(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    """A row without a header: one cell is a person and another one opens a task."""
    named = [cell for cell in line.cells if _PERSON_CELL.match(cell[0])]
    tasks = [cell for cell in line.cells if opens_task(cell[0]) and len(cell[0].split()) > 1]
    if len(named) != 1 or len(tasks) != 1:
        return ()
    whole = (line.cells[0][1], line.cells[-1][2])
    return owned_readings(line.text[named[0][1] : named[0][2]], (tasks[0][1], tasks[0][2]), whole, people)


def read(line: Line, header: Mapping[str, int], people: PeopleView) -> tuple[Reading, ...]:
    """Readings of one row under a header."""
    if not header:
        return _bare(line, people)
    if len(line.cells) <= max(header.values()) or set("".join(c[0] for c in line.cells)) <= set("-: "):
        return ()
    words, start, end = line.cells[header["action"]]
    if not words:
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
    status = line.cells[header["status"]][0] if "status" in header else ""
    fate = MentionKind.DONE if _DONE.match(status) else MentionKind.DROPPED if _DROPPED.match(status) else None
    if fate is not None:
        found += tuple(Reading(fate, start, end, whole, each.owner) for each in found)
    return found
