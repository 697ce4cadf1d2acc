"""What became of a promise: done, moved, dropped. The ledger decides which open item, if any, is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, sentences
from copilot.extraction.grammar import LEADS, ONE, PERSON, TICKET
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner, Reading
from copilot.mentions import MentionKind
from guards.text import RedactedText, joined

_DONE: Final = re.compile(
    r"\b(?:done|finished|completed?|merged|closed|shipped|delivered|resolved|sorted)\b|[✅✔]", re.IGNORECASE
)
_NOT_YET: Final = re.compile(
    r"\b(?:not|n['’]t|nearly|almost|half|partly|partially|never|yet|to be|will|once|when|until|after|before|if"
    r"|unless|should|must|get(?:ting)? (?:it )?done"
    r"|can|could|would|to get|\d+ ?(?:/|of|out of) (?:the )?\d+|some of|most of)\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    rf"(?:^|[,:]\s*)(?:(?i:{LEADS})[,.!]?\s+)*(?:(?P<who>{ONE})|(?P<first>I))\s*(?:has |have |['’]ve "
    rf"|['’]s )?(?:already |now |just |also )?"
    r"(?P<verb>[a-z]+ed|sent|wrote|written|made|built|ran|met|gave|took|set|drew|held|did|put|read|got|chose|cut"
    r"|brought)\s+(?=\S)"
)
_NOT_ENDED: Final = frozenset(
    [
        "agreed",
        "asked",
        "started",
        "wanted",
        "tried",
        "needed",
        "used",
        "promised",
        "committed",
        "offered",
        "discussed",
        "mentioned",
        "talked",
        "planned",
        "hoped",
        "volunteered",
        "noticed",
        "liked",
        "seemed",
        "looked",
        "worried",
        "suggested",
        "proposed",
        "explained",
        "struggled",
        "failed",
        "decided",
        "reported",
        "raised",
        "assigned",
        "tasked",
        "interested",
        "supposed",
        "concerned",
        "tired",
        "excited",
        "pleased",
        "stuck",
        "got",
        "did",
    ]
)
_MOVED: Final = re.compile(
    r"\b(?:moved|pushed|slipped|slips|postponed|rescheduled|delayed|shifted|deferred|moves|now due)\b", re.IGNORECASE
)
_DROPPED: Final = re.compile(
    r"\b(?:no longer (?:needed|required|necessary|relevant)|not needed (?:any ?more|after all|now)|dropped"
    r"|cancell?ed|descoped"
    r"|abandoned|(?:we|i) (?:won['’]t|will not) (?:do|need)|drop (?:it|this|that))\b",
    re.IGNORECASE,
)
_NOTED: Final = re.compile(
    rf"\((?P<who>{PERSON})['’]s\s+[^()]{{2,40}}?,?\s*done\)"
    rf"|^(?P<by>{PERSON})\s+(?P<verb>[a-z]+)\b[^():;.]{{2,60}}?\(done\)",
    re.IGNORECASE,
)
"""Done, said in brackets of what somebody did: "X asked Y (done): ...", "... (X's introduction, done)"."""
_ONLY_DONE: Final = re.compile(
    r"(?:(?:yes|yeah|yep|all|it['’]s|that['’]s)[,.]?\s+)?(?:done|finished|sorted)\W*$", re.IGNORECASE
)
_POINTS_BACK: Final = re.compile(
    r"^(?:(?:yes|yeah|yep|sure)[,.]?\s+)?(?:i\s+)?(?:got|did|sent|finished|have)\s+(?:it|that|them|those)\b"
    r"|\b(?:that|it|those)(?: is|['’]s| are) done\b",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r"(?:[\s.;,(–—-]+done\b\)?\s*(?::?\s*\S*)?|\s*[✅✔]️?)\s*$", re.IGNORECASE)


def done_suffix(line: Line) -> bool:
    """Whether an action line says at its end that it is done ("… done: link")."""
    return bool(_SUFFIX.search(line.text, line.body)) and not re.search(
        r"(?:be|get|not|gets|being|half|nearly) done\W*$", line.text, re.IGNORECASE
    )


def read(line: Line, people: PeopleView, on: date, *, before: Line | None = None) -> tuple[Reading, ...]:
    """Status readings of the line, at most one for each sentence.

    ``before`` is the other speaker's turn before it: "And the calendar?" says what "got it, that is done" is about.
    """
    found: list[Reading] = []
    for start, end in _statements(line):
        sentence = line.text[start:end]
        if asks(sentence):
            continue
        noted = _NOTED.search(sentence)
        if noted is not None:
            who = sentence[slice(*noted.span("who" if noted["who"] else "by"))]
            found.append(Reading(MentionKind.DONE, start, start + noted.end(), (start, end), owner_of(who, people)))
            continue
        kind = _kind(sentence, line, on)
        if kind is not None:
            reading = Reading(kind, start, end, (start, end), _who(line, start, end, people))
            found.append(replace(reading, text=_asked_about(sentence, before)))
    return tuple(found)


def _asked_about(sentence: RedactedText, before: Line | None) -> RedactedText | None:
    """The question before and the answer, where the answer only points back to what was asked about."""
    if before is None or not _POINTS_BACK.search(sentence):
        return None
    last = [before.text[start:end] for start, end in sentences(before.text, before.body)][-1:]
    return joined(" ", (last[0], sentence)) if last and asks(last[0]) else None


def _statements(line: Line) -> Iterator[tuple[int, int]]:
    """Sentences; a bare "Done." takes the sentence after it along, which says what."""
    waiting: int | None = None
    for start, end in sentences(line.text, line.body):
        if waiting is None and _ONLY_DONE.match(line.text[start:end]):
            waiting = start
            continue
        yield (start if waiting is None else waiting), end
        waiting = None
    if waiting is not None:
        yield waiting, len(line.text)


def _kind(sentence: str, line: Line, on: date) -> MentionKind | None:
    if _DROPPED.search(sentence):
        return MentionKind.DROPPED
    if _MOVED.search(sentence) and find_due(sentence, on):
        return MentionKind.MOVED
    if _NOT_YET.search(sentence):
        return None
    past = _PAST.search(sentence)
    ended = past is not None and past["verb"] not in _NOT_ENDED
    said = _DONE.search(sentence) is not None and (TICKET.search(sentence) is not None or len(sentence.split()) <= 12)
    return MentionKind.DONE if ended or said or line.section == "done" else None


def _who(line: Line, start: int, end: int, people: PeopleView) -> Owner | None:
    match = re.match(ONE, line.text[start:end])
    if match:
        return owner_of(line.text[start : start + match.end()], people)
    return line.speaker
