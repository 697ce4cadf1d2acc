"""Bullets of an action list that say what became of a promise instead of making one: "Ben: claims labelled".

A bullet that opens with a task verb is a task, whatever else it says, and is none of these.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.grammar import ONE
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner, Reading
from copilot.extraction.rules import status
from copilot.extraction.rules import status_words as words
from copilot.extraction.verbs import opens_task
from copilot.mentions import MentionKind

_FATES: Final = frozenset(
    {MentionKind.DONE, MentionKind.DROPPED, MentionKind.MOVED, MentionKind.STILL_OPEN, MentionKind.UNCLEAR}
)
_LABEL: Final = re.compile(rf"(?P<who>{ONE})\s*(?::|\s[–—-]\s)\s*(?:has |have )?")
_TASK: Final = re.compile(
    r"\b(?:to|will|shall|must|should|needs?|has to|have to|going to|can|please|pls)\s+(?:now |also |then )?"
    r"(?!be\b)[a-z]+|['’]ll\b",
    re.IGNORECASE,
)
_NOT_DONE: Final = re.compile(
    r"\bstill\b.{0,40}?\b(?:not|n['’]t)\b|\b(?:has|have|is|are|was) yet to\b"
    r"|\b(?:has|have|had)(?:n['’]t| not)(?: yet)? \w+",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"(?:^|[\s:,–—-])(?:[a-z]{3,}ed|sent|written|made|built|run|given|taken|set up|drawn|held|done|chosen|found|shown)"
    r"(?: (?:on|last|this|yesterday|today|already|at|in|to|with|by)\b[^.;]{0,40})?\W*$",
    re.IGNORECASE,
)
"""A past participle as the last word, but for when, where or by whom."""
_BEGINS: Final = re.compile(
    r"(?:[a-z]{3,}ed|sent|wrote|made|built|ran|gave|took|drew|held|did|chose|found|met)\s+\S", re.IGNORECASE
)
"""A past tense as the first word: "labelled the claims"."""


def read(line: Line, people: PeopleView, on: date) -> tuple[Reading, ...]:
    """What the bullet says became of something; nothing where it is a task."""
    if line.section != "actions" or not line.bullet or line.ticked is not None or line.cells or line.heading:
        return ()
    label = _LABEL.match(line.words)
    at = line.body + (label.end() if label else 0)
    rest = line.text[at:]
    if opens_task(rest) or (_TASK.search(rest) and not _NOT_DONE.search(rest)):
        return ()
    owner = owner_of(line.text[line.body : line.body + label.end("who")], people) if label else None
    whole = (at, len(line.text))
    if _NOT_DONE.search(rest):
        kind = MentionKind.MOVED if find_due(rest, on) is not None else MentionKind.STILL_OPEN
        return (Reading(kind, *whole, whole, owner or _subject(line, people)),)
    found = status.read(replace(line, body=at), people, on)
    fates = [each if each.owner or owner is None else replace(each, owner=owner) for each in found]
    fates = [each for each in fates if each.kind in _FATES]
    if not fates and _ended(rest, on):
        fates = [Reading(MentionKind.DONE, *whole, whole, owner)]
    return tuple(fates)


def _ended(rest: str, on: date) -> bool:
    if find_due(rest, on) is not None or words.NOT_YET.search(rest) or words.UNSURE.search(rest):
        return False
    return _ENDS.search(rest) is not None or _BEGINS.match(rest) is not None


def _subject(line: Line, people: PeopleView) -> Owner | None:
    found = re.match(ONE, line.words)
    return owner_of(line.words[: found.end()], people) if found else None
