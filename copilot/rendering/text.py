"""The page for a terminal: one page of at most 60 lines and 100 columns, measured with names restored."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Final

from copilot.drafts import Draft, Item, ItemKind
from copilot.rendering.page import Notes, Reveal, criterion_lines, foot, head, notes_of, sign

_WIDTH: Final = 100
LINES: Final = 60
_SPARE: Final = ("decision", "status", "evidence", "tool", "escalation")
"""Boxes whose last suggestion may go, in this order, where a page would be too long; facts never go."""


def render(draft: Draft, *, reveal: Reveal) -> str:
    """The whole page, names restored by ``reveal`` before lines are broken."""
    lines = _page(draft, reveal, spaced=True)
    if len(lines) > LINES:
        lines = _page(draft, reveal, spaced=False)
    left_out = 0
    while len(lines) > LINES:
        shorter = _shorter(draft)
        if shorter == draft:
            break
        draft, left_out = shorter, left_out + 1
        lines = [*_page(draft, reveal, spaced=False), f"{left_out} more suggestions in --json."]
    return "\n".join(lines) + "\n"


def _shorter(draft: Draft) -> Draft:
    """Without the last suggestion of the box that has most to spare; each keeps one."""
    spare = {box.id: sum(item.kind is ItemKind.SUGGESTION for item in box.items) for box in draft.boxes}
    most = max(_SPARE, key=lambda each: spare.get(each, 0))
    if spare.get(most, 0) < 2:
        return draft
    boxes = tuple(replace(box, items=_but_last(box.items)) if box.id == most else box for box in draft.boxes)
    return replace(draft, boxes=boxes)


def _but_last(items: tuple[Item, ...]) -> tuple[Item, ...]:
    last = max(n for n, item in enumerate(items) if item.kind is ItemKind.SUGGESTION)
    return (*items[:last], *items[last + 1 :])


def _page(draft: Draft, reveal: Reveal, *, spaced: bool) -> list[str]:
    notes = notes_of(draft)
    lines = [
        reveal(head(draft, draft.boxes[-1].to_min)),
        "Strike what doesn't fit. [n] note line · ~ suggestion · [needs: …] not in the notes",
    ]
    for box in draft.boxes:
        lines += [*([""] if spaced else []), f"{box.from_min}-{box.to_min}  {box.title.upper()}"]
        for item in box.items:
            mark = f" {notes.marks(item.citations)}" if item.citations else ""
            lines += _wrapped(reveal(f"{item.text}{mark}"), f"  {sign(item)} ", "    ")
        if box.id == "decision":
            lines += _criteria(draft, notes, reveal)
    foots = (part for line in foot(draft) for part in _wrapped(line, "", "  "))
    return [*lines, "", *_footnotes(notes, reveal), *foots]


def _criteria(draft: Draft, notes: Notes, reveal: Reveal) -> list[str]:
    lines: list[str] = []
    for each in draft.criteria:
        lines.append(f"  Draft criterion, to agree {notes.marks(each.citations)}".rstrip())
        for line in criterion_lines(each):
            lines += _wrapped(reveal(line), "    ", "           ")
    return lines


def _footnotes(notes: Notes, reveal: Reveal) -> list[str]:
    places = [f"[{n}] {notes.short(each)}" for n, each in enumerate(notes.places, 1)]
    packed = "   ".join(each.replace(" ", "\u00a0") for each in places)
    return [line.replace("\u00a0", " ") for line in _wrapped(reveal(packed), "", "")]


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
