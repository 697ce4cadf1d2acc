"""A PDF of plain lines, just enough for the sample's one PDF note; the same bytes every time.

Writes Helvetica with Windows-1252 text, so it refuses letters outside that set.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_LINES_A_PAGE: Final = 50
_WIDTH: Final = 92


def pdf_of(text: str) -> bytes:
    """The text as a PDF: ``# `` and ``## `` lines as headings, long lines wrapped, A4 pages.

    Raises:
        UnicodeEncodeError: a letter is outside Windows-1252.
    """
    lines = list(_wrapped(text.strip().splitlines()))
    pages = [lines[at : at + _LINES_A_PAGE] for at in range(0, len(lines), _LINES_A_PAGE)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        bodies += _page(page, content=5 + 2 * number)
    return _file(bodies)


def _wrapped(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for line in lines:
        size = 16 if line.startswith("# ") else 13 if line.startswith("## ") else 10
        for part in textwrap.wrap(line.lstrip("# "), _WIDTH, subsequent_indent="  ") or [""]:
            yield size, part


def _page(lines: Sequence[tuple[int, str]], *, content: int) -> tuple[bytes, bytes]:
    drawn = [b"BT 56 790 Td 15 TL"]
    for size, text in lines:
        shown = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        drawn.append(b"/F1 %d Tf (%s) Tj T*" % (size, shown))
    stream = b"\n".join([*drawn, b"ET"])
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    return page.encode("ascii"), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)


def _file(bodies: Sequence[bytes]) -> bytes:
    made = b"%PDF-1.4\n"
    starts: list[int] = []
    for number, body in enumerate(bodies, 1):
        starts.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(bodies) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(made))
    )
