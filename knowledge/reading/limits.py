"""How much of one file is read at most. Refusing is cheap; parsing a hostile file is not."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 20 * 1024 * 1024
"""A three-hour transcript is about 0.3 MB; a scanned PDF of a charter a few MB. Checked by stat, before reading."""
MAX_LINES: Final = 250_000
MAX_CHARACTERS: Final = 20_000_000
"""Of extracted text; a compressed format can hold far more than its file size."""

MAX_ZIP_ENTRIES: Final = 2_000
MAX_ZIP_BYTES: Final = 100 * 1024 * 1024
"""All entries of a DOCX unpacked, pictures included."""
MAX_XML_BYTES: Final = 16 * 1024 * 1024
"""One XML part of a DOCX unpacked; parsed XML takes about twenty times its size in memory."""

HTML_SECONDS: Final = 15.0
MAX_OPEN_MARKUP: Final = 8 * 1024 * 1024
"""Characters of one tag, comment or script; the largest honest ones hold a picture or a library."""

MAX_PDF_PAGES: Final = 400
PDF_SECONDS: Final = 20.0
"""Looked at between pages; the work on one page is bounded by the parser's own budgets."""
