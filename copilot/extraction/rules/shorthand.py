"""Shorthand lines: "X - label 200 by fri", "[X] fix loader", "X -> licence check", "CLM-12 X schema v2", "@X pls …".

A name and a colon may also open a remark ("X: tired, travels a lot"), so that the words must open a task or carry a
date or ticket; an arrow, brackets or a leading ticket say by themselves that something is assigned.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks
from copilot.extraction.grammar import GROUP, ONE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import opens_task, task_verbs
from copilot.mentions import MentionKind

_WITH: Final = rf"(?:\s+(?:w/|with|\+|&)\s*{ONE})?"
_DASHED: Final = re.compile(rf"(?P<who>{GROUP}){_WITH}\s*(?:\s[-–—]\s?|:|—|–|\.\.\.|…)\s*(?:to\s+)?(?=\S)")
_GIVEN: Final = re.compile(
    rf"(?:(?P<who>{GROUP}){_WITH}\s*(?:→|[-=]+>|>>?|»|\s2\s(?=[a-z]))|[(\[]\s*(?P<in>{GROUP})\s*[)\]]\s*[:–—-]?)\s*(?:to\s+)?(?=\S)"
)
_CALLED: Final = re.compile(
    rf"(?P<who>{GROUP}){_WITH}[,:]?\s+(?P<please>(?:pls|plz|please|kindly|can you|could you|can u|to|2)\s+)?(?=(?P<verb>[a-z][\w-]*)\s)"
)
_AFTER: Final = re.compile(r"\s*(?:[:–—|-]\s*)?")
_NOBODY: Final = re.compile(
    r"\s*(?:[:–—-]\s*)?(?:[(\[]\s*(?:unassigned|nobody|open|tb[acd]|no owner|\?+|-+)\s*[)\]]|\?+)\s*[:–—-]?\s*(?=\S)",
    re.IGNORECASE,
)
_REMARK: Final = re.compile(
    rf"(?:{ONE}|I\b|I['’]|we\b|(?:was|were|is|are|has|had|felt|feels|likes?|thinks?|said|says|asked|wants?|seems?|happy"
    r"|tired|glad|good|bad|no|not|still|away|off|ill|sick|busy|done)\b)",
    re.IGNORECASE,
)
SHAPES: Final = (_GIVEN, _DASHED)


def after_ticket(text: str, at: int) -> int:
    """Where a line goes on after a leading ticket ("CLM-12: …")."""
    match = TICKET.match(text, at)
    if match is None:
        return at
    after = _AFTER.match(text, match.end())
    return after.end() if after else match.end()


def read(line: Line, people: PeopleView, on: date) -> tuple[Reading, ...] | None:
    """Readings of a shorthand line, or ``None`` when it is none."""
    if line.spoken or asks(line.words):
        return None
    at = after_ticket(line.text, line.body)
    whole = (line.body, len(line.text))
    for shape in SHAPES:
        match = shape.match(line.text, at)
        if match:
            return _assigned(line, match, people, on, sure=shape is _GIVEN or at > line.body)
    match = _CALLED.match(line.text, at)
    if match and match["verb"] in task_verbs() and opens_task(line.text[match.end() :]) and _terse(line.words):
        return owned_readings(
            line.text[slice(*match.span("who"))], (match.end(), len(line.text)), whole, people
        )
    if at == line.body:
        return None
    named = re.compile(rf"(?P<who>{GROUP})\s+(?=\w)").match(line.text, at)
    if named and not _REMARK.match(line.text, named.end()) and _terse(line.words):
        return owned_readings(line.text[slice(*named.span("who"))], (named.end(), len(line.text)), whole, people)
    nobody = _NOBODY.match(line.text, at)
    if nobody or (opens_task(line.text[at:]) and _terse(line.words)):
        start = nobody.end() if nobody else at
        return (Reading(MentionKind.COMMITMENT, start, len(line.text), whole, question=WHO),)
    return None


def _assigned(
    line: Line, match: re.Match[str], people: PeopleView, on: date, *, sure: bool
) -> tuple[Reading, ...] | None:
    rest = line.text[match.end() :]
    if _REMARK.match(rest) or "done" in rest.lower().split():
        return None
    given = match.groupdict().get("in")
    if given and not (opens_task(rest) or find_due(rest, on) or TICKET.search(line.words)):
        return None
    if not (sure or opens_task(rest) or TICKET.search(rest) or find_due(rest, on)):
        return None
    who = line.text[slice(*match.span("in" if given else "who"))]
    return owned_readings(who, (match.end(), len(line.text)), (line.body, len(line.text)), people)


def _terse(words: str) -> bool:
    """A note to oneself rather than a sentence: short, without a full stop inside."""
    return len(words.split()) <= 14 and re.search(r"[.!]\s+\S", words) is None
