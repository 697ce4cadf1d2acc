"""One tiny document per format: the text, and lines numbered as a reader of the source counts them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from copilot.sample.pdf import pdf_of
from knowledge.passages import Document, DocumentKind
from knowledge.reading import files_in, read_document
from tests.doubles.documents import raw


def _lines(document: Document) -> list[tuple[str, int, int, int]]:
    return [(line.text.unseal(), line.first, line.last, line.heading) for line in document.lines if line.text]


def test_markdown_keeps_lines_and_marks_headings() -> None:
    document = raw(
        "---\ndate: 2026-09-14\npair: ada-ben\nkind: note\n---\n# Session\n\nTitle below\n===========\n\n"
        "```\n# no heading\n```\n<!-- unseen\nby anybody -->last\n"
    )
    assert _lines(document) == [
        ("# Session", 6, 6, 1),
        ("Title below", 8, 8, 1),
        ("===========", 9, 9, 0),
        ("```", 11, 11, 0),
        ("# no heading", 12, 12, 0),
        ("```", 13, 13, 0),
        ("last", 15, 15, 0),
    ]
    assert (document.session_date, document.pair, document.kind) == (date(2026, 9, 14), "ada-ben", DocumentKind.NOTE)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Zoë said ok\r\nthen left".encode(), ["Zoë said ok", "then left"]),
        ("Zoë said ok\rthen left".encode("utf-8-sig"), ["Zoë said ok", "then left"]),
        ("Zoë said ok\nthen left".encode("utf-16"), ["Zoë said ok", "then left"]),
        ("Zoë said ok\nthen left".encode("utf-32"), ["Zoë said ok", "then left"]),
        ("Zoë said: “ok” – and then she left the room for the day\nthen left".encode("cp1252"),
         ["Zoë said: “ok” – and then she left the room for the day", "then left"]),
        ("a\x0bb\u2028c\n\td".encode(), ["a b c", "\td"]),
    ],
)  # fmt: skip
def test_plain_text_in_the_encodings_of_the_trade(data: bytes, words: list[str]) -> None:
    assert [(text, first) for text, first, _, _ in _lines(raw(data, name="note.txt"))] == [
        (text, number) for number, text in enumerate(words, start=1)
    ]


def test_html_is_what_a_browser_shows() -> None:
    document = raw(
        "<html><head><title>x</title><style>p{}</style></head>\n<body>\n<h2>Decided</h2>\n"
        "<ul><li>one\n owner</li><li>Fish &amp; Chips &#8217;s</li></ul>\n<p hidden>secret</p>"
        "<p style='display: none'>x</p>\n"
        "<script>alert(1)</script><p>a<br>b</p><table><tr><th>Owner</th><th>Due</th></tr>\n<tr><td>Ben</td><td>Fri</td></tr>"
        "</table>\nloose",
        name="a.html",
    )
    assert _lines(document) == [
        ("Decided", 3, 3, 2),
        ("- one owner", 4, 5, 0),
        ("- Fish & Chips ’s", 5, 5, 0),
        ("a", 7, 7, 0),
        ("b", 7, 7, 0),
        ("| Owner | Due |", 7, 7, 0),
        ("| Ben | Fri |", 8, 8, 0),
        ("loose", 9, 9, 0),
    ]


def test_docx_counts_paragraphs_and_rows() -> None:
    made = docx.Document()
    made.add_heading("Session note", level=1)
    made.add_paragraph("Agree one thing.")
    made.add_paragraph("")
    made.add_paragraph("label claims", style="List Bullet")
    made.add_paragraph("first line\nsecond line")
    table = made.add_table(rows=2, cols=3)
    for row, words in zip(table.rows, (("Owner", "Action", "Due"), ("Ben", "label", "Fri")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    made.add_paragraph("end")
    saved = io.BytesIO()
    made.save(saved)
    assert _lines(raw(saved.getvalue(), name="a.docx")) == [
        ("Session note", 1, 1, 1),
        ("Agree one thing.", 2, 2, 0),
        ("- label claims", 4, 4, 0),
        ("first line", 5, 5, 0),
        ("second line", 5, 5, 0),
        ("| Owner | Action | Due |", 6, 6, 0),
        ("| Ben | label | Fri |", 7, 7, 0),
        ("end", 8, 8, 0),
    ]


def test_pdf_counts_text_lines_and_knows_the_page() -> None:
    long = "- Moved: add the reason codes to the nightly export, which waits for the release freeze. His team had it."
    text = f"# Session note\n\n## Decisions\n\n{long}\n- Second\n" + "\n".join(
        f"{number}. point" for number in range(60)
    )
    document = raw(pdf_of(text), name="2026-10-12.pdf")
    lines = [(line.text.unseal(), line.first, line.last, line.page) for line in document.lines if line.text]
    assert lines[:4] == [
        ("Session note", 1, 1, 1),
        ("Decisions", 2, 2, 1),
        (long, 3, 4, 1),
        ("- Second", 5, 5, 1),
    ]
    assert [(text, page) for text, _, _, page in lines[-1:]] == [("59. point", 2)]
    assert [line.first for line in document.lines] == sorted(line.first for line in document.lines)
    assert document.session_date == date(2026, 10, 12)


def test_a_transcript_saved_as_text_becomes_turns() -> None:
    document = raw(
        "Call of 14 September 2026\n\nAda Nwosu: Hi.\n"
        "How are you?\nBen: Fine.\n\nAda Nwosu: Good.\nBen: Yes.\nBen: So.\n",
        name="call.txt",
    )
    assert document.kind is DocumentKind.TRANSCRIPT
    assert _lines(document) == [
        ("Call of 14 September 2026", 1, 1, 0),
        ("Ada Nwosu: Hi. How are you?", 3, 4, 0),
        ("Ben: Fine.", 5, 5, 0),
        ("Ada Nwosu: Good.", 7, 7, 0),
        ("Ben: Yes. So.", 8, 9, 0),
    ]
    assert [line.turn for line in document.lines if line.text] == [False, True, True, True, True]


def test_a_note_with_field_labels_is_no_transcript() -> None:
    document = raw("Objective: one\nDecisions: two\nActions: three\nObjective: four\nDecisions: five\n", name="a.txt")
    assert document.kind is DocumentKind.NOTE


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("note.md", "Date: 14 September 2026\n", date(2026, 9, 14)),
        ("note.md", "**Session date:** Sept 14th, 2026\n", date(2026, 9, 14)),
        ("2026-09-14 call.md", "hello\n", date(2026, 9, 14)),
        ("20260914/call.md", "hello\n", date(2026, 9, 14)),
        ("note.md", "Date: 03/04/2026\n", None),
        ("note.md", "Date: 2026-02-31\n", None),
        ("CLM-20260914123.md", "hello\n", None),
    ],
)
def test_the_session_date_is_read_or_left_open(name: str, text: str, day: date | None) -> None:
    assert raw(text, name=name).session_date == day


def test_a_folder_is_listed_in_order_and_says_what_it_left_out(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", ".hidden.md", "programme.yaml", "photo.jpg", "sub/c.vtt", ".git/d.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("hello")
    listing = files_in([tmp_path, tmp_path / "b.md"])
    assert [found.path.relative_to(tmp_path).as_posix() for found in listing.files] == ["a.txt", "b.md", "sub/c.vtt"]
    assert {skipped.path.name: skipped.reason for skipped in listing.skipped} == {
        ".hidden.md": "hidden",
        "programme.yaml": "programme file",
        "photo.jpg": "no document (.jpg)",
    }


def test_the_name_is_relative_and_in_one_form(tmp_path: Path) -> None:
    folder = tmp_path / "Zoe\u0308"
    folder.mkdir()
    (folder / "a.md").write_text("hello")
    assert read_document(folder / "a.md", root=tmp_path).name.unseal() == "Zoë/a.md"
