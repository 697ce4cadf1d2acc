"""Lints a text or a pair's draft for language about people that is worth a look, for whoever wrote or asked for it.

Names are found first, by the redactor with the roster at hand, so that whoever is meant makes no difference. Keeps and
sends nothing, tells nobody else, and refuses to read notes unasked: of a draft it lints what the product worded, not
what it quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from copilot.drafts import Draft, ItemKind
from copilot.errors import BadInput
from guards.bias_language import BiasCard, bias_cards
from guards.pair_vault import PairVault
from guards.redaction import Redactor
from guards.roster import Roster
from guards.text import RawText

LONGEST: Final = 1_000_000
"""Code points of one text; about three hundred pages, more than anybody writes as feedback."""

_PAIR: Final = "none"
_PERSON: Final = "PERSON"
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SAID_OF: Final = r" (?:is|was|isn't|wasn't|has|had|seems|seemed|always|never|keeps|kept)\b"


@dataclass(frozen=True, slots=True)
class Linted:
    """A text by its id and the cards on it; spans count code points of the text as it was given."""

    id: str | int
    text: str
    cards: tuple[BiasCard, ...]

    def as_json(self) -> dict[str, object]:
        """The shape of the interface, with what is missing, the words meant and a reference beside it."""
        return {"id": self.id, "cards": [self._card(each) for each in self.cards]}

    def _card(self, card: BiasCard) -> dict[str, object]:
        return {
            "kind": "bias", "category": card.category.value, "start": card.start, "end": card.end,
            "text": self.text[card.start : card.end], "why": card.why, "missing": [each.value for each in card.missing],
            "question": card.question, "reference": card.reference, "entry": card.entry,
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        """The cards for a person to read."""
        for card in self.cards:
            line = self.text.count("\n", 0, card.start) + 1
            words = " ".join(self.text[card.start : card.end].split())
            yield f"{self.id}, line {line}, {card.start}-{card.end}: “{words}” ({card.category.value})"
            yield f"  {card.why}"
            if card.missing:
                yield f"  not given: {', '.join(each.value for each in card.missing)}"
            yield f"  ask instead: {card.question}"
            yield f"  see: {card.reference}"


def lint(text: str, *, name: str | int, redactor: Redactor, roster: Roster) -> Linted:
    """The cards on one text; its vault is forgotten after.

    Raises:
        BadInput: the text is longer than ``LONGEST``.
        RedactionFailed: the names in it could not be found.
    """
    if len(text) > LONGEST:
        raise BadInput(f"{name}: {len(text)} characters, more than {LONGEST}; lint it in parts")
    vault = PairVault(_PAIR, roster=roster)
    (redaction,) = redactor.redact([RawText(text)], vault=vault)
    people = [(each.start, each.end) for each in redaction.spans if each.entity_type == _PERSON]
    people += (each for each in _as_subjects(text, roster) if each not in people)
    return Linted(name, text, bias_cards(text, people=people))


def _as_subjects(text: str, roster: Roster) -> Iterator[tuple[int, int]]:
    """Names of the roster that are words too ("mark is ..."), told by what follows, since the redactor leaves them."""
    names = {part for person in roster.people for form in (person.name, *person.also) for part in _WORD.findall(form)}
    if names:
        forms = "|".join(map(re.escape, sorted(names)))
        for match in re.finditer(rf"(?<!\w)(?:{forms})(?={_SAID_OF})", text, re.IGNORECASE):
            yield match.span()


def lint_draft(draft: Draft) -> Iterator[Linted]:
    """The cards on what the product itself worded in a draft, item by item, names still masked."""
    for item in (each for box in draft.boxes for each in box.items):
        if item.kind is ItemKind.FACT and item.worded_by == "rules":
            continue  # the note's own words: linted only when their author asks
        text = str(item.text)
        if cards := bias_cards(text):
            yield Linted(item.id, text, cards)
