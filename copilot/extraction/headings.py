"""Headings: whose tasks stand below, which section begins, and which plain lines are headings at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from copilot.extraction.grammar import PERSON, ROLE
from copilot.extraction.owners import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Owner
from guards.text import RedactedText
from knowledge.passages import RedactedLine

_TASKS: Final = (
    r"(?:micro-?\s?commitments?|commitments?|actions?(?: items?| points?)?|next steps?|to-?\s?dos?|tasks?|homework"
    r"|assignments?|promises|follow[- ]?ups?|list)"
)
_WHEN: Final = (
    r"(?:\s+(?:until|till|before|for|by|this|from|up to|after)\b(?: the| our)?(?: \w+){0,2}? "
    r"?(?:time|session|meeting|week|sprint|then|today|\w*day))?"
)
_NAME: Final = rf"(?P<who>{PERSON}|{ROLE}|[Yy]our?|[Mm]y|[Mm]e)"
_HEADING_PERSON: Final = re.compile(
    rf"(?:(?:(?P<tasks>{_TASKS})\s+)?(?:for|of|by|[-–—:])\s+)?{_NAME}(?:['’]s?)?(?:\s+(?P<after>{_TASKS}))?{_WHEN}"
    r"\s*(?:\([^)]*\))?\s*:?\s*$",
    re.IGNORECASE,
)
_ACTIONS: Final = re.compile(
    r"(?:micro-?\s?commitments?|commitments?|action(?:s| items?| points?)|next steps?|to-?\s?dos?|follow[- ]?ups?"
    r"|tasks?|open (?:actions?|items?|tasks?)|(?:the |new |our |all )(?:actions?|tasks?|next steps?|commitments?)"
    r"|who does what|agreed actions|agreed next steps|homework|(?:before|for|until|till|by) (?:the )?next"
    r" (?:session|time|meeting|week)|what (?:we|was) agreed(?: on)?|what happens next|we agreed(?: that)?|promises)"
    r"\b[^.!?]{0,40}:?\s*$",
    re.IGNORECASE,
)
_DONE: Final = re.compile(r"(?:done|completed|finished|closed)(?: items| actions)?:?\s*$", re.IGNORECASE)
_SECTIONS: Final = (
    ("done", _DONE),
    ("blocked", re.compile(
        r"(?:blocked|blockers?|blocked (?:on|by)|stuck(?: on)?|waiting (?:for|on)|impediments?|obstacles?)"
        r"(?: for the sponsor)?\s*[:?]?\s*$", re.IGNORECASE)),
    ("undecided", re.compile(
        r"(?:open (?:questions?|decisions?|points?|issues?)|undecided|(?:still )?to (?:decide|be decided)"
        r"|decisions? (?:needed|pending|open))\s*[:?]?\s*$", re.IGNORECASE)),
    ("decided", re.compile(r"(?:decided|decisions?(?: (?:made|taken))?|agreed)\s*:?\s*$", re.IGNORECASE)),
    ("talk", re.compile(
        r"(?:agenda|ideas?(?: for later)?|parking lot|parked|topics?|how to\b.{0,40}|(?:some )?advice|tips|instructions"
        r"|steps to \w+.{0,30}|read ?me|set-?up|usage|background|resources|reading|good practice|(?:useful )?links"
        r"|options|brainstorm(?:ing)?|wish ?list|questions?|attendees|present|apologies|nice to have|lessons"
        r"(?: learn(?:ed|t))?|what (?:we|i) learn(?:ed|t)|principles|guidelines?|checklist for.{0,30}|recommendations?"
        r"|suggestions?)\s*:?\s*$", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """The state that headings carry from line to line."""

    under: Owner | None = None
    section: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says "I" and who is "you" in the whole document, where it says so."""

    author: Owner | None = None
    reader: Owner | None = None


def heading_of(line: RedactedLine, body: int, *, alone: bool) -> tuple[int, int]:
    """Level of a heading and where its words start; a short line that ends in a colon counts as level 7."""
    marks = re.match(r"\s*(#{1,6})\s+", line.text)
    if marks:
        return len(marks.group(1)), marks.end()
    if line.heading:
        return line.heading, body
    words = line.text[body:].strip()
    if alone and re.fullmatch(r"(?:\*\*|__)?[^|]{2,60}?(?:\*\*:?|__:?|:)", words):
        return 7, body
    shapes = (_ACTIONS, *(shape for _, shape in _SECTIONS[1:]))
    if len(words) < 40 and any(each.fullmatch(words) for each in shapes):
        return 7, body
    if alone and len(words) < 50 and _named_tasks(words):
        return 7, body
    return 0, body


def _named_tasks(words: str) -> bool:
    match = _HEADING_PERSON.fullmatch(words)
    return match is not None and bool(match["tasks"] or match["after"])


def moved(where: Where, words: RedactedText, level: int, people: PeopleView, voices: Voices) -> Where:
    """Where the lines below a heading stand."""
    plain = words.trimmed("*_ ")
    person = _HEADING_PERSON.fullmatch(plain)
    owner = _whose(plain, person, people, voices) if person else None
    if person and owner:
        tasks = person["tasks"] or person["after"]
        return Where(owner, "actions" if tasks else where.section if where.section == "actions" else "", level)
    if _ACTIONS.match(plain):
        return Where(None, "actions", level)
    named = next((name for name, shape in _SECTIONS if shape.fullmatch(plain)), None)
    if named is not None:
        return Where(None, named, level)
    return Where(None, "", level) if level <= where.level or level < 7 or where.section else replace(where, under=None)


def _whose(plain: RedactedText, match: re.Match[str], people: PeopleView, voices: Voices) -> Owner | None:
    said = match["who"].lower()
    if said in {"my", "me"}:
        return voices.author
    if said in {"you", "your"}:
        return voices.reader
    return owner_of(plain[slice(*match.span("who"))], people)
