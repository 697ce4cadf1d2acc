"""Asking the engine about lines that look like a promise and that no rule could parse.

A line is offered in two different windows; both answers must agree and stand literally in the line, else the line
stays ``UNPARSED``. A model never makes a commitment firmer than its words: what it finds is a candidate unless an
owner is named in the line or speaks it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copilot.engines.protocol import Engine, Found
from copilot.extraction.grammar import PERSON
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import CONFIRM, WHO, Line, Owner, Reading
from copilot.mentions import MentionKind

_BEFORE: Final = (4, 1)
_AFTER: Final = (1, 4)


def ask(at: int, lines: Sequence[Line], people: PeopleView, engine: Engine) -> Reading | None:
    """A verified reading of ``lines[at]``, or ``None`` where the two askings differ or nothing holds."""
    first, second = (_asked(at, lines, engine, before, after) for before, after in zip(_BEFORE, _AFTER, strict=True))
    if first is None or second is None or _words(first.action) != _words(second.action) or first.owner != second.owner:
        return None
    return verified(lines[at], first, people)


def _asked(at: int, lines: Sequence[Line], engine: Engine, before: int, after: int) -> Found | None:
    offered = lines[max(0, at - before) : at + after + 1]
    answers = engine.find_commitments([(line.first, line.text) for line in offered])
    return next((each for each in answers if each.line == lines[at].first), None)


def verified(line: Line, found: Found, people: PeopleView) -> Reading | None:
    """The answer as a reading, if its action and owner stand in the line itself."""
    start = line.text.casefold().find(found.action.strip().casefold()) if found.action.strip() else -1
    if start < 0:
        return None
    owner = _owner(line, found.owner, people)
    kind = MentionKind.COMMITMENT if owner else MentionKind.CANDIDATE
    end = start + len(found.action.strip())
    return Reading(kind, start, end, (line.body, len(line.text)), owner, CONFIRM if owner else WHO)


def _owner(line: Line, said: str | None, people: PeopleView) -> Owner | None:
    if said is None or re.fullmatch(PERSON, said.strip()) is None:
        return None
    at = line.text.find(said.strip())
    return owner_of(line.text[at : at + len(said.strip())], people) if at >= 0 else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
