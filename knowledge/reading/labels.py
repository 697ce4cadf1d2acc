"""What looks like a speaker's label at the start of a line: ``Ada Nwosu: words``, ``[00:01:02] Ada: words``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_STAMP: Final = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp][Mm])?[\])]?"
_LABEL: Final = re.compile(
    rf"\s*(?:{_STAMP}\s+(?:[-–]\s+)?)?(?:\*\*|__)?(?P<name>[^\s:*#|>\-•][^:*\n]{{0,59}}?)\s*"
    rf"(?:[\[(]?{_STAMP}[\])]?\s*)?(?::(?:\*\*|__)?|(?:\*\*|__):)(?:\s+(?P<words>\S.*)|\s*)$"
)
_ALONE: Final = re.compile(rf"\s*(?P<name>[^\s:*#|>\-•][^:*\n]{{0,59}}?)\s{{1,}}{_STAMP}\s*$")
"""The header line of a Teams transcript saved as DOCX: name and time, the words on the lines below."""
_PARTICLES: Final = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "bin",
        "bint",
        "al",
        "el",
        "ibn",
        "ben",
        "la",
        "le",
        "y",
        "e",
        "of",
    ]
)
_NOT_NAMES: Final = frozenset(
    [
        "action",
        "actions",
        "agenda",
        "ask",
        "attendees",
        "blocker",
        "blockers",
        "call",
        "chat",
        "commitment",
        "commitments",
        "context",
        "date",
        "decision",
        "decisions",
        "due",
        "duration",
        "escalation",
        "example",
        "goal",
        "kpi",
        "link",
        "location",
        "metric",
        "metrics",
        "minutes",
        "next",
        "note",
        "notes",
        "objective",
        "outcome",
        "owner",
        "participants",
        "pair",
        "present",
        "problem",
        "project",
        "proposal",
        "question",
        "questions",
        "recording",
        "re",
        "regrets",
        "repository",
        "resolved",
        "risk",
        "risks",
        "scribe",
        "status",
        "subject",
        "summary",
        "ticket",
        "tickets",
        "time",
        "title",
        "to",
        "todo",
        "topic",
        "topics",
        "update",
        "url",
        "week",
    ]
)
_SMALL_FIRST: Final = re.compile(r"[a-z]{1,4}[-'’][^\W\d_a-z]")
"""A name with a small particle drawn to it: "al-Masri", "d'Arcy"."""


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's name and what follows it on the line (empty when the words stand on the next lines)."""

    name: str
    words: str


def speaker_label(line: str) -> Label | None:
    """The label of a line, or ``None`` when its first words are not plausibly a name."""
    match = _LABEL.match(line) or _ALONE.match(line)
    if match is None or not plausible_name(match.group("name")):
        return None
    return Label(match.group("name").strip(), match.groupdict().get("words") or "")


def plausible_name(text: str) -> bool:
    """Whether words could name a speaker: few, capitalised where the script has capitals, and no form label."""
    words = re.sub(r"\([^)]*\)", "", text).split()
    if not 1 <= len(words) <= 5 or words[0].casefold() in _NOT_NAMES or re.search(r"[,;!?/<>=\"]|https?$", text):
        return False
    return all(_name_word(word) for word in words) and any(word[0].isalpha() or word[0] == "@" for word in words)


def _name_word(word: str) -> bool:
    first = word[0]
    if not first.isalpha():
        return first in "@'’(" or word.isdigit()
    # A script without capitals (Chinese, Arabic) gives no such hint: a letter is enough.
    return not first.islower() or word in _PARTICLES or bool(_SMALL_FIRST.match(word))
