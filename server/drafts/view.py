"""A draft as its page shows it: names restored, footnotes numbered, each line with its note lines and people's words.

Page texts speak to people: what a draft says of commands or settings becomes a link or goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from copilot.draft_words import DraftWord, ItemPlan, Plan, edited
from copilot.drafts import Box, Draft, Item, ItemKind
from copilot.rendering.page import Notes, criterion_lines, foot, head, notes_of
from knowledge.passages import Citation

Reveal = Callable[[str], str]
_COMMAND: Final = re.compile(r"see `coach commitments`")
_SETTINGS: Final = re.compile(r" \((?:COACH_\w+(?:, )?)+\)")
_KINDS: Final[Mapping[ItemKind, tuple[str, str, str]]] = {
    ItemKind.FACT: ("●", "From your notes", "what your notes say, with the lines it rests on"),
    ItemKind.SUGGESTION: ("◇", "Suggestion", "the copilot's own idea, nothing anybody said"),
    ItemKind.NEEDS: ("!", "Not in your notes", "what your notes do not say, and whom to ask"),
    ItemKind.OWN: ("✎", "Own words", "one of you wrote it; the note lines do not say it as such"),
}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A footnote: its number, ``source:lines`` and the words there."""

    number: int
    where: str
    quote: str


@dataclass(frozen=True, slots=True)
class KindView:
    """What a line is: a sign for the eye, the word for it, and what that means for the legend."""

    name: str
    sign: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A line of a box, its text in ``parts`` of words and links.

    ``typed`` is what an edit starts from, ``drafted`` what the draft said where that differs, ``beside`` what others
    wrote at the same moment, ``seen`` goes with a form so that this shows. ``worded_by`` is empty where rules chose it.
    """

    id: str
    parts: tuple[tuple[str, str], ...]
    kind: KindView
    worded_by: str
    places: tuple[PlaceView, ...]
    typed: str
    drafted: str
    seen: str
    struck_by: str
    edited_by: str
    accepted: tuple[str, ...]
    mine: bool
    beside: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BoxView:
    """A timed box; ``criterion`` the lines to agree."""

    title: str
    from_min: int
    to_min: int
    items: tuple[ItemView, ...]
    criterion: tuple[str, ...] = ()
    criterion_places: tuple[PlaceView, ...] = ()


@dataclass(frozen=True, slots=True)
class AcceptedView:
    """Who accepted the plan as it reads, who an earlier version, and whom it waits for; ``mine`` for the reader."""

    accepted: tuple[str, ...]
    earlier: tuple[str, ...]
    waiting: tuple[str, ...]
    mine: bool
    version: str


@dataclass(frozen=True, slots=True)
class PrepView:
    """The page of a draft."""

    id: str
    pair: str
    day: str
    head: str
    minutes: int
    boxes: tuple[BoxView, ...]
    places: tuple[PlaceView, ...]
    foot: tuple[str, ...]
    legend: tuple[KindView, ...]
    accepted: AcceptedView


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads and whom they read about: the reader's id, and the two of the pair by id with their names."""

    me: str
    names: Mapping[str, str]

    def name(self, person: str) -> str:
        """A person's name; one who left the pair is called that."""
        return self.names.get(person, "somebody who was in this pair")


def page_of(draft: Draft, plan: Plan, *, reveal: Reveal, readers: Readers) -> PrepView:
    """The draft with every text as the pair reads it."""
    notes = notes_of(draft)
    show = _Show(plan, notes, reveal, readers, f"/pairs/{draft.pair}/commitments")
    boxes = tuple(show.box(draft, box) for box in draft.boxes)
    minutes = draft.boxes[-1].to_min
    used = {each.kind.name for box in boxes for each in box.items}
    return PrepView(
        draft.id, draft.pair, draft.day.isoformat(), reveal(head(draft, minutes)), minutes, boxes,
        tuple(show.place(number, each) for number, each in enumerate(notes.places, 1)),
        tuple(_SETTINGS.sub("", reveal(line)) for line in foot(draft)),
        tuple(kind_view(each) for each in ItemKind if each.value in used), _accepted(plan, readers),
    )  # fmt: skip


def item_view(draft: Draft, plan: Plan, item: Item, *, reveal: Reveal, readers: Readers) -> ItemView:
    """One line as its page shows it."""
    show = _Show(plan, notes_of(draft), reveal, readers, f"/pairs/{draft.pair}/commitments")
    return show.item(item)


def said_of(plan: ItemPlan, *, reveal: Reveal, readers: Readers) -> tuple[tuple[str, str, str, DraftWord], ...]:
    """What was said of a line, oldest first: who, what as a phrase, and the words they wrote."""
    phrases = {"strike": "struck it", "unstrike": "put it back", "edit": "wrote", "accept": "accepted it",
               "as_drafted": "took the edit back"}  # fmt: skip
    return tuple(
        (readers.name(each.by), phrases[each.kind.value], reveal(each.text) if each.text else "", each)
        for each in plan.words
    )


def kind_view(kind: ItemKind) -> KindView:
    """A kind of line for the eye and the ear."""
    sign, label, meaning = _KINDS[kind]
    return KindView(kind.value, sign, label, meaning)


@dataclass(frozen=True, slots=True)
class _Show:
    plan: Plan
    notes: Notes
    reveal: Reveal
    readers: Readers
    commitments: str

    def box(self, draft: Draft, box: Box) -> BoxView:
        first = draft.criteria[:1] if box.id == "decision" else ()
        return BoxView(
            box.title, box.from_min, box.to_min, tuple(self.item(each) for each in box.items),
            tuple(self.reveal(line) for each in first for line in criterion_lines(each)),
            tuple(place for each in first for place in self.places(each.citations)),
        )  # fmt: skip

    def item(self, item: Item) -> ItemView:
        at = self.plan.of(item.id)
        now = edited(item, at, marked=False)
        text, drafted = self.reveal(now.text), self.reveal(item.text)
        name = self.readers.name
        by_rules = item.worded_by == "rules" or item.kind is ItemKind.NEEDS or at.edit is not None
        return ItemView(
            item.id, tuple(self._parts(text)), kind_view(now.kind), "" if by_rules else item.worded_by,
            self.places(item.citations), text, drafted if at.edit else "", self.plan.latest_text(item.id),
            name(at.struck.by) if at.struck else "", name(at.edit.by) if at.edit else "",
            tuple(name(each) for each in at.accepted), self.readers.me in at.accepted,
            tuple((name(each.by), self.reveal(each.text or "")) for each in at.beside),
        )  # fmt: skip

    def places(self, citations: tuple[Citation, ...]) -> tuple[PlaceView, ...]:
        found = {self.notes.numbers[each.document, each.first, each.last]: each for each in citations}
        return tuple(self.place(number, each) for number, each in sorted(found.items()))

    def place(self, number: int, each: Citation) -> PlaceView:
        return PlaceView(number, self.reveal(self.notes.short(each)), self.reveal(each.quote))

    def _parts(self, text: str) -> Iterator[tuple[str, str]]:
        at = 0
        for found in _COMMAND.finditer(text):
            yield text[at : found.start()], ""
            yield "see the commitments", self.commitments
            at = found.end()
        yield text[at:], ""


def _accepted(plan: Plan, readers: Readers) -> AcceptedView:
    done = plan.accepted
    return AcceptedView(
        tuple(readers.name(each) for each in done),
        tuple(readers.name(each) for each in plan.earlier if each not in done),
        tuple(name for person, name in readers.names.items() if person not in done),
        readers.me in done, plan.version,
    )  # fmt: skip
