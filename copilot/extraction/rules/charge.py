"""Sentences that say whose something is: "X is responsible for …", "… is on X", "X's task is …", "X owes us …".

A standing duty ("X is in charge of the platform team") is no promise, so that without a date, a ticket or an action
heading these forms are candidates to confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, conditional, sentences
from copilot.extraction.grammar import GROUP, LEADS, ONE, PERSON, ROLE, TICKET
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONDITION, CONFIRM, WHO, WHO_IS_I, Line, Owner, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.extraction.turning import end_of_clause
from copilot.extraction.who import addressed
from copilot.mentions import MentionKind

_TASK: Final = (
    r"(?:task|action(?: item| point)?|homework|job|next step|to-?do|part|assignment|commitment|promise|piece|mission"
    r"|thing to do|micro-?commitment|follow-?up)s?"
)
_UNTIL: Final = r"(?:\s+(?:until|till|for|before|by|this)\s+(?:the |our )?(?:next )?\w+(?: \w+)?)?"
_OWN: Final = rf"(?:(?P<group>{PERSON}|{ROLE})['’]s?|(?P<my>[Mm]y|[Mm]ine)|(?P<your>[Yy]ours?))"
_LED: Final = rf"(?:^|[,;:—–]\s*|\b(?:and|but|so|then|while|that)\s+)(?:(?i:{LEADS})\b[,.!:]*\s+){{0,6}}"
_IS: Final = r"(?:\s+(?:is|are|was|will be|would be)(?:\s+(?:still|now|just|simply))?\s*:?|\s*[:–—-])\s*"


@dataclass(frozen=True, slots=True)
class _Form:
    """A shape with the groups ``what`` and one of ``group``, ``my``, ``your``; ``firm`` without a date."""

    shape: re.Pattern[str]
    firm: bool = False


_FORMS: Final = (
    # X's task until next time: measure …; my action is to …; and mine is the …
    _Form(re.compile(rf"{_LED}{_OWN}\s+(?:\w+\s+)?{_TASK}\b{_UNTIL}{_IS}(?:to\s+)?(?P<what>\S.*)"), firm=True),
    _Form(re.compile(rf"{_LED}(?P<my>[Mm]ine) is\s+(?:to\s+)?(?P<what>\S.*)"), firm=True),
    # next step for X is to …; homework for X: …; for X, it is to …
    _Form(re.compile(
        rf"{_LED}(?:[Tt]he |[Aa] |[Oo]ne )?(?:\w+ )?(?i:{_TASK})\s+(?:for|of|to)\s+(?P<group>{GROUP}){_UNTIL}{_IS}"
        r"(?:to\s+)?(?P<what>\S.*)"), firm=True),
    _Form(re.compile(
        rf"(?:^|[,;]\s*|\band\s+)[Ff]or\s+(?P<group>{GROUP}),?\s+(?:it|that|this|the next step|the task)\s*(?:is|['’]s)"
        r"\s+to\s+(?P<what>[a-z].*)"), firm=True),
    # X leaves with one task, which is to …
    _Form(re.compile(
        rf"{_LED}(?P<group>{GROUP})\s+(?:leaves|left|goes|went|comes|came|walks|walked|has|gets|got|takes)\s+"
        rf"(?:away |home |off |out )?(?:with )?(?:one|the|an?|this|his|her|their|two)\s+(?:\w+ )?{_TASK}\b[^.]{{0,24}}?"
        r"(?:\bto\s+|:\s*)(?P<what>[a-z].*)"), firm=True),
    # it is up to X to …; it falls to X to …; we count on X to …; leave it to X to …
    _Form(re.compile(
        rf"(?:(?:[Ii]t|[Tt]hat) is (?:to|for|on|with)|up to|falls? to|fell to|down to|over to|depends? on"
        rf"|count(?:s|ing)? on|rel(?:y|ies|ying) on"
        rf"|wait(?:s|ing)? for|leaves? it to|looks? to|(?:turn|job|on) (?:of|is|for))\s+(?P<group>{GROUP})\s+to\s+"
        r"(?P<what>[a-z].*)"), firm=True),
    # X owes us …; I owe you …; due from X by Tuesday: …
    _Form(re.compile(
        rf"{_LED}(?:(?P<group>{GROUP})\s+(?:still |also )?owes|(?P<my>I)\s+(?:still |also )?owe"
        rf"|(?P<your>[Yy]ou)\s+(?:still |also )?owe)\s+(?:(?:us|me|you|him|her|them|everyone|the (?:team|group)"
        rf"|{ONE})\s+)?"
        r"(?P<what>(?!everything|nothing|much|a lot)\S.*)"), firm=True),
    _Form(re.compile(rf"{_LED}[Dd]ue from\s+(?P<group>{GROUP})[^:]{{0,30}}:\s*(?P<what>\S.*)"), firm=True),
    _Form(re.compile(
        r"(?:waiting for|expecting|expects?|awaiting|need(?:s|ed)?|want(?:s|ed)?)\s+(?P<what>(?:the|a|an|his"
        r"|her|two|\d+)\s[^,.;]{2,60}?)\s+from\s+"
        rf"(?P<group>{GROUP})(?=\W|$)")),
    # responsible for the check: X; owner of the page: X; lead: X
    _Form(re.compile(
        r"(?:^|[,;.]\s*)(?i:(?:the )?(?:responsible|owner|owned|lead|accountable|assigned"
        r"|in charge)(?: person)?)\s+(?:for|of)\s+"
        rf"(?P<what>[^:,]{{3,80}}?)\s*(?::|\bis\b|\bare\b)\s*(?P<group>{GROUP})"), firm=True),
    _Form(re.compile(
        rf"{_LED}(?P<what>[^:;,.]{{3,60}}?):\s*(?P<group>{GROUP})\s+(?:is|are)\s+(?:responsible|in charge"
        rf"|the owner|on it)"),
        firm=True),
    # X is responsible for …; X is in charge of …; X looks after …
    _Form(re.compile(
        rf"{_LED}(?P<group>{GROUP})\s+(?:is|are|will be|stays|remains)\s+(?:now |also |still )?(?:responsible for"
        r"|in charge of|on the hook for|accountable for|the owner of|owner of|on point for|assigned to"
        r"|tasked with|down for"
        r"|asked for|to own|leading on)\s+(?P<what>(?!this (?:pair|project)|it\b)\S.*)")),
    _Form(re.compile(
        rf"{_LED}(?P<group>{GROUP})\s+(?:takes? care (?:of|about)|looks? after|is taking care of"
        rf"|is looking after|handles?"
        r"|has been (?:tasked|charged|entrusted) with|was (?:tasked|charged|entrusted) with|takes? charge of"
        r"|takes the lead on"
        r"|came forward for|steps up for)\s+(?P<what>\S.*)")),
    # X has two interviews to do by the 12th; X has the note on her list
    _Form(re.compile(
        rf"{_LED}(?P<group>{GROUP})\s+(?:still )?(?:has|have|['’]s got"
        rf"|has got)\s+(?P<what>[^,;.]{{3,60}}?\s+to\s+(?:do|make|finish|write|give"
        r"|send|prepare|sort|close|deliver|review|read|check)\b.*|[^,;.]{3,60}?\s+on\s+(?:his|her|their|the|my|your)\s+(?:list|plate|desk|agenda)\b.*)")),
    _Form(re.compile(
        r"(?:^|[,;]\s*|\b(?:still|am|is|are)\s+)(?i:waiting (?:for|on)|need"
        r"|needs)\s+(?P<what>[a-z][^,.;]{2,60}?)\s+from\s+"
        rf"(?P<group>{GROUP})(?=\W|$)")),
    # the plan is on X; the ticket stays with X until …; … is assigned to X
    _Form(re.compile(
        rf"{_LED}(?P<what>(?!(?:it|this|that|there|he|she|they|we|i|you|the (?:problem|issue|question|trouble"
        rf"|ball|decision))\b)"
        r"[^,;:.]{3,70}?)\s+(?:(?:is|are|sits?|stays?|lies?|remains?|rests?|lands?|goes|go)\s+(?:now "
        r"|still )?(?:on|with|to)"
        rf"|(?:is|are|was|were|has been|gets?)\s+(?:now )?(?:assigned|allocated|handed|given|delegated"
        rf"|left) (?:to|with)|belongs to"
        rf"|(?:is|are) (?:owned|handled|done|covered|taken|led) by)\s+(?P<group>{GROUP})(?!['’]s)(?=\W"
        rf"|$)"), firm=False),
)  # fmt: skip
_WANTED: Final = re.compile(
    r"\b(?:needs?|look(?:s|ing)? for|want|wants) (?:somebody|someone|a volunteer|one person|a person"
    r"|anyone) (?:else )?(?:to|who can|who)\s+(?P<what>[a-z].*)"
)
"""Somebody is wanted for something: it is owed by nobody yet."""
_GET_FROM_ME: Final = re.compile(
    rf"{_LED}(?:[Ff]rom (?:me|my side|my end),?\s+)?[Yy]ou(?:['’]ll|\s+will)?\s+(?:get|have|receive)\s+"
    r"(?P<what>(?!to\b|it (?:right|wrong)|used\b|better\b)\S.*)"
)
_ANY_DAY: Final = date(2026, 1, 5)
_PAST: Final = re.compile(r"\b(?:until (?:last|then)|used to|last (?:week|month|year)|no longer|not|never|n['’]t)\b")
_ROLE_ONLY: Final = re.compile(rf"(?:{ROLE}|{ONE})[\s.]*$")


def read(line: Line, people: PeopleView) -> tuple[Reading, ...]:
    """Every sentence of the line that says whose something is."""
    found: list[Reading] = []
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if asks(sentence) or _PAST.search(sentence):
            continue
        for form in _FORMS:
            for match in form.shape.finditer(sentence):
                if not any(each.clause[0] < start + match.end() and start + match.start() < each.clause[1]
                           for each in found):  # fmt: skip
                    found += _charged(line, match, (start, end), people, firm=form.firm)
        wanted = _WANTED.search(sentence)
        if wanted:
            stop = end_of_clause(line.text, start + wanted.start("what"), end)
            span = (start + wanted.start("what"), stop)
            found.append(Reading(MentionKind.COMMITMENT, *span, (start + wanted.start(), stop), question=WHO))
        if not found:
            found += _promised_to_you(line, start, end)
    return tuple(found)


def _charged(
    line: Line, match: re.Match[str], span: tuple[int, int], people: PeopleView, *, firm: bool
) -> Iterator[Reading]:
    start, end = span
    first, last = start + match.start("what"), start + match.end("what")
    if match.end("what") == match.end():
        last = end_of_clause(line.text, first, last)
    if _ROLE_ONLY.match(line.text[first:last]) or not line.text[first:last].strip(" .,"):
        return
    clause = (start + match.start(), max(last, start + match.end() if match.end("what") != match.end() else last))
    if match.end("what") != match.end():
        clause = (clause[0], end_of_clause(line.text, clause[1], end))
    words = line.text[slice(*clause)]
    anchored = TICKET.search(words) is not None or find_due(words, _ANY_DAY) is not None
    sure = firm or anchored or line.section == "actions"
    kind, question = (MentionKind.COMMITMENT, None) if sure else (MentionKind.CANDIDATE, CONFIRM)
    if conditional(words):
        kind, question = MentionKind.CANDIDATE, CONDITION
    said = match.groupdict()
    if said.get("group"):
        group = line.text[start + match.start("group") : start + match.end("group")]
        yield from owned_readings(group, (first, last), clause, people, kind)
        return
    who: Owner | None = line.speaker if said.get("my") else addressed(line, start + match.start(), people)
    if who is None and said.get("your"):
        return
    yield Reading(kind, first, last, clause, who, question if who else WHO_IS_I)


def _promised_to_you(line: Line, start: int, end: int) -> Iterator[Reading]:
    """Read "you get the template tomorrow": whoever writes it owes it."""
    match = _GET_FROM_ME.search(line.text[start:end])
    if match is None or line.speaker is None or find_due(match["what"], _ANY_DAY) is None:
        return
    yield Reading(MentionKind.COMMITMENT, start + match.start("what"), end, (start + match.start(), end), line.speaker)
