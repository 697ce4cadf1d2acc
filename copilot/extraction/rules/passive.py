"""Passive and pointed forms: "Y to be done by X", "Y will be prepared by X", and "X takes Y over from Z"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copilot.extraction.clauses import asks, sentences
from copilot.extraction.grammar import GROUP, ONE
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.mentions import MentionKind
from guards.text import RedactedText

_PASSIVE: Final = re.compile(
    rf"^(?P<what>[^,;]{{3,80}}?)\s+(?:is to be|are to be|to be|will be"
    rf"|shall be)\s+(?!not\b)(?P<verb>\w+)\s(?:[^,;]{{0,40}}?)?by\s+(?P<who>{GROUP})"
)
_OVER: Final = re.compile(
    rf"(?<!\bor )(?<!/)(?P<new>{ONE})\s+(?:will (?:now )?take|is taking|takes|to take|has agreed to take"
    rf"|can take)\s+(?:over\s+(?P<what>.+?)|(?P<that>.+?)\s+over)\s+from\s+(?P<old>{ONE})"
)
_HANDS: Final = re.compile(
    rf"(?P<old>{ONE})\s+(?:hands|handed|is handing|will hand|to hand|passes|passed)\s+(?P<what>.+?)\s+(?:over "
    rf"|on )?to\s+(?P<new>{ONE})"
)
_POINTS: Final = re.compile(r"(?:that|this|it|those|them)\b", re.IGNORECASE)


def read(line: Line, people: PeopleView, earlier: Sequence[tuple[Reading, RedactedText]]) -> tuple[Reading, ...] | None:
    """Readings of the line's passive and handing-on sentences, or ``None`` when it has none."""
    found: list[Reading] = []
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if asks(sentence):
            continue
        over = _OVER.search(sentence) or _HANDS.search(sentence)
        if over:
            found.append(_handing(line, over, start, end, people, earlier))
            continue
        match = _PASSIVE.match(sentence)
        if match:
            who = sentence[slice(*match.span("who"))]
            found += owned_readings(who, (start, start + match.end("what")), (start, end), people)
    return tuple(found) or None


def _handing(  # noqa: PLR0913, PLR0917
    line: Line, match: re.Match[str], start: int, end: int, people: PeopleView,
    earlier: Sequence[tuple[Reading, RedactedText]],
) -> Reading:  # fmt: skip
    sentence = line.text[start:end]
    old = owner_of(sentence[slice(*match.span("old"))], people)
    new = owner_of(sentence[slice(*match.span("new"))], people)
    span = match.span("what") if match["what"] else match.span("that")
    text: RedactedText | None = None
    if _POINTS.fullmatch(sentence[slice(*span)].strip()):
        text = next((words for reading, words in reversed(earlier) if old.same_as(reading.owner)), None)
    return Reading(MentionKind.MOVED, start + span[0], start + span[1], (start, end), old, text=text, to=new)
