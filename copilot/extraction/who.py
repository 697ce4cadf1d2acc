"""Whom a pronoun or an address means: "he", "I", "you". Refuses to choose where two people could be meant."""

from __future__ import annotations

import re
from typing import Final

from copilot.extraction.clauses import sentences
from copilot.extraction.grammar import ONE
from copilot.extraction.lines import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner
from guards.text import RedactedText

_ONE: Final = re.compile(ONE)
_CALLED: Final = re.compile(
    rf"(?:^|[.!?,;:—–-]\s+|\b(?:so|and|ok|okay|then|now|thanks|hi|hey|right|great|well|recap)[,\s]+)"
    rf"(?:(?P<who>{ONE})\s*[,:!](?!\s*(?:and\s+)?{ONE})|(?P<at>@?{ONE})\s+(?=(?:can|could|would|will) (?:you|u)\b"
    r"|pls\b|please\b|you\b))"
)
_REACH: Final = 2
"""Sentences before the pronoun's own in which its person is looked for."""


def antecedent(line: Line, at: int, people: PeopleView) -> Owner | None:
    """The one person named before ``at``: in the same sentence, else in one of the two before; never one of two."""
    said = [line.text[start : min(end, at)] for start, end in sentences(line.text, line.body) if start < at]
    if line.before is not None:
        said = [*(line.before[start:end] for start, end in sentences(line.before, 0)), *said]
    for sentence in reversed(said[-1 - _REACH :]):
        named = [each for each in _named(sentence, people) if not each.same_as(line.speaker)]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _named(sentence: RedactedText, people: PeopleView) -> list[Owner]:
    found: list[Owner] = []
    for match in _ONE.finditer(sentence):
        owner = owner_of(sentence[match.start() : match.end()], people)
        if not any(owner.same_as(each) for each in found):
            found.append(owner)
    return found


def called(line: Line, at: int, people: PeopleView) -> Owner | None:
    """The person the line calls by name before ``at`` ("Ben, you will…"), the last one if several."""
    found = [match for match in _CALLED.finditer(line.words) if line.body + match.end() <= at]
    if not found:
        return None
    name = "who" if found[-1]["who"] else "at"
    owner = owner_of(line.words[slice(*found[-1].span(name))], people)
    return None if owner.same_as(line.speaker) else owner


def addressed(line: Line, at: int, people: PeopleView) -> Owner | None:
    """Who "you" is: the person called by name, else the one the letter or the talk between two is to."""
    return called(line, at, people) or line.addressee
