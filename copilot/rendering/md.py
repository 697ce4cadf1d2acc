"""The page as Markdown."""

from __future__ import annotations

from copilot.drafts import Draft
from copilot.rendering.page import Reveal, criterion_lines, foot, head, notes_of, place, sign


def render(draft: Draft, *, reveal: Reveal) -> str:
    """Headings for boxes, a list of lines each, footnotes at the end."""
    notes = notes_of(draft)
    lines = [f"# Session prep: {head(draft, draft.boxes[-1].to_min)}", ""]
    for box in draft.boxes:
        lines += [f"## {box.from_min}-{box.to_min} {box.title}", ""]
        for item in box.items:
            label = "" if sign(item) in {"•", "!"} else f"*{sign(item)}* "
            lines.append(f"- {label}{item.text} {notes.marks(item.citations)}".rstrip())
        if box.id == "decision":
            for each in draft.criteria[:1]:
                lines.append(f"- **Draft criterion, to agree** {notes.marks(each.citations)}".rstrip())
                lines += [f"    - {' '.join(line.split())}" for line in criterion_lines(each)]
        lines.append("")
    lines += [f"[{number}] {place(each)}  " for number, each in enumerate(notes.places, 1)]
    return reveal("\n".join([*lines, "", *foot(draft)])) + "\n"
