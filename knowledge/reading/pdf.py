"""PDF: the text layer, page by page, wrapped lines put together again. Locators count text lines from the start.

Scanned pages have no text layer and no recognition is tried here; the message says so.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator, Sequence
from typing import Final

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, PyPdfError

from knowledge.errors import Unreadable
from knowledge.passages import SourceLine
from knowledge.reading.limits import MAX_CHARACTERS, MAX_PDF_PAGES, PDF_SECONDS
from knowledge.reading.lines import source_line
from knowledge.wrapping import continues, starts_item

_HYPHEN: Final = re.compile(r"(?<=\w)-$")
_BUDGET: Final = Configuration(
    maximum_declared_stream_length=20_000_000,
    array_based_stream_maximum_output_length=20_000_000,
    zlib_maximum_output_length=20_000_000,
    zlib_maximum_recovery_input_length=100_000,
    lzw_maximum_output_length=5_000_000,
    run_length_maximum_output_length=20_000_000,
    stream_decoding_work_maximum_length=40_000_000,
    stream_parsing_work_maximum_count=400_000,
    page_tree_maximum_entries=5_000,
    page_tree_maximum_page_entries=100_000,
    xform_maximum_invocations_per_extraction=200,
    jbig2dec_binary=None,
)
_FAULTS: Final = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the parser lets through on damaged input; a test damages a good file in many places."""
_BROKEN: Final = "is not a whole PDF (truncated or damaged): export it again"


def read_pdf(data: bytes) -> Iterator[SourceLine]:
    """The text of a PDF.

    Raises:
        Unreadable: encrypted, damaged, without a text layer, too many pages, or too slow to read.
    """
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("is not a PDF, whatever its name says: export it again")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the file
    try:
        with apply_configuration(_BUDGET):
            pages = _pages(data)
    except _FAULTS:
        raise Unreadable(_BROKEN) from None
    if not any(text.strip() for text in pages):
        raise Unreadable("is a PDF without a text layer (a scan?): run text recognition on it or type the note")
    return _lines(pages)


def _pages(data: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("is protected by a password: save it without one")
    if len(reader.pages) > MAX_PDF_PAGES:
        raise Unreadable(f"has more than {MAX_PDF_PAGES} pages: split it")
    until = time.monotonic() + PDF_SECONDS
    found: list[str] = []
    for page in reader.pages:
        found.append(page.extract_text())
        if time.monotonic() > until or sum(map(len, found)) > MAX_CHARACTERS:
            raise Unreadable(f"takes more than {PDF_SECONDS:.0f} seconds to read: print it to a new PDF or split it")
    return found


def _lines(pages: Sequence[str]) -> Iterator[SourceLine]:
    number = 0
    for page, text in enumerate(pages, start=1):
        lines = [line.rstrip() for line in re.split(r"[\n\r]", text)]
        width = max((len(line) for line in lines), default=0)
        start = 0
        for end in range(1, len(lines) + 1):
            if end == len(lines) or not _goes_on(lines[start:end], lines[end], width=max(width, 50)):
                yield source_line(_rejoined(lines[start:end]), number + start + 1, number + end, page=page)
                start = end
        number += len(lines)


def _goes_on(item: Sequence[str], line: str, *, width: int) -> bool:
    """Whether a line goes on with the item above, as the words or a hanging indent tell."""
    hangs = bool(item[-1].strip()) and 0 < _indent(line) > _indent(item[0]) and not starts_item(line)
    return hangs or continues(item[-1].strip(), line.strip(), width=width)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _rejoined(lines: Sequence[str]) -> str:
    text = lines[0].strip()
    for line in map(str.strip, lines[1:]):
        broken = bool(_HYPHEN.search(text)) and line[:1].islower()
        text = text[:-1] + line if broken else f"{text} {line}"
    return text
