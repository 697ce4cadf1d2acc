"""What became of a promise: done, moved, dropped. The ledger decides which open item, if any, is meant."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, sentences
from copilot.extraction.grammar import LEADS, ONE, TICKET
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner, Reading
from copilot.mentions import MentionKind

_DONE: Final = re.compile(
    r"\b(?:done|finished|completed?|merged|closed|shipped|delivered|resolved|sorted)\b|[✅✔]", re.IGNORECASE
)
_NOT_YET: Final = re.compile(
    r"\b(?:not|n['’]t|nearly|almost|half|partly|partially|never|yet|to be|will|once|when|until|after|before|if|unless|should|must|get(?:ting)? (?:it )?done"  # noqa: E501
    r"|can|could|would|to get|\d+ ?(?:/|of|out of) (?:the )?\d+|some of|most of)\b|['’]ll\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    rf"(?:^|[,:]\s*)(?:(?i:{LEADS})[,.!]?\s+)*(?:(?P<who>{ONE})|(?P<first>I))\s*(?:has |have |['’]ve |['’]s )?(?:already |now |just |also )?"  # noqa: E501
    r"(?P<verb>[a-z]+ed|sent|wrote|written|made|built|ran|met|gave|took|set|drew|held|did|put|read|got|chose|cut|brought)\s+(?=\S)"
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
    r"\b(?:no longer (?:needed|required|necessary|relevant)|not needed (?:any ?more|after all|now)|dropped|cancell?ed|descoped"  # noqa: E501
    r"|abandoned|(?:we|i) (?:won['’]t|will not) (?:do|need)|drop (?:it|this|that))\b",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r"(?:[\s.;,(–—-]+done\b\)?\s*(?::?\s*\S*)?|\s*[✅✔]️?)\s*$", re.IGNORECASE)


def done_suffix(line: Line) -> bool:
    """Whether an action line says at its end that it is done ("… done: link")."""
    return bool(_SUFFIX.search(line.text, line.body)) and not re.search(
        r"(?:be|get|not|gets|being|half|nearly) done\W*$", line.text, re.IGNORECASE
    )


def read(line: Line, people: PeopleView, on: date) -> tuple[Reading, ...]:
    """Status readings of the line, at most one for each sentence."""
    found: list[Reading] = []
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if asks(sentence):
            continue
        kind = _kind(sentence, line, on)
        if kind is not None:
            found.append(Reading(kind, start, end, (start, end), _who(line, start, end, people)))
    return tuple(found)


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
