"""The page as a Word document of one page: narrow margins, small type."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.shared import Cm, Length, Pt

from copilot.drafts import Draft
from copilot.rendering.inert import plain
from copilot.rendering.page import Reveal, criterion_lines, foot, head, notes_of, sign

_TYPE = Pt(8.5)
_BEFORE_BOX = Pt(5)


def render(draft: Draft, *, reveal: Reveal) -> bytes:
    """The file's bytes."""
    notes, page = notes_of(draft), Document()
    section = page.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.6)
    style: Any = page.styles["Normal"]  # ships untyped
    style.font.name, style.font.size = "Calibri", _TYPE

    def line(text: str, *, bold: bool = False, indent: float = 0.0, before: Length | None = None) -> None:
        paragraph = page.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_after, layout.space_before, layout.left_indent = Pt(0), before or Pt(0), Cm(indent)
        paragraph.add_run(plain(reveal(text))).bold = bold

    line(head(draft, draft.boxes[-1].to_min), bold=True)
    line("Strike what doesn't fit. [n] note line · ~ suggestion · [needs: …] not in the notes")
    for box in draft.boxes:
        line(f"{box.from_min}-{box.to_min}  {box.title}", bold=True, before=_BEFORE_BOX)
        for item in box.items:
            line(f"{sign(item)} {item.text} {notes.marks(item.citations)}".rstrip(), indent=0.3)
        for criterion in draft.criteria[:1] if box.id == "decision" else ():
            line(f"Draft criterion, to agree {notes.marks(criterion.citations)}".rstrip(), bold=True, indent=0.3)
            for text in criterion_lines(criterion):
                line(text, indent=0.8)
    places = (f"[{number}] {notes.short(each)}" for number, each in enumerate(notes.places, 1))
    line("   ".join(places), before=_BEFORE_BOX)
    for text in foot(draft):
        line(text)
    written = BytesIO()
    page.save(written)
    return written.getvalue()
