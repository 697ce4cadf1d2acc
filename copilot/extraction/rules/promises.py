"""Sentences that promise: "X will …", "X to …", "I'll …" in a speaker's turn, "we'll …", and loose ones.

A question, a negation and a statement about the world read as nothing; a hedge or a condition makes a candidate.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, conditional, sentences
from copilot.extraction.grammar import ANAPHORIC, COLLECTIVE, GROUP, HEDGES, LEADS, MODAL, NEGATED, STATIVE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONDITION, CONFIRM, WHO_IS_I, WHO_OF_US, Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import task_verbs
from copilot.mentions import MentionKind

_TIMES: Final = (
    r"(?:(?:[Bb]y|[Oo]n|[Ii]n|[Bb]efore|[Aa]fter|[Oo]nce|[Ww]hen|[Ff]or|[Nn]ext|[Tt]his|[Ff]rom|[Aa]s|[Uu]ntil"
    r"|[Ii]f|[Uu]nless|[Aa]ssuming)\b[^.,]{1,60},\s+)"
)
_START: Final = (
    rf"(?:^|[,:—–(]\s*|\s[-–—]\s|\b(?:and|but|then|so"
    rf"|while)\s+)(?:(?i:{LEADS})\b[,.!:—–-]*\s+)*{_TIMES}?(?P<hedge>(?i:{HEDGES})[,]?\s+(?:that )?)?"
)
_SUBJECT: Final = rf"(?:(?P<group>{GROUP})|(?P<first>[Ii](?=['’\s]))|(?P<we>{COLLECTIVE})|(?P<you>[Yy]ou\b))"
_CLAUSE: Final = re.compile(
    rf"{_START}(?:{_SUBJECT}\s*(?:(?:both|each|also|now|then|still|kindly)\s+)?(?:(?P<take>can take|commit to"
    rf"|take on|am on the hook for)|{MODAL}|(?P<bare>to)|(?P<takes>takes on|takes|owns|commits to"
    rf"|picks up))(?P<neg>n['’]t)?(?![\w'’])\s*"
    r"|(?P<letme>[Ll]et me|(?:[Hh]oping|[Pp]lanning|[Tt]rying) to)\s+)"
)
_ASKED: Final = re.compile(
    rf"(?:^|[,:;]\s+)(?:{GROUP}|I|We|we)\s+(?:has |have )?asked\s+(?P<group>{GROUP})\s+to\s+(?=[a-z])"
)
_SMALL_TALK: Final = re.compile(
    r"(?:be\b|say\b|tell you(?=\W*$)|ask you\b|tell you (?:that|what|how)|start (?:by|with)|leave it|let you"
    r"|leave you|go (?:first|ahead|on)|stop|share my screen|explain|just|pass\b|begin|skip|give you an example"
    r"|repeat|rephrase|pause|jump|clarify my)\b",
    re.IGNORECASE,
)
_NO_VERB: Final = re.compile(
    r"(?:the|a|an|this|that|these|those|his|her|their|my|our|your|\d+|<|and|or|but)(?!\w)", re.IGNORECASE
)
_ANY_DAY: Final = date(2026, 1, 5)
"""Whether a date is said at all does not depend on the day."""
_ITS_TICKET: Final = re.compile(r"(?:(?:the|its) ticket\b|(?:it|that)(?:['’]s| is) (?=[A-Z#]))", re.IGNORECASE)
_NOT_DONE: Final = re.compile(r"\b(?:had|was|were) (?:going|supposed|meant) to\b", re.IGNORECASE)


def read(line: Line, people: PeopleView, *, answers: bool = False) -> tuple[Reading, ...]:
    """Every promise of the line. ``answers`` says that the line answers a request already read."""
    found: list[Reading] = []
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if found and _ITS_TICKET.match(sentence) and TICKET.search(sentence):
            found[-1] = replace(found[-1], clause=(found[-1].clause[0], end))
        if asks(sentence) or _NOT_DONE.search(sentence):
            continue
        asked = _ASKED.search(sentence)
        if asked:
            group = sentence[slice(*asked.span("group"))]
            found += owned_readings(group, (start + asked.end(), end), (start, end), people)
            continue
        found += _sentence(line, start, end, people, answers=answers)
    return tuple(found)


def _sentence(line: Line, start: int, end: int, people: PeopleView, *, answers: bool) -> list[Reading]:
    sentence = line.text[start:end]
    matches = list(_CLAUSE.finditer(sentence))
    found: list[Reading] = []
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        stop = start + following.start() if following else end
        rest = line.text[start + match.end() : stop]
        if answers and match["first"] and ANAPHORIC.match(rest):
            continue
        if _promises(match, rest):
            clause = (start + match.start(), stop)
            found += _readings(line, match, start, clause, people)
    return found


def _promises(match: re.Match[str], rest: str) -> bool:  # noqa: PLR0911
    """Whether the words after subject and modal name something to do."""
    if match["neg"] or NEGATED.match(rest) or STATIVE.match(rest) or not rest.strip(" .,"):
        return False
    if match["takes"] or match["take"]:
        return True
    if _NO_VERB.match(rest):
        return False
    if match["bare"]:
        return bool(match["group"] or match["we"]) and re.match(r"[a-z]", rest) is not None
    if match["first"] or match["letme"]:
        return not _SMALL_TALK.match(rest)
    if match["we"]:
        return _concrete(rest)
    return True


def _concrete(rest: str) -> bool:
    return (re.match(r"\w[\w-]*", rest) or [""])[0].lower() in task_verbs()


def _readings(
    line: Line, match: re.Match[str], start: int, clause: tuple[int, int], people: PeopleView
) -> tuple[Reading, ...]:
    action = (start + match.end(), clause[1])
    kind = _kind(line, match, start, clause)
    if match["group"]:
        group = line.text[start + match.start("group") : start + match.end("group")]
        found = owned_readings(group, action, clause, people, kind)
    elif match["we"]:
        found = (Reading(kind, *action, clause, question=WHO_OF_US),)
    else:
        who = line.addressee if match["you"] else line.speaker
        if who is None and match["you"]:
            return ()
        found = (Reading(kind, *action, clause, who, None if who else WHO_IS_I),)
    return tuple(_questioned(each, line, start) for each in found)


def _questioned(reading: Reading, line: Line, start: int) -> Reading:
    if reading.kind is not MentionKind.CANDIDATE or reading.question is not None:
        return reading
    depends = conditional(line.text[start : reading.end])
    return replace(reading, question=CONDITION if depends else CONFIRM)


def _kind(line: Line, match: re.Match[str], start: int, clause: tuple[int, int]) -> MentionKind:
    """A firm word makes a commitment; a hedge or a condition a candidate; "should" or "we" needs a date or ticket."""
    words = line.text[start : clause[1]]
    rest = line.text[start + match.end() : clause[1]]
    if (
        match["rough"]
        or (match["letme"] or "let").lower()[:3] != "let"
        or match["hedge"]
        or conditional(words)
        or re.match(r"(?:probably|maybe|hopefully|possibly|likely)\b", rest)
    ):
        return MentionKind.CANDIDATE
    anchored = TICKET.search(words) is not None or find_due(words, _ANY_DAY) is not None
    if (match["weak"] or match["you"] or match["we"]) and not (anchored or line.section == "actions"):
        firm_you = match["you"] and line.addressee and re.search(r"agree|promis|commit|said|offer", match.group(0))
        return MentionKind.COMMITMENT if firm_you else MentionKind.CANDIDATE
    return MentionKind.COMMITMENT
