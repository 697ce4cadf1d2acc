"""Promises in the present tense and with the subject left out: "X sends it on Friday", "will send it tmrw".

The present tense is a promise only with a day ahead, a rhythm ("every Friday"), or as an item of a list; elsewhere it
describes. A sentence without a subject is its speaker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, conditional, sentences
from copilot.extraction.grammar import ANAPHORIC, GROUP, LEADS, ONE, PRONOUN, STATIVE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONDITION, CONFIRM, WHO_IS_I, Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.turning import end_of_clause
from copilot.extraction.verbs import task_verbs, third_person
from copilot.extraction.who import addressed, antecedent
from copilot.mentions import MentionKind

_LED: Final = rf"(?:^|[,;:—–(]\s*|\b(?:and|but|so|then|while|that|or)\s+)(?:(?i:{LEADS})\b[,.!:]*\s+){{0,6}}"
_HOW: Final = r"(?:(?:also|then|now|still|just|kindly|therefore|again|always|both|each|please)\s+)*"
_THIRD: Final = re.compile(
    rf"{_LED}(?:[Ff]rom now on,?\s+)?(?:(?P<group>{GROUP})|(?P<he>{PRONOUN}))(?:\s+instead of\s+{ONE})?\s+{_HOW}"
    r"(?P<verb>[a-z]+)\s+(?P<rest>\S.*)"
)
_SPOKEN: Final = re.compile(rf"{_LED}(?:(?P<i>[Ii])|(?P<you>[Yy]ou|[Uu]))\s+{_HOW}(?P<verb>[a-z]+)\s+(?P<rest>\S.*)")
_NO_SUBJECT: Final = re.compile(
    rf"(?:^|[,;:—–]\s*|\b(?:and|but|so|then)\s+)(?:(?i:{LEADS})\b[,.!:]*\s+){{0,6}}{_HOW}(?:(?P<firm>will|['’]ll"
    rf"|gonna|going to)"
    rf"|(?P<soft>need to|needs? to|have to|must|should|can|could|might|may|want to|plan(?:ning)? to|hop(?:e|ing) to"
    rf"|try(?:ing)? to))\s+{_HOW}(?P<rest>(?P<verb>[a-z]+)\s+\S.*|(?P<alone>[a-z]+)\W*$)",
    re.IGNORECASE,
)
_SHARED: Final = re.compile(
    rf"(?:(?i:{LEADS})\b[,.!:]*\s+){{0,6}}(?:(?P<group>{GROUP})|(?P<i>I))(?:['’]\w+)?\s+(?:(?!{ONE}\s+[a-z]+s?\b)[^,;.]){{3,80}}?,?\s+(?:and|but|then)\s+"
    r"(?:then |also |now )?(?P<modal>will|is going to|has (?:agreed|promised|offered) to|promised to|agreed to)\s+"
    r"(?:then |also |now )?(?P<rest>(?P<verb>[a-z][\w-]*)\s.*)"
)
_ON_IT: Final = re.compile(r"(?:do|be|take|see|have|go)\b(?!\s+(?:the|a|an|my|his|her|our)\b)", re.IGNORECASE)
_RECEIVES: Final = frozenset(["get", "gets", "obtain", "obtains", "need", "needs", "learn", "learns", "hear", "hears"])
_RHYTHM: Final = re.compile(r"\b(?:every|each|weekly|daily|monthly)\b", re.IGNORECASE)
_OVER: Final = re.compile(
    r"\b(?:yesterday|last (?:week|month|time|year|\w+day)|ago|already|usually|often|normally|sometimes|always)\b",
    re.IGNORECASE,
)
_ANY_DAY: Final = date(2026, 1, 5)


def read(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    """Promises of the line in the present tense or without a subject."""
    found: list[Reading] = []
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if asks(sentence) or _OVER.search(sentence):
            continue
        found += _third(line, start, end, people)
        found += _first(line, start, end, people, among=any(each.clause[0] >= start for each in found))
        found += _shared(line, start, end, people)
        if line.spoken:
            found += _elided(line, start, end)
    return tuple(found)


def _third(line: Line, start: int, end: int, people: PeopleView) -> Iterator[Reading]:
    for at in _starts(_THIRD, line.text[start:end]):
        match = _THIRD.match(line.text[start:end], at)
        if match is None:
            continue
        verb = match["verb"]
        # A plain base verb after a name is second-language English, or an order: it needs its day too.
        if verb in _RECEIVES or (verb not in third_person() and verb not in task_verbs()):
            continue
        stop = end_of_clause(line.text, start + match.start("rest"), end)
        words = line.text[start + match.start() : stop]
        listed = line.bullet and match.start() == 0 and verb in third_person()
        listed = listed or re.search(r"\b(?:this|next) (?:week|month|sprint)\b", words) is not None
        sure = _anchored(words) or _RHYTHM.search(words) is not None
        if not (sure or listed):
            continue
        kind = MentionKind.COMMITMENT if sure or line.section in {"actions", "decided"} else MentionKind.CANDIDATE
        question = None if kind is MentionKind.COMMITMENT else CONFIRM
        if conditional(words):
            kind, question = MentionKind.CANDIDATE, CONDITION
        span, clause = (start + match.start("verb"), stop), (start + match.start(), stop)
        if match["he"]:
            who = antecedent(line, start + match.start("he"), people)
            if who is not None:
                yield Reading(kind, *span, clause, who, question)
            continue
        group = line.text[start + match.start("group") : start + match.end("group")]
        yield from owned_readings(group, span, clause, people, kind)


def _first(line: Line, start: int, end: int, people: PeopleView, *, among: bool) -> Iterator[Reading]:
    """Read "I show it to her on Monday", "you rewrite it by the 14th"; without a day only ``among`` promises."""
    for at in _starts(_SPOKEN, line.text[start:end]):
        match = _SPOKEN.match(line.text[start:end], at)
        if match is None or match["verb"] not in task_verbs() - _RECEIVES or STATIVE.match(match["verb"]):
            continue
        stop = end_of_clause(line.text, start + match.start("rest"), end)
        words = line.text[start + match.start() : stop]
        who = line.speaker if match["i"] else addressed(line, start + match.start("you"), people)
        sure = _anchored(words)
        agreed = re.search(r"\b(?:as agreed|we agreed)\b", line.text[start:end], re.IGNORECASE) is not None
        then = re.search(r"\b(?:then|so)\s+(?:you|i)\b", words, re.IGNORECASE) is not None
        if who is None or not (sure or agreed or among or (then and match["you"])):
            continue
        firm = (sure or agreed or among) and not conditional(words)
        kind = MentionKind.COMMITMENT if firm else MentionKind.CANDIDATE
        clause = (start + match.start(), stop)
        yield Reading(kind, start + match.start("verb"), stop, clause, who, None if firm else CONFIRM)


def _shared(line: Line, start: int, end: int, people: PeopleView) -> Iterator[Reading]:
    """Read "X is writing the sheet and will circulate it": the second verb has the sentence's own subject."""
    match = _SHARED.match(line.text[start:end])
    if match is None or match["verb"] not in task_verbs():
        return
    stop = end_of_clause(line.text, start + match.start("rest"), end)
    span, clause = (start + match.start("rest"), stop), (start + match.start("modal"), stop)
    kind = MentionKind.CANDIDATE if conditional(line.text[start:stop]) else MentionKind.COMMITMENT
    question = CONDITION if kind is MentionKind.CANDIDATE else None
    if match["i"]:
        yield Reading(kind, *span, clause, line.speaker, question if line.speaker else WHO_IS_I)
        return
    group = line.text[start + match.start("group") : start + match.end("group")]
    yield from owned_readings(group, span, clause, people, kind)


def _elided(line: Line, start: int, end: int) -> Iterator[Reading]:
    match = _NO_SUBJECT.search(line.text[start:end])
    if match is None or line.speaker is None or match["alone"] or _ON_IT.match(match["rest"]):
        return
    if match["verb"].lower() not in task_verbs() or ANAPHORIC.fullmatch(match["rest"].strip(" .!")):
        return
    if match.start() > 0 and not _anchored(line.text[start + match.start() : end]):
        return  # what stands before may be the subject: "the job is down, will retry"
    stop = end_of_clause(line.text, start + match.start("rest"), end)
    firm = bool(match["firm"]) and not conditional(line.text[start:stop])
    kind = MentionKind.COMMITMENT if firm else MentionKind.CANDIDATE
    span = (start + match.start("rest"), stop)
    yield Reading(kind, *span, (start + match.start(), stop), line.speaker, None if firm else CONFIRM)


def _starts(shape: re.Pattern[str], sentence: str) -> list[int]:
    """Where the shape can begin; its open end would otherwise swallow the next clause."""
    found: list[int] = []
    at = 0
    while match := shape.search(sentence, at):
        found.append(match.start())
        at = match.start("rest")
    return found


def _anchored(words: str) -> bool:
    if TICKET.search(words):
        return True
    due = find_due(words, _ANY_DAY)
    return due is not None and not re.match(r"(?:for |on )?(?:today|this \w+)\b", words[due.start : due.end].lower())
