"""Passive and pointed forms: "Y to be done by X", "Y will be prepared by X", and "X takes Y over from Z"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.extraction.clauses import asks, conditional, sentences
from copilot.extraction.grammar import GROUP, ONE
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, Line, Reading
from copilot.extraction.rules.explicit import owned_readings
from copilot.mentions import MentionKind
from guards.text import RedactedText

_PASSIVE: Final = re.compile(
    rf"(?:^|[,;]\s+|\b(?:and|but|that|so)\s+)(?P<what>(?!(?:{ONE}|[Ii]|[Ww]e|[Yy]ou|[Hh]e|[Ss]he)\b)[^,;]{{3,80}}?)\s+"
    rf"(?P<modal>would be|was to be|were to be|is to be|are to be|to be|will be|shall be|must be|should be"
    rf"|has to be|have to be|needs? to be"
    rf"|still (?:needs?|has) to be|(?:is|are) going to be|gets|get|is being|are being)\s+(?!not\b)(?P<verb>\w+)\b"
)
_AGREED: Final = re.compile(r"\b(?:agreed|decided|said|confirmed|noted)\b")
_BY: Final = re.compile(rf"\bby\s+(?P<who>{GROUP})")
_DONE_TO: Final = re.compile(r"\w+(?:ed|en|wn|nt|pt|lt|de|ne|un|ut|ad|ld|et|it|ght)$")
_OVER: Final = re.compile(
    rf"(?<!\bor )(?<!/)(?P<new>{ONE})\s+(?:will (?:now )?take|is taking|takes|took|to take|has agreed to take"
    rf"|has taken|agreed to take"
    rf"|can take|is going to take)\s+(?:over\s+(?P<what>.+?)|(?P<that>.+?)\s+over)\s+from\s+(?P<old>{ONE})"
)
_HANDS: Final = re.compile(
    rf"(?P<old>{ONE})\s+(?:hands|handed|is handing|will hand|to hand|passes|passed|gives|gave|has handed|has passed)\s+"
    rf"(?:over\s+)?(?P<what>.+?)\s+(?:over |on )?to\s+(?P<new>{ONE})(?=\W|$)"
)
_INSTEAD: Final = re.compile(
    rf"(?P<new>{ONE})\s+(?:will now |will |to |is going to |does |now does |['’]ll |is doing |takes |now takes |has )"
    rf"(?P<what>[^.;]+?)\s+(?:instead of|in place of|rather than)\s+(?P<old>{ONE})"
)
_GOES: Final = re.compile(
    r"(?P<what>(?!(?:it|this|that)\b)[^,;:.]{3,70}?)\s+(?:(?:is|are|was|were|has been|have been"
    r"|gets)\s+(?:now )?(?:re-?assigned|handed over"
    r"|passed on|passed|transferred|moved)|(?:goes|passes|moves) (?:over )?|changes hands)\s*"
    rf"(?:from\s+(?P<old>{ONE})\s+)?to\s+(?P<new>{ONE})(?=\W|$)"
)
_TAKE_OVER: Final = re.compile(
    rf"take (?:over (?P<what>.+?)|(?P<that>.+?) over)(?:\s+(?:from|for)\s+(?P<old>{ONE}))?\W*$", re.IGNORECASE
)
_ANY_DAY: Final = date(2026, 1, 5)
_POINTS: Final = re.compile(r"(?:that|this|it|those|them)\b", re.IGNORECASE)


def read(line: Line, people: PeopleView, earlier: Sequence[tuple[Reading, RedactedText]]) -> tuple[Reading, ...] | None:
    """Readings of the line's passive and handing-on sentences, or ``None`` when it has none."""
    found: list[Reading] = []
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if asks(sentence):
            continue
        shapes = (_OVER, _HANDS, _INSTEAD, _GOES)
        over = next((match for match in (shape.search(sentence) for shape in shapes) if match), None)
        if over:
            found.append(_handing(line, over, start, end, people, earlier))
            continue
        for match in _PASSIVE.finditer(sentence):
            found += _passive(line, match, (start, end), people)
    return tuple(found) or None


def _passive(line: Line, match: re.Match[str], span: tuple[int, int], people: PeopleView) -> tuple[Reading, ...]:
    """What is to be done, and by whom; without a "by" nobody owes it yet, and only what has a day is a promise."""
    start, end = span
    action, rest = (start + match.start("what"), start + match.end("what")), line.text[start + match.end() : end]
    clause = (start + match.start(), end)
    if match["modal"] == "would be" and not _AGREED.search(line.text[start : clause[0] + len("It was agreed")]):
        return ()
    by = next((each for each in _BY.finditer(rest) if not re.search(r"[,;]", rest[: each.start()])), None)
    if by:
        if match["modal"] in {"get", "gets"} or match["modal"].startswith("is being"):
            return ()
        kind = MentionKind.CANDIDATE if conditional(line.text[start:end]) else MentionKind.COMMITMENT
        if re.fullmatch(ONE, line.text[slice(*action)].strip()):
            action = clause  # "X is to be asked by Y for the budget": the name alone says nothing
        return owned_readings(rest[slice(*by.span("who"))], action, clause, people, kind)
    if not _is_due(match, rest):
        return ()
    kind = MentionKind.CANDIDATE if conditional(line.text[start:end]) else MentionKind.COMMITMENT
    return (Reading(kind, *action, clause, question=WHO),)


def _is_due(match: re.Match[str], rest: str) -> bool:
    dated = find_due(rest, _ANY_DAY)
    if (
        dated is None
        or not _DONE_TO.match(match["verb"])
        or match["modal"].startswith(("get", "is being", "are being"))
    ):
        return False
    lead = rest[dated.start : dated.end].lower()
    foretold = match["modal"] in {"will be", "is going to be", "are going to be"}
    return not foretold or lead.startswith(("by ", "before ", "due"))


def handed(
    line: Line, reading: Reading, people: PeopleView, earlier: Sequence[tuple[Reading, RedactedText]]
) -> Reading:
    """A request to take something over, once it was agreed to, hands on what another one owed."""
    if reading.kind is not MentionKind.COMMITMENT or reading.owner is None:
        return reading
    action = line.text[reading.start : reading.end].trimmed(" ?.!")
    match = _TAKE_OVER.match(action)
    if match is None:
        return reading
    name = "what" if match["what"] else "that"
    old = owner_of(action[slice(*match.span("old"))], people) if match["old"] else None
    text = action[slice(*match.span(name))]
    if _POINTS.fullmatch(text.strip()):
        owed = [words for other, words in earlier if (old.same_as(other.owner) if old else True)]
        if not owed:
            return reading
        text = owed[-1]
    return replace(reading, kind=MentionKind.MOVED, owner=old, to=reading.owner, text=text)


def _handing(  # noqa: PLR0913, PLR0917
    line: Line, match: re.Match[str], start: int, end: int, people: PeopleView,
    earlier: Sequence[tuple[Reading, RedactedText]],
) -> Reading:  # fmt: skip
    sentence = line.text[start:end]
    old = owner_of(sentence[slice(*match.span("old"))], people) if match["old"] else None
    new = owner_of(sentence[slice(*match.span("new"))], people)
    span = match.span("what") if match["what"] else match.span("that")
    clause = (start + match.start(), start + match.end())
    text: RedactedText | None = None
    if _POINTS.fullmatch(sentence[slice(*span)].strip()):
        owed = [words for reading, words in earlier if (old.same_as(reading.owner) if old else True)]
        text = owed[-1] if owed else None
    return Reading(MentionKind.MOVED, start + span[0], start + span[1], clause, old, text=text, to=new)
