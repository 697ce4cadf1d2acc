"""Owner expressions: one, several who each owe it, or either of two (which is nobody yet)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from copilot.extraction.grammar import PERSON, ROLE
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Owner
from guards.text import RedactedText, composed

_ONE: Final = re.compile(rf"(?P<person>{PERSON})|(?P<role>{ROLE})")
_EITHER: Final = re.compile(r"\bor\b|/|\?")


@dataclass(frozen=True, slots=True)
class Owners:
    """``each`` owes the action; empty with a ``question`` when the words leave it open."""

    each: tuple[Owner, ...]
    question: RedactedText | None = None


def read_owners(words: RedactedText, people: PeopleView) -> Owners:
    """Several names joined by "and" or commas owe it each; "or", a slash or a question mark leaves it open."""
    named = tuple(owner_of(words[match.start() : match.end()], people) for match in _ONE.finditer(words))
    named = tuple(each for n, each in enumerate(named) if not any(each.same_as(other) for other in named[:n]))
    if len(named) > 1 and _EITHER.search(words):
        first, second = (each.text or words for each in named[:2])
        return Owners((), composed("{first} or {second}: who takes this?", first=first, second=second))
    return Owners(named)


def owner_of(words: RedactedText, people: PeopleView) -> Owner:
    """The owner that a placeholder, a role or bare initials name."""
    bare = words.trimmed("@ ")
    if re.fullmatch(ROLE, bare):
        return Owner(people.in_role(bare), bare)
    return Owner(people.person_of(bare), bare)
