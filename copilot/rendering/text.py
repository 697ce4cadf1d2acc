"""The page for a terminal: one page of at most 60 lines and 100 columns, measured with names restored."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Final

from copilot.drafts import Draft, ItemKind
from copilot.rendering.inert import plain
from copilot.rendering.page import Notes, Reveal, criterion_lines, foot, head, notes_of, sign

_WIDTH: Final = 100
LINES: Final = 60
_SPARE: Final = (("evidence", -1), ("decision", -2), ("escalation", -1), ("status", -1), ("tool", -1))
"""Which suggestions may go where a page would be too long, as box and place from its end; facts never go."""


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
        lines = [*_page(draft, reveal, spaced=False), f"More in --json: {left_out} suggestions."]
    return "\n".join(lines) + "\n"


def _shorter(draft: Draft) -> Draft:
    """Without one more suggestion, in the order of ``_SPARE``; a box keeps at least one."""
    for name, place in _SPARE:
        box = next((each for each in draft.boxes if each.id == name), None)
        found = [n for n, item in enumerate(box.items) if item.kind is ItemKind.SUGGESTION] if box else []
        if box is not None and len(found) > -place and len(found) > 1:
            kept = tuple(item for n, item in enumerate(box.items) if n != found[place])
            boxes = tuple(replace(each, items=kept) if each is box else each for each in draft.boxes)
            return replace(draft, boxes=boxes)
    return draft


def _page(draft: Draft, reveal: Reveal, *, spaced: bool) -> list[str]:
    notes = notes_of(draft)
    lines = [
        *_wrapped(reveal(head(draft, draft.boxes[-1].to_min)), "", "  "),
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
    for each in draft.criteria[:1]:
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
        plain(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
