"""The page as a Word document of one page: narrow margins, small type."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.shared import Cm, Pt

from copilot.drafts import Draft
from copilot.rendering.page import Reveal, criterion_lines, foot, head, notes_of, sign


def render(draft: Draft, *, reveal: Reveal) -> bytes:
    """The file's bytes."""
    notes, page = notes_of(draft), Document()
    section = page.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.4)
    page.styles["Normal"].font.size = Pt(8)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]

    def line(text: str, *, bold: bool = False) -> None:
        paragraph = page.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(reveal(text)).bold = bold

    line(head(draft, draft.boxes[-1].to_min), bold=True)
    for box in draft.boxes:
        line(f"{box.from_min}-{box.to_min}  {box.title}", bold=True)
        for item in box.items:
            line(f"{sign(item)} {item.text} {notes.marks(item.citations)}".rstrip())
        if box.id == "decision":
            for text in (each for criterion in draft.criteria for each in criterion_lines(criterion)):
                line(f"    {text}")
    line("   ".join(f"[{number}] {notes.short(each)}" for number, each in enumerate(notes.places, 1)))
    for text in foot(draft):
        line(text)
    written = BytesIO()
    page.save(written)
    return written.getvalue()
