"""Shorthand lines: "X - label 200 by fri", "[X] fix loader", "X -> licence check", "CLM-12 X schema v2", "@X pls …".

A name and a colon may also open a remark ("X: tired, travels a lot"), so that the words must open a task or carry a
date or ticket; an arrow, brackets or a leading ticket say by themselves that something is assigned.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks
from copilot.extraction.grammar import GROUP, ONE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONFIRM, WHO, WHO_IS_I, WHO_OF_US, Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import opens_task, task_verbs
from copilot.mentions import MentionKind

_WITH: Final = rf"(?:\s+(?:w/|with|\+|&)\s*{ONE})?"
_DASHED: Final = re.compile(rf"(?P<who>{GROUP}){_WITH}\s*(?:\s[-–—]\s?|:|—|–|\.\.\.|…)\s*(?:to\s+)?(?=\S)")
_GIVEN: Final = re.compile(
    rf"(?:(?P<who>{GROUP}){_WITH}\s*(?:→|[-=]+>|>>?|»|\s2\s(?=[a-z]))|[(\[]\s*(?P<in>{GROUP})\s*[)\]]\s*[:–—-]?)\s*(?:to\s+)?(?=\S)"
)
_CALLED: Final = re.compile(
    rf"(?P<who>{GROUP}){_WITH}[,:]?\s+(?P<please>(?:pls|plz|please|kindly|can you|could you|can u|to"
    rf"|2)\s+)?(?=(?P<verb>[a-z][\w-]*)\s)"
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
_LAST: Final = r"(?:\s*[,;]?\s*(?:by |due |on |until |before )?[^()\[\],;.]{0,24})"
_TAIL: Final = re.compile(
    rf"\s*(?:[(\[]\s*(?P<in>{GROUP}){_LAST}[)\]]|(?P<arrow>→|->|=>)\s*(?P<to>{GROUP}){_LAST}(?:\([^)]*\))?"
    rf"|(?:\s[-–—]|:|,)\s*(?P<out>{GROUP}){_LAST}(?:\([^)]*\))?)\s*\.?\s*$"
)
_ANYBODY: Final = re.compile(
    r"(?:(?P<some>someone|somebody|anyone|nobody yet|who\?|tbd|\?\?+)|(?P<me>me|myself))\s*(?::|[-–—]|→|->"
    r"|to\b)\s*(?=\S)",
    re.IGNORECASE,
)
_NAMED_THING: Final = re.compile(
    rf"(?:next|then|todo|to do|also)?\s*:?\s*(?P<who>{GROUP}){_WITH}\s+(?:(?P<on>on|for|re|does|has"
    rf"|takes)\s+)?(?=[\w'’]+[ ,])(?!and\b|or\b|to\b)"
)
_PLAIN: Final = re.compile(
    r"\b(?:is|was|were|are|has been|had|will|would|wants?|thinks?|feels?|\w+ed|off|away"
    r"|holiday|leave|ill)\b"
)
_LONGEST: Final = 600
"""Characters: what is longer is no shorthand."""
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
    if line.spoken or len(line.text) > _LONGEST or asks(line.words):
        return None
    at = after_ticket(line.text, line.body)
    whole = (line.body, len(line.text))
    for shape in SHAPES:
        match = shape.match(line.text, at)
        if match:
            return _assigned(line, match, people, on, sure=shape is _GIVEN or at > line.body)
    match = _CALLED.match(line.text, at)
    prose = line.words.rstrip().endswith(".") and not (line.bullet or (match and match["please"]))
    if (
        match
        and not prose
        and match["verb"] in task_verbs()
        and opens_task(line.text[match.end() :])
        and _terse(line.words)
    ):
        return owned_readings(line.text[slice(*match.span("who"))], (match.end(), len(line.text)), whole, people)
    if at == line.body:
        return _bullet(line, people, on) if line.bullet else None
    named = re.compile(rf"(?P<who>{GROUP})\s+(?=\w)").match(line.text, at)
    if named and not _REMARK.match(line.text, named.end()) and _terse(line.words):
        return owned_readings(line.text[slice(*named.span("who"))], (named.end(), len(line.text)), whole, people)
    return _ticketed(line, at, whole)


def _ticketed(line: Line, at: int, whole: tuple[int, int]) -> tuple[Reading, ...] | None:
    nobody = _NOBODY.match(line.text, at)
    if nobody or (opens_task(line.text[at:]) and _terse(line.words)):
        start = nobody.end() if nobody else at
        return (Reading(MentionKind.COMMITMENT, start, len(line.text), whole, question=WHO),)
    return None


def _owner_last(line: Line, people: PeopleView, on: date, *, dated: bool) -> tuple[Reading, ...] | None:
    words = line.words
    tail = _TAIL.search(words)
    if tail is None or _REMARK.match(words) or re.search(ONE, words[: tail.start()]):
        return None
    name = next(each for each in ("in", "to", "out") if tail[each])
    rest = words[tail.end(name) :].strip(" .,;)]")
    when = not rest or find_due(f"by {rest}", on) is not None or TICKET.search(rest) is not None
    long = len(words[: tail.start()].split()) > 1
    told = dated or (tail["in"] is not None and opens_task(words[: tail.start()]))
    if not when or not (tail["arrow"] or (long and told)):
        return None
    what = (line.body, line.body + tail.start())
    return owned_readings(words[slice(*tail.span(name))], what, (line.body, len(line.text)), people)


def _bullet(line: Line, people: PeopleView, on: date) -> tuple[Reading, ...] | None:
    """Owner at the end ("loader fix - X, Fri"), nobody's ("someone: book room"), or a name and a thing with a day."""
    whole, words = (line.body, len(line.text)), line.words
    if line.section in {"blocked", "undecided", "done"} or re.search(r"\bsince\b", words):
        return None
    dated = find_due(words, on) is not None
    tail = _owner_last(line, people, on, dated=dated)
    if tail is not None:
        return tail
    open_to = _ANYBODY.match(words)
    if open_to:
        who = line.speaker if open_to["me"] else None
        question = None if who else WHO_IS_I if open_to["me"] else WHO_OF_US
        return (Reading(MentionKind.COMMITMENT, line.body + open_to.end(), len(line.text), whole, who, question),)
    named = _NAMED_THING.match(words)
    if named and dated and _terse(words) and not _REMARK.match(words, named.end()) and _PLAIN.search(words) is None:
        sure = named["on"] is not None
        kind = MentionKind.COMMITMENT if sure else MentionKind.CANDIDATE
        found = owned_readings(
            words[slice(*named.span("who"))], (line.body + named.end(), len(line.text)), whole, people, kind
        )
        return tuple(replace(each, question=each.question or (None if sure else CONFIRM)) for each in found)
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
