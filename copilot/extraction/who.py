"""Whom a pronoun or an address means: "he", "I", "you". Refuses to choose where two people could be meant."""

from __future__ import annotations

import re
from typing import Final

from copilot.extraction.clauses import sentences
from copilot.extraction.grammar import ONE, PERSON
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
_PRONOUN: Final = re.compile(r"(?:[Hh]e|[Ss]he)\b")
_OPENS: Final = re.compile(rf"(?:[Ss]o |[Aa]nd |[Tt]hen |[Tt]oday |[Nn]ow )?(?P<who>{ONE})(?=\s+[a-z])")
_OBLIQUE: Final = re.compile(rf"\b(?:to|for|from|with|by|about|of|than|on|at)\s+{ONE}|{PERSON}['’]s\b")
_RECEIVES: Final = re.compile(rf"\b(?:for|to|from)\s+{ONE}\W*$")
"""Somebody for whom a thing is, at the end of the words: whoever makes it is another one."""
_REACH: Final = 2
"""Sentences before the pronoun's own in which its person is looked for."""


def antecedent(line: Line, at: int, people: PeopleView) -> Owner | None:
    """The one person whom "he" or "she" at ``at`` can mean; never one of two.

    Looked for in the same sentence, else in those before: their only person, or the subject where the others stand
    behind a preposition; a sentence with the same pronoun as its subject passes the question on to the one before.
    """
    own = [line.text[start : min(end, at)] for start, end in sentences(line.text, line.body) if start <= at]
    said = own
    if line.before is not None:
        said = [*_above(line.before), *own]
    pronoun = (_PRONOUN.match(line.text, at) or ("",))[0].lower()
    for sentence in reversed(said[-1 - _REACH :]):
        goes_on = _PRONOUN.match(sentence)
        if goes_on and sentence is not said[-1] and goes_on[0].lower() == pronoun:
            continue
        named = [each for each in _named(sentence, people) if not each.same_as(line.speaker)]
        if named:
            return named[0] if len(named) == 1 and not _RECEIVES.search(sentence) else _subject(sentence, people)
    return None


def _above(before: RedactedText) -> list[RedactedText]:
    lines = before.lines()
    return [each[start:end] for each in lines for start, end in sentences(each, 0)]


def _subject(sentence: RedactedText, people: PeopleView) -> Owner | None:
    """The person a sentence opens with, where all others are objects of prepositions or own something."""
    first = _OPENS.match(sentence)
    if first is None:
        return None
    rest = _OBLIQUE.sub("", sentence[first.end() :])
    return None if _ONE.search(rest) else owner_of(sentence[slice(*first.span("who"))], people)


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
