"""What somebody is to receive: "you will have my plan on Friday", "I promised him the name", "X was promised it by Y".

Whoever gives it owes it, never who gets it. Where the words name a giver, it is theirs; "you get it" without one is the
writer's. A pronoun ("you'll have it by Monday") is filled from the topic before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, conditional, sentences
from copilot.extraction.grammar import GROUP, ONE, PRONOUN
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, WHO_IS_HE, WHO_IS_I, Line, Owner, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.turning import end_of_clause
from copilot.extraction.who import addressed, antecedent
from copilot.mentions import MentionKind
from guards.text import RedactedText

_TO: Final = rf"(?:him|her|them|you|me|us|{ONE})"
_THING: Final = r"(?P<what>(?:the|a|an|my|his|her|our|their|your|some|one|two|three|\d+|those|these)\s+\S.*)"
_BY: Final = rf"(?:(?P<group>{GROUP})|(?P<i>\bI)|(?P<he>{PRONOUN}))"
_STILL: Final = r"(?:\s+(?:do|does|still|also|already|have|has|had|again))*"
_GIVEN: Final = re.compile(
    rf"(?:^|[,;:—–(]\s*|\b(?:and|but|so|that|then)\s+){_BY}{_STILL}\s+(?:promised|promises|owes?)\s+{_TO}\s+{_THING}"
)
_WAS_PROMISED: Final = re.compile(
    rf"(?P<to>{ONE})\s+(?:was|is|has been|were|had been)\s+(?:also |still )?promised\s+(?P<what>[^,;.]{{3,100}}?)"
    rf"(?:\s+by\s+(?P<group>{GROUP}))?(?P<after>\s+(?:for|by|on|until|before)\s[^,;.]*)?(?=[,;.]|$)"
)
_STILL_OWE: Final = re.compile(rf"\b[Ww]hat\s+{_BY}{_STILL}\s+owes?\s+{_TO}\s*(?::|is|are)\s*:?\s*(?P<what>\S.*)")
_FROM_YOU: Final = re.compile(
    rf"[Ff]rom\s+(?:(?P<group>{ONE})|(?P<you>you)),?\s+(?:I|we)(?:['’]d| would| will)?\s+(?:still |also )?"
    rf"(?:need|want|like|expect|await|require|wait for)\s+{_THING}"
)
_RECEIVE: Final = re.compile(
    rf"(?P<to>\b[Yy]ou|{PRONOUN}|{ONE})(?:['’]ll|\s+will|\s+shall|\s+should)?\s+(?:get|gets|have|has|receive|receives)\s+"
    r"(?P<what>(?:it|this|that|them|both|(?:the|my|a|an|our|your|his|her|some|two|three)\s)\S*.*)"
)
_ON_IT: Final = re.compile(
    rf"(?P<group>{ONE})\s+(?:has it|is on (?:it|that)|does (?:it|that)|takes (?:it|that)|will do (?:it|that)"
    rf"|owns (?:it|that)"
    r"|is working on (?:it|that)|sorts it|handles it)\b"
)
_TOPIC: Final = re.compile(r"(?P<topic>[^:,;.!?]{3,70}):\s+(?=\S)")
_POINTS: Final = re.compile(r"(?:it|this|that|them|both)\b")
_AND: Final = re.compile(r",\s+and\s+(?=(?:the|a|an|my|his|her)\s)")
_ASIDE: Final = re.compile(rf",\s+(?:you|he|she|{ONE})(?:['’]ll| will)? (?:get|have|receive)\b[^,;]*")
_NOT: Final = re.compile(
    r"\b(?:not|never|no longer|n['’]t|had to|used to|already|yesterday|last (?:week|month|time)|since)\b|n['’]t\b"
)
_ANY_DAY: Final = date(2026, 1, 5)


def read(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    """Every sentence of the line that says what somebody is to receive, and from whom."""
    found: list[Reading] = []
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if asks(sentence) or _NOT.search(sentence.split(",")[0]) or conditional(sentence):
            continue
        made = list(_promised(line, start, end, people)) or list(_received(line, start, end, people))
        found += made
    return tuple(found)


def _promised(line: Line, start: int, end: int, people: PeopleView) -> Iterator[Reading]:
    sentence = line.text[start:end]
    for shape in (_STILL_OWE, _GIVEN, _WAS_PROMISED, _FROM_YOU):
        match = shape.search(sentence)
        if match is None:
            continue
        first = start + match.start("what")
        last = end if shape is _STILL_OWE else min(start + match.end("what"), end_of_clause(line.text, first, end))
        clause_end = max(last, start + match.end()) if shape is _WAS_PROMISED else last
        for left, right in _parts(line.text, first, last, several=shape is _STILL_OWE):
            yield from _owned(line, match, start, (left, right), (left, max(right, clause_end)), people)
        return


def _parts(text: RedactedText, first: int, last: int, *, several: bool) -> Iterator[tuple[int, int]]:
    at = first
    for match in _AND.finditer(text, first, last) if several else ():
        yield at, match.start()
        at = match.end()
    yield at, last


def _owned(  # noqa: PLR0913, PLR0917
    line: Line, match: re.Match[str], start: int, what: tuple[int, int], clause: tuple[int, int], people: PeopleView
) -> Iterator[Reading]:
    said = match.groupdict()
    aside = _ASIDE.search(line.text, *what)
    action = (what[0], aside.start()) if aside else what
    if said.get("group"):
        group = line.text[start + match.start("group") : start + match.end("group")]
        yield from owned_readings(group, action, clause, people)
        return
    who, question = _giver(line, match, start, people)
    yield Reading(MentionKind.COMMITMENT, *action, clause, who, None if who else question)


def _giver(line: Line, match: re.Match[str], start: int, people: PeopleView) -> tuple[Owner | None, RedactedText]:
    said = match.groupdict()
    if said.get("he"):
        return antecedent(line, start + match.start("he"), people), WHO_IS_HE
    if said.get("you"):
        return addressed(line, start + match.start("you"), people), WHO
    return (line.speaker, WHO_IS_I) if said.get("i") else (None, WHO)


def _received(line: Line, start: int, end: int, people: PeopleView) -> Iterator[Reading]:
    """Read "you'll have it by Monday", "told her she will get the page on Friday", "the check: X has it, due …"."""
    sentence = line.text[start:end]
    due = find_due(sentence, _ANY_DAY)
    if due is None:
        return
    topic = _TOPIC.match(sentence)
    on_it = _ON_IT.search(sentence)
    if on_it is not None:
        group = line.text[start + on_it.start("group") : start + on_it.end("group")]
        what = (start, start + topic.end("topic")) if topic else (start + on_it.start(), end)
        yield from owned_readings(group, what, (start, end), people)
        return
    match = _RECEIVE.search(sentence)
    if match is None or line.speaker is None or not _by_the_writer(line, match, start):
        return
    points = _POINTS.match(match["what"]) is not None
    what = (start, start + topic.end("topic")) if points and topic else (start + match.start("what"), end)
    if points and not topic:
        return  # what "it" is stands in another sentence, which has read it
    yield Reading(MentionKind.COMMITMENT, *what, (start, end), line.speaker)


def _by_the_writer(line: Line, match: re.Match[str], start: int) -> bool:
    """Whether nobody else can be the giver: "you" of a letter, or somebody who was told so."""
    before = line.text[start : start + match.start()]
    if match["to"].lower() == "you":
        return re.search(rf"{ONE}\s+\w", before) is None and line.addressee is not None
    told = re.match(rf"(?:.*?\b[Ii]\s+)?(?:[Tt]old|[Pp]romised|[Aa]ssured)\s+{ONE}", before)
    return told is not None
