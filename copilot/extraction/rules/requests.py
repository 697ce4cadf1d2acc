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
from copilot.extraction.verbs import opens_task, task_verbs
from copilot.extraction.who import called
from copilot.mentions import MentionKind
from copilot.similarity import content
from guards.text import RedactedText

_VOCATIVE: Final = rf"(?:(?P<before>{ONE})[,:]?\s+)?(?:(?:please|pls|and|so|then|also)\s+)?"
_FROM: Final = r"(?:^|[,.!:;–—]\s+|\b(?:and|so|ok|okay|great|then|but|also|yes|thanks|good|right)\s+,?\s*)"
_ASK: Final = re.compile(
    rf"{_FROM}{_VOCATIVE}(?:(?:[Cc]an|[Cc]ould|[Ww]ould|[Ww]ill) (?:you|u)(?: be able to| be willing to"
    rf"| be so kind (?:as )?to"
    r"| mind| please| pls| also| maybe| perhaps| possibly| just| then| kindly| want to| have time to| like to)*"
    r"|(?:[Ii]s it possible for you|[Ww]ould it be (?:possible|ok|okay) for you|[Aa]ny chance you (?:can|could))"
    r"(?: to)?)\s+(?=[a-z])"
)
"""A question; what follows is the task."""
_NEED: Final = re.compile(
    rf"(?:^|[\s,.!:;–—]){_VOCATIVE}(?:(?:[Ii]|[Ww]e)(?:['’]d| would)? (?:need|want|like|expect|ask|trust|asked"
    rf"|(?:am |['’]m )?counting on) you to|(?:[Cc]an|[Mm]ay|[Cc]ould) I ask you to"
    rf"|[Ww]hat I need from you is to|[Ii]t(?:['’]d| would| will) (?:really )?help(?: me| us| a lot)? if (?:you"
    rf"|u) (?:could|would|can)?|[Ii]t(?:['’]d| would| will) be "
    r"(?:really |very |so )?(?:great|good|nice|helpful|useful|lovely|best|important|ideal) if (?:you"
    r"|u) (?:could|would|can)?"
    r"|[Ii](?:['’]d| would) (?:appreciate|be (?:glad|grateful|happy)) (?:it )?if (?:you|u) (?:could|would|can)?"
    r"|(?:[Mm]aybe|[Pp]erhaps) you (?:can|could)|[Hh]ow about you)\s+(?=[a-z])"
)
_PLEASE: Final = re.compile(
    rf"(?:^|[,.!:;–—]\s+|\b(?:and|so|then|but|also)\s+)(?:(?P<before>{ONE})[,:]?\s+)?(?:[Pp]lease|[Pp]ls|[Pp]lz|[Kk]indly"
    r"|(?:[Pp]lease )?(?:[Dd]o not|[Dd]on['’]t) forget to|[Rr]emember to|[Bb]e sure to|[Mm]ake sure (?:to|you"
    r"|that you))"
    r"(?: also| do| just)*\s+(?=[a-z])"
)
_ORDER: Final = re.compile(
    rf"(?:^|[.!]\s+|\b(?:so|and|then|ok|okay|right)[,\s]+)(?:(?P<before>{ONE})[,:]\s+)?(?:then |so |and |now "
    rf"|next |also |first )?"
    r"(?=(?P<verb>[A-Za-z][a-z-]+)\s+\S)"
)
"""A bare imperative: to the person called by name, or, where it has a day, to the one the letter or talk is with."""
_CAN_YOU: Final = re.compile(r"(?:@?<[A-Z_]+_\d+>[,:]?\s+)?(?:can|could|would|will) (?:you|u)\b", re.IGNORECASE)
NEGATION: Final = re.compile(r"\b(?:not|never|no need|n['’]t)\b|n['’]t\b", re.IGNORECASE)
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
        match = _asking(line, sentence, on)
        if match is None:
            continue
        reading, used = _request(line, match, (start, end), following, people, on)
        answered = answered or used
        found += [reading] if reading else []
    return tuple(found), answered


def _asking(line: Line, sentence: RedactedText, on: date) -> re.Match[str] | None:
    """The first form in which the sentence asks somebody for something to do."""
    question = sentence.rstrip(" )*").endswith("?")
    for shape in (_ASK, _PLEASE, _NEED):
        match = shape.search(sentence)
        asked = question or shape is not _ASK or _terse_chat(line, sentence)
        if match and asked and _names_a_task(sentence[match.end() :]):
            return match
    match = None if question or NEGATION.search(sentence) else _ORDER.match(sentence)
    if match is None or match["verb"].lower() not in task_verbs() or not opens_task(sentence[match.end() :].lower()):
        return None
    dated = find_due(sentence, on) is not None or re.search(r"\b(?:please|pls)\b", sentence, re.IGNORECASE) is not None
    spoken_to = match["before"] or (line.addressee and dated and line.section != "talk")
    return match if spoken_to and (line.spoken or line.addressee) else None


def _terse_chat(line: Line, sentence: str) -> bool:
    """In chat the question mark is often left out ("can u ping X about it")."""
    return line.spoken and _CAN_YOU.match(sentence) is not None


def _names_a_task(rest: str) -> bool:
    word = re.match(r"[\w-]+", rest)
    if re.match(
        r"(?:explain|say|repeat|hear|tell (?:me|us) (?:what|how|why|more|about|if)|clarify|elaborate|see"
        r"|join the queue|note that"
        r"|bear|take (?:care\W*$|a seat)|let me (?:know if|finish)|go (?:on|ahead)|start\W*$|hold on|give me a)\b",
        rest,
    ):
        return False
    return word is not None and (
        word.group(0).lower() in task_verbs()
        or word.group(0).removesuffix("ing") in task_verbs()
        or f"{word.group(0).removesuffix('ing')}e" in task_verbs()
        or re.match(
            r"(?:do|take|have|make|go|come|let|be|back|bring|help|try)\s+(?:the|a|an|it|that|over|on|up"
            r"|to|through|me|us)\b|let <",
            rest,
        )
        is not None
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
    polite = match.re is _PLEASE or match.re is _ORDER
    spoken_to = named or called(line, start + match.end(), people)
    who, by_name = spoken_to or line.addressee, spoken_to is not None
    answer = _answer_of(spoken_to, line, following)
    if answer is None or answer.speaker is None:
        return _unanswered(line, action, span, who, polite=polite, by_name=by_name), False
    said = answer.words
    if NO.match(said) or BUT_NO.search(said):
        return None, True
    accepted = YES.match(said) is not None
    if accepted and _restated(sentence[match.end() : stop - start], answer):
        return None, False
    if named is not None and not named.same_as(answer.speaker):
        return Reading(MentionKind.CANDIDATE, *action, span, named, NO_ANSWER), False
    if not accepted:
        return _unanswered(line, action, span, who, polite=polite, by_name=by_name), False
    return Reading(MentionKind.COMMITMENT, *action, span, answer.speaker, due=_answer_due(answer, on)), True


def _answer_of(named: Owner | None, line: Line, following: Sequence[Line]) -> Line | None:
    """The next turn of somebody else; of the one who was asked, if that is among the next turns."""
    turns = [each for each in following if each.text.strip() and each.spoken and not each.same_speaker(line)]
    theirs = next((each for each in turns if named is not None and named.same_as(each.speaker)), None)
    return theirs or (turns[0] if turns else None)


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


def _unanswered(  # noqa: PLR0913
    line: Line, action: tuple[int, int], span: tuple[int, int], who: Owner | None, *, polite: bool, by_name: bool
) -> Reading | None:
    """Asked, and nobody answered: "please" binds who is spoken to, a question leaves a candidate."""
    if who is None or who.same_as(line.speaker):
        return None
    if polite:
        return Reading(MentionKind.COMMITMENT, *action, span, who)
    if line.spoken and not by_name:
        return None
    return Reading(MentionKind.CANDIDATE, *action, span, who, NO_ANSWER)


def _answer_due(answer: Line, on: date) -> tuple[date | None, RedactedText] | None:
    due = find_due(answer.words, on)
    return (due.day, answer.words[due.start : due.end]) if due else None
