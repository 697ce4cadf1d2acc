"""Turns that only make sense with the one before: "and the split?" "Tomorrow morning.", "only the export is left".

Also lines of a stand-up or a list by owner ("X: labels are in, doing the export tomorrow"), read as X's own words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, sentences
from copilot.extraction.grammar import ONE
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONFIRM, Line, Reading
from copilot.extraction.rules import details, present, promises, reported
from copilot.extraction.verbs import task_verbs
from copilot.mentions import MentionKind
from guards.text import RedactedText

_LABEL: Final = re.compile(rf"(?P<who>{ONE})\s*(?::|\s[-–—]\s)\s*(?=\S)")
_ABOUT: Final = (
    re.compile(
        r"(?:(?:and|so|what about|how about|ok|okay)[,.]?\s+)*(?P<topic>(?:the|your|our|that|those)\s[^,?.!]{3,60}?)"
        r"(?:,? (?:when|by when)\b[^?]*)?\?\W*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bwhen (?:do|can|will|could|would|shall) (?:i|we|you|he|she|they) (?P<topic>(?:see|get|have|send|share"
        r"|finish|read"
        r"|deliver)\s[^?,]{3,60})\?",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bwhen (?:is|are|will) (?P<topic>(?:the|your|our)\s[^?,]{3,60}?)(?: (?:be )?(?:ready|done|due|in|out))?\?",
        re.IGNORECASE,
    ),
)
"""What a question is about, for an answer that is only a date."""
_LEFT: Final = re.compile(
    r"\b(?:only|just|so only|what is left is|remaining:?)\s+(?P<what>(?:the|a|my|our)\s[^,;.]{2,50}?)\s+(?:is"
    r"|are)\s+(?:still )?"
    r"(?:left|missing|open|to do)\b"
    r"|\b[Ii](?: have|['’]ve)(?:n['’]t| not)(?: yet)? (?:started|finished|done|written|sent|begun)(?: with| on)? "
    r"(?P<late>(?:the|my|our)\s[^,;.]{2,50})"
)
_DOING: Final = re.compile(
    r"(?:^|[,;]\s*|\b(?:and|so|then)\s+)(?:i['’]?m |still |now )*(?P<verb>[a-z]+)ing\s+(?P<what>\S.*)", re.IGNORECASE
)


def answered(line: Line, before: Line | None, on: date) -> tuple[Reading, ...]:
    """A date and nothing else, said in answer to a question about a thing: the thing is promised for then."""
    if before is None or not line.spoken or line.speaker is None or before.same_speaker(line):
        return ()
    topic = next((match for match in (each.search(before.words) for each in _ABOUT) if match), None)
    due = _last_date(line.words, on) if topic else None
    if topic is None or due is None:
        return ()
    whole = (line.body, len(line.text))
    text = before.words[slice(*topic.span("topic"))]
    return (Reading(MentionKind.COMMITMENT, *whole, whole, line.speaker, text=text, due=due),)


def _last_date(words: RedactedText, on: date) -> tuple[date | None, RedactedText] | None:
    """The date of the last sentence, if no sentence says anything else."""
    found = [details.only_date(words[start:end], on) for start, end in sentences(words, 0)]
    return found[-1] if found and found[-1] is not None and len(words.split()) <= 14 else None


def left(line: Line, on: date) -> tuple[Reading, ...]:
    """What the speaker says is still left to do, or is doing next, with its day."""
    if line.speaker is None or not line.spoken:
        return ()
    spans = list(sentences(line.text, line.body))
    for n, (start, end) in enumerate(spans):
        match = _LEFT.search(line.text, start, end)
        if match is None:
            if found := _doing(line, start, end, on):
                return found
            continue
        name = "what" if match["what"] else "late"
        after = line.text[slice(*spans[n + 1])] if n + 1 < len(spans) else None
        due = details.only_date(after, on) if after is not None else None
        if due is None and find_due(line.text[start:end], on) is None:
            continue
        return (Reading(MentionKind.COMMITMENT, *match.span(name), (start, end), line.speaker, due=due),)
    return ()


def _doing(line: Line, start: int, end: int, on: date) -> tuple[Reading, ...]:
    """Read "doing the export tmrw"; without a day it only tells what is going on."""
    match = _DOING.search(line.text, start, end)
    if match is None or asks(line.text[start:end]):
        return ()
    stem = match["verb"].lower()
    known = {stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem} & (task_verbs() | {"do", "finish"})
    due = find_due(line.text[match.start() : end], on)
    if not known or due is None or due.day is None or (due.day <= on and "today" not in line.text.lower()):
        return ()
    return (Reading(MentionKind.COMMITMENT, match.start("verb"), end, (match.start(), end), line.speaker),)


def labelled(line: Line, people: PeopleView, on: date) -> tuple[Reading, ...]:
    """A line behind a person's label, read as that person's own words; nothing where it is a bare task."""
    match = None if line.spoken else _LABEL.match(line.text, line.body)
    if match is None:
        return ()
    speaker = owner_of(line.text[slice(*match.span("who"))], people)
    own = replace(line, body=match.end(), speaker=speaker, spoken=True, bullet=False)
    found = [*promises.read(own, people)]
    for family in (reported.read(own, people), present.read(own, people), left(own, on)):
        found += [each for each in family if not any(_meet(each, other) for other in found)]
    return tuple(found)


def told_of_another(line: Line) -> bool:
    """Whether the words behind a label go on about somebody else, so that the label does not say who owes it."""
    match = _LABEL.match(line.text, line.body)
    return match is not None and re.search(
        rf"{ONE}\s+(?:says?|said|will|to|is|has|must|should|can|wants?|[a-z]+s)\b", line.text[match.end() :]
    ) is not None  # fmt: skip


def unread(line: Line) -> Reading:
    """The line as one that could not be read."""
    whole = (line.body, len(line.text))
    return Reading(MentionKind.UNPARSED, *whole, whole, question=CONFIRM)


def _meet(one: Reading, other: Reading) -> bool:
    return one.clause[0] < other.clause[1] and other.clause[0] < one.clause[1]
