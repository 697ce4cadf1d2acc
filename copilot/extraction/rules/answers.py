"""Who answers a request or an open question in a talk, and what the answer settles: yes, no, or "I'll take it".

An answer may come some turns later, and from somebody else than the one who was asked. Refuses to take a mere remark
for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from copilot.extraction.clauses import asks
from copilot.extraction.grammar import BUT_NO, NO, YES
from copilot.extraction.reading import Line, Owner

REACH: Final = 7
"""Lines after a request in which its answer is looked for."""
_FILL: Final = (
    r"(?:(?:oh|ok(?:ay)?|right|yeah|yes|yep|sure|well|hmm+|um+|uh+|fine|alright|good|great|then|so|no problem"
    r"|no worries"
    r"|of course|actually|honestly|sorry)\b[,.!:;—–-]*\s+){0,5}"
)
_IT: Final = r"(?:it|that|this|those|them|these|one|both)(?: one)?\b"
TAKES: Final = re.compile(
    rf"{_FILL}(?:me\b(?!\s+(?:too|neither|either))|mine\b|(?:i(?:['’]ll| will| can| could|['’]m going to"
    rf"| am going to)?|let me|ill)\s+"
    rf"(?:then |also |gladly |happily )?(?:take|do|handle|sort|grab|own|make|bring|send|write|get|show|fix"
    rf"|prepare|cover|pick|try|see to"
    rf"|look (?:at|into)|take care of)\s+{_IT}"
    rf"|(?:give|hand|leave|pass) {_IT} (?:to|with) me|(?:it|that)['’]s (?:mine|me|on me)\b|on me\b"
    rf"|(?:i['’]m )?(?:already )?on it\b|(?:i['’]m )?doing {_IT}|i(?:['’]ll| will| can)(?=\W*$)|i volunteer|will do\b)",
    re.IGNORECASE,
)
"""A first person that takes on what was just spoken of."""


class Said(Enum):
    """What an answer says to a request."""

    YES = "yes"
    NO = "no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Answer:
    """The turn that answers, who speaks it, and what it says."""

    line: Line
    by: Owner
    said: Said


def answer_to(line: Line, following: Sequence[Line], asked: Owner | None) -> Answer | None:
    """The answer to what ``line`` asks of ``asked``, or of anybody.

    The person asked comes first; where they refuse or stay silent, whoever takes it on; else the next turn.
    """
    turns = [each for each in following if each.text.strip() and each.spoken]
    others = [each for each in turns if not each.same_speaker(line)]
    first = _answer(others[0]) if others and turns[0] is others[0] else None
    theirs = next((_answer(each) for each in others if asked is not None and asked.same_as(each.speaker)), None)
    told = theirs or (first if asked is None else None)
    if told is not None and told.said is Said.YES:
        return told
    taker = _taker(line, turns, told.by if told is not None and told.said is Said.NO else asked)
    return taker or told or first


def _taker(line: Line, turns: Sequence[Line], refused: Owner | None) -> Answer | None:
    """Whoever else takes on what ``line`` asks, before its speaker asks for the next thing."""
    for each in turns:
        if each.same_speaker(line):
            if asks(each.words):
                return None
        elif TAKES.match(each.words) and not asks(each.words) and not (refused and refused.same_as(each.speaker)):
            answer = _answer(each)
            return answer if answer is not None and answer.said is Said.YES else None
    return None


def _answer(line: Line) -> Answer | None:
    if line.speaker is None:
        return None
    words = line.words
    if TAKES.match(words) and not BUT_NO.search(words):
        return Answer(line, line.speaker, Said.YES)
    if NO.match(words) or BUT_NO.search(words):
        return Answer(line, line.speaker, Said.NO)
    return Answer(line, line.speaker, Said.YES if YES.match(words) else Said.OTHER)
