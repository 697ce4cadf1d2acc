"""Requests: "X, can you …?" binds X once X says yes; a "no" leaves nothing, silence a candidate.

An unnamed "can you …?" binds whoever answers yes. "Please …" in a letter asks the person greeted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import sentences
from copilot.extraction.grammar import BUT_NO, NO, ONE, YES
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import NO_ANSWER, Line, Owner, Reading
from copilot.extraction.verbs import task_verbs
from copilot.mentions import MentionKind
from copilot.similarity import content
from guards.text import RedactedText

_ASK: Final = re.compile(
    rf"(?:^|[,.!:]\s+|\b(?:and|so|ok|okay|great|then)\s+,?\s*)(?:(?P<before>{ONE})[,:]?\s+)?"
    rf"(?:[Cc]an|[Cc]ould|[Ww]ould|[Ww]ill) you(?: be able to| mind| please| also| maybe)*\s+(?=[a-z])"
)
_PLEASE: Final = re.compile(rf"(?:^|[,.!]\s+)(?:(?P<before>{ONE})[,:]\s+)?[Pp]lease\s+(?=[a-z])")
_OWN_PROMISE: Final = re.compile(r"\b[Ii](?:['’]ll| will| am going to|['’]m going to)\s+(?=[a-z]{2,} +\S)")
_RECEIVED: Final = re.compile(
    r"\b[Dd]id (?P<what>(?:the|my|that|those|these) [^?,.]{3,60}?) (?:reach|get to|come through|arrive"
    r"|land)\b[^?.]{0,20}\?"
)
_IT_DID: Final = re.compile(r"(?:yes\b|yeah\b|yep\b|(?:it|they|that) did\b|got (?:it|them)\b)", re.IGNORECASE)
_AFTER: Final = re.compile(rf",\s*(?P<who>{ONE})\s*\?*\s*$")


def read(line: Line, following: Sequence[Line], people: PeopleView, on: date) -> tuple[tuple[Reading, ...], bool]:
    """Requests of the line, and whether the next turn was their answer."""
    found: list[Reading] = []
    answered = False
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        match = _ASK.search(sentence) if sentence.rstrip().endswith("?") else None
        match = match or _PLEASE.search(sentence)
        if match is None or not _names_a_task(sentence[match.end() :]):
            continue
        reading, used = _request(line, match, (start, end), following, people, on)
        answered = answered or used
        found += [reading] if reading else []
    return tuple(found), answered


def _names_a_task(rest: str) -> bool:
    word = re.match(r"[\w-]+", rest)
    if re.match(r"(?:explain|say|repeat|hear|tell (?:me|us)|clarify|elaborate|see|join the queue)\b", rest):
        return False
    return word is not None and (
        word.group(0).lower() in task_verbs() or word.group(0).removesuffix("ing") in task_verbs()
    )


def _request(  # noqa: PLR0913, PLR0917
    line: Line, match: re.Match[str], span: tuple[int, int], following: Sequence[Line], people: PeopleView, on: date
) -> tuple[Reading | None, bool]:
    start, end = span
    sentence = line.text[start:end]
    after = _AFTER.search(sentence, match.end())
    named = _named(sentence, match, after, people)
    stop = start + after.start() if after else end
    action = (start + match.end(), stop)
    answer = next((each for each in following if each.text.strip()), None)
    if answer is None or answer.speaker is None or answer.speaker.same_as(line.speaker):
        return _unanswered(line, action, span, named, please="lease" in match.group(0)), False
    if NO.match(answer.words) or BUT_NO.search(answer.words) or not YES.match(answer.words):
        if NO.match(answer.words) or BUT_NO.search(answer.words):
            return None, True
        return _unanswered(line, action, span, named, please=False), False
    if _restated(sentence[match.end() : stop - start], answer):
        return None, False
    if named is not None and not named.same_as(answer.speaker):
        return Reading(MentionKind.CANDIDATE, *action, span, named, NO_ANSWER), False
    return Reading(MentionKind.COMMITMENT, *action, span, answer.speaker, due=_answer_due(answer, on)), True


def _restated(request: str, answer: Line) -> bool:
    """Whether the answer promises the same thing in its own words, which then count instead of the request's."""
    own = _OWN_PROMISE.search(answer.words)
    return own is not None and bool(content(request) & content(answer.words[own.end() :]))


def received(line: Line, following: Sequence[Line]) -> tuple[Reading, ...]:
    """Whoever asks "did the sheet reach you?" and hears "it did" has sent it."""
    match = _RECEIVED.search(line.words)
    answer = next((each for each in following if each.text.strip()), None)
    if match is None or answer is None or answer.speaker is None or answer.speaker.same_as(line.speaker):
        return ()
    if not _IT_DID.match(answer.words):
        return ()
    start, end = (line.body + at for at in match.span("what"))
    return (Reading(MentionKind.DONE, start, end, (start, end), line.speaker),)


def _named(
    sentence: RedactedText, match: re.Match[str], after: re.Match[str] | None, people: PeopleView
) -> Owner | None:
    spans = [match.span(name) for name in ("before",) if name in match.groupdict() and match[name]]
    spans += [after.span("who")] if after else []
    return owner_of(sentence[slice(*spans[0])], people) if spans else None


def _unanswered(
    line: Line, action: tuple[int, int], span: tuple[int, int], named: Owner | None, *, please: bool
) -> Reading | None:
    if please and (line.addressee or named):
        return Reading(MentionKind.COMMITMENT, *action, span, line.addressee or named)
    if named is None:
        return None
    return Reading(MentionKind.CANDIDATE, *action, span, named, NO_ANSWER)


def _answer_due(answer: Line, on: date) -> tuple[date | None, RedactedText] | None:
    due = find_due(answer.words, on)
    return (due.day, answer.words[due.start : due.end]) if due else None
