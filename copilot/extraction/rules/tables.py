"""Table rows: the header says which column is the owner, the action, the date and the ticket."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from copilot.extraction.grammar import PERSON, ROLE
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, Line, Owner, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.mentions import MentionKind

_COLUMNS: Final = {
    "owner": re.compile(r"(?:owner|who|assignee|assigned|responsible|name|by whom)\b", re.IGNORECASE),
    "action": re.compile(r"(?:micro-?commitment|commitment|action|task|what|item|to-?do|next step)", re.IGNORECASE),
    "status": re.compile(r"(?:status|state|done)\b", re.IGNORECASE),
}
_DONE: Final = re.compile(r"(?:done|complete|completed|closed|finished|yes|x|✅|✔)", re.IGNORECASE)


def columns(line: Line) -> Mapping[str, int]:
    """Which column holds what, if the line is a table header that names an owner and an action."""
    found: dict[str, int] = {}
    for position, (words, _, _) in enumerate(line.cells):
        for name, pattern in _COLUMNS.items():
            if name not in found and pattern.match(words):
                found[name] = position
                break
    return found if {"owner", "action"} <= set(found) else {}


def read(line: Line, header: Mapping[str, int], people: PeopleView) -> tuple[Reading, ...]:
    """Readings of one row under a header."""
    if not header or len(line.cells) <= max(header.values()) or set("".join(c[0] for c in line.cells)) <= set("-: "):
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
    if _DONE.fullmatch(status):
        found += tuple(Reading(MentionKind.DONE, start, end, whole, each.owner) for each in found)
    return found
