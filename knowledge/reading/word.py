"""DOCX: paragraphs and table rows in body order, counted as a reader counts them.

The XML is read straight from the package: sizes are checked before anything is unpacked, a document type (the
carrier of entity bombs) is refused, pictures are never opened, and text in content controls and tracked insertions,
which object models skip, is kept. Deleted text is not.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from knowledge.errors import Unreadable
from knowledge.passages import SourceLine
from knowledge.reading.limits import MAX_XML_BYTES, MAX_ZIP_BYTES, MAX_ZIP_ENTRIES
from knowledge.reading.lines import source_line

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_BREAKS: Final = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_SKIPPED: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}instrText"})
_HEADING: Final = re.compile(r"heading\s*([1-6])$", re.IGNORECASE)


def read_word(data: bytes) -> Iterator[SourceLine]:
    """The text of a DOCX.

    Raises:
        Unreadable: encrypted, truncated, no DOCX, or it would unpack to more than the limits.
    """
    if data.startswith(_OLE):
        raise Unreadable("is protected by a password or an old .doc: save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_sizes(package)
            body = _xml(package, "word/document.xml").find(f"{_W}body")
            levels = _heading_styles(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Unreadable("is not a whole DOCX (truncated or something else): save it again") from None
    if body is None:
        raise Unreadable("is a DOCX without a text body: save it again")
    return _Body(levels).lines(body)


def _check_sizes(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MAX_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > MAX_ZIP_BYTES:
        raise Unreadable(
            f"would unpack to more than {MAX_ZIP_BYTES // 2**20} MB or {MAX_ZIP_ENTRIES} parts: not opened"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("is protected by a password: save it without one")


def _xml(package: zipfile.ZipFile, name: str) -> ET.Element:
    if package.getinfo(name).file_size > MAX_XML_BYTES:
        raise Unreadable(f"would unpack to more than {MAX_XML_BYTES // 2**20} MB of text: not opened, split it")
    content = package.read(name).replace(_STRICT, _W.strip("{}").encode())
    if b"<!DOCTYPE" in content.replace(b"\0", b""):  # without the zero bytes of UTF-16
        raise Unreadable("declares a document type, which no word processor writes: not opened")
    try:
        return ET.fromstring(content)  # noqa: S314 -- no document type, so no entities
    except ET.ParseError:
        raise Unreadable("holds broken XML: save it again") from None


def _heading_styles(package: zipfile.ZipFile) -> dict[str, int]:
    """Style id to heading level; the names behind the ids stay English in every language of the word processor."""
    if "word/styles.xml" not in package.namelist():
        return {}
    levels: dict[str, int] = {}
    for style in _xml(package, "word/styles.xml").iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        value = "" if name is None else name.get(f"{_W}val", "")
        match = _HEADING.match(value)
        level = int(match.group(1)) if match else 1 if value.casefold() == "title" else 0
        levels[style.get(f"{_W}styleId", "")] = level
    return levels


class _Body:
    """Walks the body; ``number`` counts paragraphs and rows, empty ones included."""

    def __init__(self, levels: dict[str, int]) -> None:
        self._levels = levels
        self._number = 0

    def lines(self, body: ET.Element) -> Iterator[SourceLine]:
        """Lines in body order. A stack, not recursion: hostile nesting must not exhaust it."""
        waiting = [body]
        while waiting:
            element = waiting.pop()
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tr":
                self._number += 1
                yield from (source_line(text, self._number) for text in _row(element))
            elif element.tag not in _SKIPPED:
                waiting.extend(reversed(element))

    def _paragraph(self, element: ET.Element) -> Iterator[SourceLine]:
        self._number += 1
        style = element.find(f"{_W}pPr/{_W}pStyle")
        style_id = "" if style is None else style.get(f"{_W}val", "")
        level = self._levels.get(style_id, 0)
        listed = element.find(f"{_W}pPr/{_W}numPr") is not None or style_id.startswith("List")
        for index, text in enumerate(_text(element).split("\n")):
            mark = "- " if listed and index == 0 and text.strip() else ""
            yield source_line(mark + text, self._number, heading=level if text.strip() else 0)


def _row(row: ET.Element) -> Iterator[str]:
    cells = [_cell(cell) for cell in row.findall(f"{_W}tc") + row.findall(f"{_W}sdt/{_W}sdtContent/{_W}tc")]
    if len(cells) == 2 and len(cells[1]) > 1:  # a form: the label on the left, several lines on the right
        yield " ".join(cells[0]).rstrip(" :") + ":"
        yield from cells[1]
    elif any(cells):
        yield "| " + " | ".join(" / ".join(cell) for cell in cells) + " |"


def _cell(cell: ET.Element) -> list[str]:
    found: list[str] = []
    for paragraph in cell.iter(f"{_W}p"):
        mark = "- " if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else ""
        found += [mark + text.strip() for text in _text(paragraph).split("\n") if text.strip()]
    return found


def _text(paragraph: ET.Element) -> str:
    pieces: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _BREAKS:
            pieces.append(_BREAKS[element.tag])
        elif element.tag not in _SKIPPED and element.tag != f"{_W}tabs":
            waiting.extend(reversed(element))
    return "".join(pieces)
