"""A card as its page shows it: points apart from words, kinds in plain words, the words that may be said now."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from copilot.programme import Programme
from copilot.review import TABLE, WORDS, Card

_POINTS: Final = re.compile(r"([+-]\d+(?:\.\d+)?) +(.*)", re.DOTALL)
_TESTED: Final = re.compile(r"(.*) \(([^()]*)\)", re.DOTALL)
_TITLES: Final[Mapping[str, str]] = {
    "stalled": "The sessions may have stalled",
    "blocker": "Something may block the pair",
    "tickbox": "The notes may have become a form",
    "role": "Whose part is it?",
    "gate": "A gate may need a look",
    "bias": "A wording worth a second look",
}
CATEGORIES: Final[Mapping[str, str]] = {
    "data_access": "access to data", "resource": "resources", "sponsor": "an answer from the sponsor's side",
    "repeated_notes": "notes repeat earlier ones", "same_commitments": "the same commitments again",
    "approval": "an approval put with the coach's role", "execution": "work put with the coach's role",
    "authority": "authority", "caseload": "how many pairs a coach has", "papers": "papers",
    "artefact": "a validated artefact", "sign_off": "a sign-off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One observation. ``points`` are signed; ``none`` where the card gives no points."""

    points: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another explanation, and what the record says of it."""

    text: str
    tested: str


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said, by the name of now."""

    event: str
    by: str
    role: str
    day: str
    reason: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A card on its page; ``may`` are the words that its state takes."""

    id: str
    pair: str
    title: str
    about: str
    tier: str
    state: str
    raised: str
    seen: str
    since: str
    speaking_for: tuple[Point, ...]
    speaking_against: tuple[Point, ...]
    others: tuple[Other, ...]
    clears_when: str
    next_step: str
    words: tuple[Word, ...]
    may: tuple[str, ...]


def card_view(card: Card, *, shown: Callable[[str], str], programme: Programme) -> CardView:
    """The card with every text as whoever looks reads it."""
    one = card.finding
    points = [_point(shown(each)) for each in one.evidence]
    category = "" if one.category == one.kind.value else CATEGORIES.get(one.category, one.category.replace("_", " "))
    return CardView(
        one.id, one.pair, _TITLES[one.kind.value], category, one.tier.value, card.state.value, one.as_of.isoformat(),
        (one.seen or one.as_of).isoformat(), card.since.isoformat(),
        tuple(each for each in points if each.points is None or each.points > 0),
        tuple(each for each in points if each.points is not None and each.points <= 0),
        tuple(_other(shown(each)) for each in one.alternatives), shown(one.clears_when), shown(one.next_step),
        tuple(
            Word(each.event.value, _name(programme, each.by), each.role, each.day.isoformat(), shown(each.reason))
            for each in card.words
        ),
        tuple(each.value for each in WORDS if not TABLE[card.state][each].refused),
    )  # fmt: skip


def _point(text: str) -> Point:
    found = _POINTS.fullmatch(text)
    return Point(float(found[1]), found[2]) if found else Point(None, text)


def _other(text: str) -> Other:
    found = _TESTED.fullmatch(text)
    return Other(found[1], found[2]) if found else Other(text, "")


def _name(programme: Programme, person: str) -> str:
    known = programme.person(person)
    return known.name if known else person
