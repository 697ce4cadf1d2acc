"""Offers and open questions that an answer settles: "Shall I …?" "Yes please.", "Who takes …?" "Me."

An offer nobody accepts, and a question nobody answers, promise nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copilot.extraction.clauses import asks, sentences
from copilot.extraction.grammar import GROUP, NO, ONE, YES
from copilot.extraction.owners import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, Line, Owner, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.verbs import task_verbs
from copilot.mentions import MentionKind

_OFFER: Final = re.compile(
    r"\b(?:[Ss]hall|[Ss]hould|[Cc]an|[Mm]ay) I\s+(?:then |also |just |maybe |perhaps )?(?=(?P<verb>[a-z][\w-]*)\s)"
    r"|\b(?:[Ww]ant|[Ll]ike|[Nn]eed) me to\s+(?=(?P<other>[a-z][\w-]*)\s)"
)
_WHO: Final = re.compile(
    r"\b[Ww]ho(?:['’]s| is| will| can| could| would| wants to| shall| does| should|['’]ll)?\s+(?:going to "
    r"|gonna |able to "
    r"|happy to )?(?P<verb>[a-z]+)\s+(?P<what>[^?]{3,80})\?"
    r"|\b(?:[Cc]an|[Cc]ould|[Ww]ould|[Ww]ill)\s+(?P<any>someone|somebody|anyone|anybody|one of (?:you"
    r"|us))(?: else)?\s+(?:please )?"
    r"(?P<do>[a-z]+)\s+(?P<it>[^?]{3,80})\?"
)
_ME: Final = re.compile(
    r"(?:me\b|i (?:can|will|could|do|am|take|['’]ll)\b|i['’]ll\b|mine\b|myself\b|that['’]s me|i['’]m on"
    r"|let me\b|on me\b"
    r"|(?:yes,? |ok,? )?i (?:can|will)\b)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    rf"(?:(?:that['’]s|i think|it['’]s|maybe)\s+)?(?P<who>{GROUP})(?=\s*(?:[,.!;]|$"
    rf"|will\b|can\b|does\b|takes\b|by\b|on\b))"
)


def read(line: Line, following: Sequence[Line], people: PeopleView) -> tuple[tuple[Reading, ...], bool]:
    """Offers and questions of the line, with whom the answer names; and whether the next turn was their answer."""
    found: list[Reading] = []
    spans = list(sentences(line.text, line.body))
    for n, (start, end) in enumerate(spans):
        if not asks(line.text[start:end]):
            continue
        rest = [(line, at) for at in spans[n + 1 : n + 2]]
        answer = next((each for each in following if each.text.strip() and not each.heading), None)
        found += _offer(line, (start, end), answer)
        found += _who(line, (start, end), rest[0] if rest else None, answer, people)
    answered = any(each.owner is not None and not each.owner.same_as(line.speaker) for each in found)
    return tuple(found), answered


def _offer(line: Line, span: tuple[int, int], answer: Line | None) -> tuple[Reading, ...]:
    start, end = span
    match = _OFFER.search(line.text[start:end])
    if match is None or line.speaker is None or not _is_task(match["verb"] or match["other"]):
        return ()
    if answer is None or answer.speaker is None or answer.speaker.same_as(line.speaker):
        return ()
    if NO.match(answer.words) or not YES.match(answer.words):
        return ()
    return (Reading(MentionKind.COMMITMENT, start + match.end(), end, (start, end), line.speaker),)


def _who(
    line: Line, span: tuple[int, int], rest: tuple[Line, tuple[int, int]] | None, answer: Line | None,
    people: PeopleView,
) -> tuple[Reading, ...]:  # fmt: skip
    start, end = span
    match = _WHO.search(line.text[start:end])
    verb, rest_of_it = ("do", "it") if match and match["any"] else ("verb", "what")
    if match is None or not _is_task(match[verb]):
        return ()
    action = (start + match.start(verb), start + match.end(rest_of_it))
    if rest is not None:
        first, last = rest[1]
        named = _NAMED.match(line.text[first:last])
        if named:
            group = line.text[first + named.start("who") : first + named.end("who")]
            return owned_readings(group, action, (start, last), people)
    who = _answers(answer, line, people) if answer is not None and answer.speaker is not None else None
    if who is None and match["any"]:
        return (Reading(MentionKind.CANDIDATE, *action, span, question=WHO),)
    return (Reading(MentionKind.COMMITMENT, *action, span, who),) if who else ()


def _answers(answer: Line, line: Line, people: PeopleView) -> Owner | None:
    """Who the answer says: its speaker, or the one person it names."""
    if _ME.match(answer.words) and answer.speaker != line.speaker:
        return answer.speaker
    named = _NAMED.match(answer.words)
    if named is None or not re.fullmatch(ONE, named["who"]):
        return None
    return owner_of(answer.words[slice(*named.span("who"))], people)


def _is_task(verb: str) -> bool:
    word = verb.lower()
    return any(form in task_verbs() for form in (word, word.removesuffix("s"), word.removesuffix("es")))
