"""Bullets under an action heading, under a person's heading, or with a check box; the rest is ``shorthand.py``."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks
from copilot.extraction.grammar import COLLECTIVE, GROUP, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, WHO_OF_US, Line, Reading
from copilot.extraction.rules import shorthand
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import opens_task
from copilot.mentions import MentionKind

_DIRECT: Final = re.compile(
    rf"(?P<who>{GROUP})\s+(?:(?:to|2|will|shall|needs? to|should|must|is going to|has to|please|pls)\s+)?(?=[a-z])"
)
_TAIL: Final = re.compile(
    rf"\s*(?:[(\[]\s*(?P<in>{GROUP})\s*(?:[,;][^)\]]*)?[)\]]|[-–—,@→]+>?\s*(?P<out>{GROUP})(?:[,;]?\s[^.]*)?)\s*\.?\s*$"
    rf"|\s*[(\[]\s*(?P<mid>{GROUP})\s*[)\]](?=\s*[,;–—-]?\s*(?:by|due|before|until|till|on|for|{TICKET.pattern}))"
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
        return () if _REMARK.match(line.words) or asks(line.words) else _listed(line, people)
    if line.section == "talk":
        return ()
    if line.under is not None and line.bullet and (opens_task(line.words) or _anchored(line.words, on)):
        whole = (line.body, len(line.text))
        return (Reading(MentionKind.COMMITMENT, *whole, whole, line.under),)
    return shorthand.read(line, people, on)


def _anchored(words: str, on: date) -> bool:
    return TICKET.search(words) is not None or find_due(words, on) is not None


def _listed(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    text, whole = line.text, (line.body, len(line.text))
    at = shorthand.after_ticket(text, line.body)
    for pattern in (*shorthand.SHAPES, _DIRECT):
        match = pattern.match(text, at)
        if match:
            return owned_readings(text[slice(*match.span("who"))], (match.end(), len(text)), whole, people)
    if line.under is not None:
        return (Reading(MentionKind.COMMITMENT, *whole, whole, line.under),)
    match = _COLLECTIVE.match(text, line.body)
    if match:
        return (Reading(MentionKind.COMMITMENT, match.end(), len(text), whole, question=WHO_OF_US),)
    tail = _TAIL.search(text, line.body)
    if tail:
        name = next(each for each in ("in", "out", "mid") if tail[each])
        return owned_readings(text[slice(*tail.span(name))], (line.body, tail.start()), whole, people)
    return (Reading(MentionKind.COMMITMENT, *whole, whole, question=WHO),)
