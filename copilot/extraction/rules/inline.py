"""Fields written on one line: "Next steps: X picks … . Y sets up …", "Commitments: X … // Y …", "Mentor to do: …".

What stands behind the field's name is a list; each of its items is read as a bullet of an action list is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from copilot.extraction.clauses import asks
from copilot.extraction.grammar import GROUP, ONE
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Reading
from copilot.extraction.rules import lists
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import task_verbs, third_person
from guards.text import RedactedText

FIELD: Final = re.compile(
    rf"(?:\*\*|__)?(?:(?P<who>{ONE})(?:['’]s)?\s+)?(?:(?:new|agreed|next|our|the|open|(?P<my>my)|(?P<your>your))\s+)?"
    r"(?:(?:micro-?\s?)?commitments?|next steps?|actions?(?: items?| points?)?|agreements?|agreed|we agreed"
    r"|to[- ]?dos?|homework"
    rf"|tasks?|promises|follow[- ]?ups?)(?:\s+(?:for|of)\s+(?P<for>{GROUP}))?(?:\s+(?:until|before|for"
    rf"|by) [\w ]{{2,24}}?)?"
    r"(?:\*\*|__)?\s*:(?:\*\*|__)?\s*(?=\S)",
    re.IGNORECASE,
)
_CUT: Final = re.compile(
    r"\s*//+\s*|\s*;\s+|\s+[|/•·]\s+|(?<=[.!?])\s+(?=[A-Z<@])|\s+(?=\(?(?:\d|[a-h])\)\s)"
    rf"|,\s+(?:and\s+)?(?={GROUP}\s*(?:[:–—]|(?:to|will|should|must|shall)\s|(?P<verb>[a-z]+)\s))|\s+and\s+(?={GROUP}\s+(?:to|will)\s)"
)
_NO_TASK: Final = re.compile(r"\b(?:not a|no) (?:task|promise|commitment|action)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\(?(?:\d|[a-h])\)\s*")


def read(line: Line, people: PeopleView) -> tuple[Reading, ...] | None:
    """Readings of the items behind the field's name, or ``None`` when the line is no such field."""
    field = FIELD.match(line.text, line.body)
    if field is None or line.spoken:
        return None
    if _NO_TASK.search(line.words):
        return ()
    owner = next((line.text[slice(*field.span(name))] for name in ("who", "for") if field[name]), None)
    whose = line.speaker if field["my"] else line.addressee if field["your"] else None
    found: list[Reading] = []
    for start, end in items(line.text, field.end()):
        found += [each if each.owner else replace(each, owner=whose, question=None if whose else each.question)
                  for each in _item(line, start, end, owner, people)]  # fmt: skip
    return tuple(found)


def items(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Offsets of each item of a list that is written on one line."""
    for match in _CUT.finditer(text, at):
        if match["verb"] and match["verb"] not in third_person() | task_verbs():
            continue
        if text[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
    if text[at:].strip():
        yield at, len(text)


def _item(line: Line, start: int, end: int, owner: RedactedText | None, people: PeopleView) -> tuple[Reading, ...]:
    number = _NUMBER.match(line.text, start)
    start = number.end() if number else start
    piece = replace(line, text=line.text[:end], body=start, section="actions", bullet=True)
    if lists.is_remark(piece.words) or asks(piece.words):
        return ()
    if owner is not None:
        return owned_readings(owner, (start, end), (start, end), people)
    return lists.listed(piece, people)
