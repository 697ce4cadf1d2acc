"""What stands before a line's own words: quote mark, bullet, check box, time stamp, and who speaks.

``<PERSON_1>: words`` is speech in a talk and "owner: task" in a list; which of the two is judged over the whole
document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copilot.extraction.grammar import PERSON
from guards.text import RedactedText
from knowledge.passages import RedactedLine

_STAMP: Final = r"[\[(]?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp][Mm])?[\])]?"
PREFIX: Final = re.compile(
    r"\s*(?:>\s*)*(?:(?P<bullet>[-*•+–]|\d{1,2}[.)])\s+)?(?:\[(?P<box>[ xX✓✔-]?)\]\s*)?"
    rf"(?:(?P<stamp>{_STAMP})\s*(?:[-–]\s+)?(?=[<@A-Za-z*_]))?(?:\*\*|__)?"
)
_LABEL: Final = re.compile(
    rf"(?P<who>{PERSON}|[A-Z]{{2,3}}|[a-z][A-Z]|[A-Z][a-z][A-Z])(?:\s*[\[(]{_STAMP[:-6]}[\])])?"
    r"(?:\*\*|__)?:(?:\*\*|__)?(?:\s+|$)"
)
_ANGLED: Final = re.compile(rf"<(?P<who>{PERSON})>:?\s+")
_ALONE: Final = re.compile(rf"\s*(?:\*\*|__)?(?P<who>{PERSON})(?:\*\*|__)?[,:]?\s+[\[(]?{_STAMP}[\])]?\s*$")
_NOT_SPEAKERS: Final = frozenset({"URL", "PS", "NB", "FYI", "TBD", "TBC", "KPI", "AI", "AP", "QA", "ID", "PR"})
_PROSE: Final = re.compile(
    r"\b(?:I|you|we|it|that's|is|are|was)\b|[.?!]\s|[.?!]$|^(?:yes|yep|yeah|ok|okay|thx|thanks|sure|cool|np|no)\b",
)


def label(text: RedactedText, at: int, *, turn: bool) -> re.Match[str] | None:
    """The speaker's label at ``at``, if one stands there."""
    match = _ANGLED.match(text, at) or _LABEL.match(text, at)
    if match is None or match["who"] in _NOT_SPEAKERS:
        return None
    return match if turn or match["who"].startswith(("<", "@")) or len(match["who"]) <= 3 else None


def alone(text: RedactedText) -> re.Match[str] | None:
    """A line that holds only a speaker and a time; the words stand below it."""
    return _ALONE.match(text)


def speaks(lines: Sequence[RedactedLine]) -> bool:
    """Whether ``<PERSON_1>: words`` in this document is speech rather than "owner: task"."""
    said: list[str] = []
    for line in lines:
        prefix = PREFIX.match(line.text)
        at = prefix.end() if prefix else 0
        found = label(line.text, at, turn=line.turn)
        if found and ((prefix and prefix["stamp"]) or found.re is _ANGLED):
            return True
        if found and line.text[found.end() :].strip():
            said.append(str(line.text[found.end() :]))
    return bool(said) and sum(bool(_PROSE.search(each)) for each in said) * 2 >= len(said)
