"""A draft as its page shows it: names restored, footnotes numbered, each line with the places it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from copilot.drafts import Draft, Item, ItemKind
from copilot.rendering.page import Notes, criterion_lines, foot, head, notes_of
from knowledge.passages import Citation

Reveal = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A footnote: its number, ``source:lines`` and the words there."""

    number: int
    where: str
    quote: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A line of a box. ``worded_by`` is empty where the rules chose it."""

    id: str
    text: str
    kind: str
    worded_by: str
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class BoxView:
    """A timed box; ``share`` is its part of the session in percent, ``criterion`` the lines to agree."""

    title: str
    from_min: int
    to_min: int
    items: tuple[ItemView, ...]
    criterion: tuple[str, ...] = ()
    criterion_places: tuple[PlaceView, ...] = ()


@dataclass(frozen=True, slots=True)
class PrepView:
    """The page of a draft."""

    id: str
    pair: str
    head: str
    minutes: int
    boxes: tuple[BoxView, ...]
    places: tuple[PlaceView, ...]
    foot: tuple[str, ...]


def page_of(draft: Draft, *, reveal: Reveal) -> PrepView:
    """The draft with every text as the pair reads it."""
    notes = notes_of(draft)
    numbered = dict(enumerate(notes.places, 1))
    boxes: list[BoxView] = []
    for box in draft.boxes:
        items = tuple(_item(each, notes, reveal) for each in box.items)
        first = draft.criteria[:1] if box.id == "decision" else ()
        boxes.append(
            BoxView(
                box.title,
                box.from_min,
                box.to_min,
                items,
                tuple(reveal(line) for each in first for line in criterion_lines(each)),
                tuple(place for each in first for place in _places(each.citations, notes, reveal)),
            )
        )
    minutes = draft.boxes[-1].to_min
    places = tuple(_place(number, each, notes, reveal) for number, each in numbered.items())
    return PrepView(
        draft.id,
        draft.pair,
        reveal(head(draft, minutes)),
        minutes,
        tuple(boxes),
        places,
        tuple(reveal(line) for line in foot(draft)),
    )


def _item(item: Item, notes: Notes, reveal: Reveal) -> ItemView:
    worded = "" if item.worded_by == "rules" or item.kind is ItemKind.NEEDS else item.worded_by
    return ItemView(item.id, reveal(item.text), item.kind.value, worded, _places(item.citations, notes, reveal))


def _places(citations: tuple[Citation, ...], notes: Notes, reveal: Reveal) -> tuple[PlaceView, ...]:
    found = {notes.numbers[each.document, each.first, each.last]: each for each in citations}
    return tuple(_place(number, each, notes, reveal) for number, each in sorted(found.items()))


def _place(number: int, each: Citation, notes: Notes, reveal: Reveal) -> PlaceView:
    return PlaceView(number, reveal(notes.short(each)), reveal(each.quote))
