"""The page for a terminal: about one screen, 100 columns."""

from __future__ import annotations

import textwrap

from copilot.drafts import Draft
from copilot.rendering.page import Notes, Reveal, criterion_lines, foot, head, notes_of, place, sign

_WIDTH = 100


def render(draft: Draft, *, reveal: Reveal) -> str:
    """The whole page, names restored by ``reveal`` before lines are broken."""
    notes = notes_of(draft)
    lines = [
        reveal(head(draft, draft.boxes[-1].to_min)),
        "Strike what doesn't fit. [n] note line · ~ suggestion · [needs: …] not in the notes",
    ]
    for box in draft.boxes:
        lines += ["", f"{box.from_min}-{box.to_min}  {box.title.upper()}"]
        for item in box.items:
            mark = f" {notes.marks(item.citations)}" if item.citations else ""
            lines += _wrapped(reveal(f"{item.text}{mark}"), f"  {sign(item)} ", "    ")
        if box.id == "decision":
            lines += _criteria(draft, notes, reveal)
    return (
        "\n".join(
            [
                *lines,
                "",
                *_footnotes(notes, reveal),
                *(part for line in foot(draft) for part in _wrapped(line, "", "  ")),
            ]
        )
        + "\n"
    )


def _criteria(draft: Draft, notes: Notes, reveal: Reveal) -> list[str]:
    lines: list[str] = []
    for each in draft.criteria:
        lines.append(f"  Draft criterion, to agree {notes.marks(each.citations)}".rstrip())
        for line in criterion_lines(each):
            lines += _wrapped(reveal(line), "    ", "           ")
    return lines


def _footnotes(notes: Notes, reveal: Reveal) -> list[str]:
    packed = "   ".join(f"[{n}]\u00a0{place(each)}".replace(" ", "\u00a0") for n, each in enumerate(notes.places, 1))
    return [line.replace("\u00a0", " ") for line in _wrapped(reveal(packed), "", "")]


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
