"""The page as Markdown. What stands in a note stays text: a reader sees its characters, and no link or picture."""

from __future__ import annotations

from copilot.drafts import Draft
from copilot.rendering.inert import markdown
from copilot.rendering.page import Reveal, criterion_lines, foot, head, notes_of, place, sign


def render(draft: Draft, *, reveal: Reveal) -> str:
    """Headings for boxes, a list of lines each, footnotes at the end."""
    notes = notes_of(draft)

    def shown(text: str) -> str:
        """Names first: a name may hold what means something in Markdown, too."""
        return markdown(reveal(text))

    lines = [f"# Session prep: {shown(head(draft, draft.boxes[-1].to_min))}", ""]
    for box in draft.boxes:
        lines += [f"## {box.from_min}-{box.to_min} {markdown(box.title)}", ""]
        for item in box.items:
            label = "" if sign(item) in {"•", "!"} else f"*{sign(item)}* "
            lines.append(f"- {label}{shown(item.text)} {notes.marks(item.citations)}".rstrip())
        if box.id == "decision":
            for each in draft.criteria[:1]:
                lines.append(f"- **Draft criterion, to agree** {notes.marks(each.citations)}".rstrip())
                lines += [f"    - {shown(line)}" for line in criterion_lines(each)]
        lines.append("")
    lines += [f"[{number}] {shown(place(each))}  " for number, each in enumerate(notes.places, 1)]
    return "\n".join([*lines, "", *(shown(line) for line in foot(draft))]) + "\n"
