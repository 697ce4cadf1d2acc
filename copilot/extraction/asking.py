"""Asking the engine about lines that look like a promise and that no rule could parse.

Small models invent a task in most lines that merely tempt them to, so a line is offered only when it carries a
promise marker itself, twice, in different windows; both answers must name that line and agree on owner, due date,
ticket and action. The owner must then stand in the line, in the action's clause but outside its own words, or speak the
line. All that a model reads is a candidate, for a note may have told it what to say; what does not hold is one without
an owner, or nothing at all, and the line stays ``UNPARSED``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copilot.engines.protocol import Engine, Found
from copilot.extraction.clauses import conditional
from copilot.extraction.grammar import PERSON
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONDITION, CONFIRM, WHO, Line, Owner, Reading
from copilot.mentions import MentionKind
from copilot.similarity import likeness

_WINDOWS: Final = ((4, 1), (1, 4))
"""Lines before and after, for each asking."""
_ALIKE: Final = 0.6
_FIRST_PERSON: Final = re.compile(r"(?:i|me|my|mine|myself)", re.IGNORECASE)
_WORD: Final = re.compile(r"<[A-Z_]+_\d+>|[\w'’-]+")
_CLAUSE: Final = re.compile(r"[;.!?](?=\s)")


def ask(at: int, lines: Sequence[Line], people: PeopleView, engine: Engine) -> Reading | None:
    """A verified reading of ``lines[at]``, or ``None`` where the two askings differ or nothing holds."""
    asked = _asked(at, lines, engine)
    return None if asked is None else verified(lines[at], asked, people)


def verified(line: Line, found: Found, people: PeopleView) -> Reading | None:
    """The answer as a reading of the line's own words; ``None`` if the action is not among them.

    It is a candidate whatever the model says: no note can make a model add a commitment, a person has to confirm it.
    """
    span = _span(line, found.action)
    if span is None:
        return None
    owner = _owner(line, found.owner, span, people)
    whole = (line.body, len(line.text))
    if owner is None:
        return Reading(MentionKind.CANDIDATE, *span, whole, None, WHO)
    return Reading(MentionKind.CANDIDATE, *span, whole, owner, CONDITION if conditional(line.words) else CONFIRM)


def _asked(at: int, lines: Sequence[Line], engine: Engine) -> Found | None:
    windows = [_window(at, lines, before, after) for before, after in _WINDOWS]
    if windows[0] == windows[1]:
        windows[1] = [lines[at]]
    answers = [_answer(lines[at], window, engine) for window in windows]
    first, second = answers
    if first is None or second is None or not _agree(first, second):
        return None
    return first


def _window(at: int, lines: Sequence[Line], before: int, after: int) -> list[Line]:
    earlier = [each for each in lines[:at] if each.text.strip()][-before:]
    later = [each for each in lines[at + 1 :] if each.text.strip()][:after]
    return [*earlier, lines[at], *later]


def _answer(line: Line, window: Sequence[Line], engine: Engine) -> Found | None:
    """What the engine says of the line; two promises on one line are more than it can be trusted with."""
    answers = engine.find_commitments([(each.first, each.text) for each in window])
    about = [each for each in answers if each.line == line.first]
    return about[0] if len(about) == 1 else None


def _agree(one: Found, other: Found) -> bool:
    same = all(_folded(a) == _folded(b) for a, b in ((one.owner, other.owner), (one.due, other.due)))
    return same and one.ticket == other.ticket and likeness(one.action, other.action) >= _ALIKE


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _span(line: Line, action: str) -> tuple[int, int] | None:
    """Where the action stands: its first to its last word, if the line says all of them in this order."""
    words = _WORD.findall(action)
    if not words:
        return None
    pattern = r"(?:\W+\w+){0,3}?\W+".join(re.escape(word) for word in words)
    match = re.search(rf"(?<!\w){pattern}(?!\w)", line.text[line.body :], re.IGNORECASE)
    return (line.body + match.start(), line.body + match.end()) if match else None


def _owner(line: Line, said: str | None, span: tuple[int, int], people: PeopleView) -> Owner | None:
    """Whom the line itself supports: its speaker, or a placeholder that stands outside the action's words."""
    plain = (said or "").strip().lstrip("@")
    if line.speaker is not None and (_FIRST_PERSON.fullmatch(plain) or plain == line.speaker.text):
        return line.speaker if _says_i(line) else None
    if not re.fullmatch(PERSON, plain):
        return None
    places = [match.start() for match in re.finditer(re.escape(plain), line.text) if match.start() >= line.body]
    outside = [at for at in places if not span[0] <= at < span[1] and not _parted(line.text, at, span)]
    return owner_of(line.text[outside[0] : outside[0] + len(plain)], people) if outside else None


def _says_i(line: Line) -> bool:
    return re.search(r"\b(?:i|my|me)\b", line.words, re.IGNORECASE) is not None


def _parted(text: str, at: int, span: tuple[int, int]) -> bool:
    """Whether a clause ends between a name and an action: "it has to move; <PERSON_3> knows where it is"."""
    between = text[at : span[0]] if at < span[0] else text[span[1] : at]
    return _CLAUSE.search(between) is not None
