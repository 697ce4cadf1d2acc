"""Bullets: under an action heading, under a person's heading, with a check box, or in shorthand ("ben - label 200")."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.grammar import COLLECTIVE, GROUP, ONE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, WHO_OF_US, Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import opens_task
from copilot.mentions import MentionKind

_SHORT: Final = re.compile(rf"(?P<who>{GROUP})\s*(?:\s[-–—]\s?|:|→|[-=]>|—|–)\s*(?:to\s+)?(?=\S)")
_DIRECT: Final = re.compile(rf"(?P<who>{GROUP})\s+(?:to\s+|will\s+)?(?=[a-z])")
_TAIL: Final = re.compile(
    rf"\s*(?:[(\[]\s*(?P<in>{GROUP})\s*(?:[,;][^)\]]*)?[)\]]|[-–—,@→]+>?\s*(?P<out>{GROUP})(?:[,;]?\s[^.]*)?)\s*\.?\s*$"
)
_COLLECTIVE: Final = re.compile(rf"{COLLECTIVE}\s*(?::|to\b|will\b|[-–—]|\s)\s*(?=\S)")
_REMARK: Final = re.compile(
    r"(?:none|n/?a|nothing|text|tbd|no actions?)\b[.\s]*$|\W*(?:[A-Z]+-\d+\s+)?(?:see|as"
    r"|same as) (?:above|below|before|last time)\W*$",
    re.IGNORECASE,
)


def read(line: Line, people: PeopleView, on: date) -> tuple[Reading, ...] | None:
    """Readings of a bullet, or ``None`` when it is not a task by its place or shape."""
    listed = (line.section == "actions" and line.bullet) or line.ticked is not None
    if listed:
        return () if _REMARK.match(line.words) else _listed(line, people)
    if line.under is not None and line.bullet and opens_task(line.words):
        whole = (line.body, len(line.text))
        return (Reading(MentionKind.COMMITMENT, *whole, whole, line.under),)
    return _shorthand(line, people, on)


def _listed(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    text, whole = line.text, (line.body, len(line.text))
    for pattern in (_SHORT, _DIRECT):
        match = pattern.match(text, line.body)
        if match:
            return owned_readings(text[slice(*match.span("who"))], (match.end(), len(text)), whole, people)
    if line.under is not None:
        return (Reading(MentionKind.COMMITMENT, *whole, whole, line.under),)
    match = _COLLECTIVE.match(text, line.body)
    if match:
        return (Reading(MentionKind.COMMITMENT, match.end(), len(text), whole, question=WHO_OF_US),)
    tail = _TAIL.search(text, line.body)
    if tail:
        name = "in" if tail["in"] else "out"
        return owned_readings(text[slice(*tail.span(name))], (line.body, tail.start()), whole, people)
    return (Reading(MentionKind.COMMITMENT, *whole, whole, question=WHO),)


def _shorthand(line: Line, people: PeopleView, on: date) -> tuple[Reading, ...] | None:
    """``X - do Y``: the words must open a task, or carry a date or a ticket."""
    if line.speaker is not None:
        return None
    match = _SHORT.match(line.text, line.body)
    if match is None:
        return None
    rest = line.text[match.end() :]
    if re.match(rf"(?:{ONE}|I\b|I['’]|we\b)|.*\?\s*$", rest, re.IGNORECASE) or "done" in rest.lower().split():
        return None
    if not (opens_task(rest) or TICKET.search(rest) or find_due(rest, on)):
        return None
    who = line.text[slice(*match.span("who"))]
    return owned_readings(who, (match.end(), len(line.text)), (line.body, len(line.text)), people)
