"""Reading: one small file per format; every failure is ``Unreadable`` with one line that says what and what to do."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Final

from guards.text import RawText
from knowledge.errors import Unreadable
from knowledge.passages import Document, DocumentKind, SourceLine
from knowledge.reading.captions import read_captions
from knowledge.reading.folder import SUFFIXES, FoundFile, Listing, SkippedFile, files_in
from knowledge.reading.html_text import read_html
from knowledge.reading.lines import clean, within_limits
from knowledge.reading.meta import meta_of
from knowledge.reading.opening import read_bytes
from knowledge.reading.pdf import read_pdf
from knowledge.reading.plain import read_markdown, read_plain
from knowledge.reading.turns import looks_like_transcript, turns_of
from knowledge.reading.word import read_word

__all__ = ["SUFFIXES", "FoundFile", "Listing", "SkippedFile", "files_in", "read_content", "read_document"]

_CAPTIONS: Final = frozenset({".vtt", ".srt"})
_READERS: Final[Mapping[str, Callable[[bytes], Iterator[SourceLine]]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_plain,
    ".text": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_word,
    ".pdf": read_pdf,
    ".vtt": read_captions,
    ".srt": read_captions,
}


def read_document(path: Path, *, root: Path, kind: DocumentKind | None = None) -> Document:
    """Read one file inside ``root``.

    Args:
        path: the file.
        root: the folder that was ingested; a link that leaves it is refused, and names are relative to it.
        kind: what the document is, when a person said so; else it is guessed.

    Raises:
        Unreadable: with one line for the person, without the file's name.
    """
    if path.suffix.lower() not in _READERS:
        raise Unreadable(f"is not a kind of document read here: use one of {' '.join(SUFFIXES)}")
    return read_content(read_bytes(path, root=root), name=_name(path, root), kind=kind)


def read_content(data: bytes, *, name: PurePath, kind: DocumentKind | None = None) -> Document:
    """Read a document from its bytes; ``name`` gives the format by its suffix.

    Raises:
        Unreadable: with one line for the person, without the file's name.
    """
    suffix = _format(data, name.suffix.lower())
    meta = meta_of(within_limits(_READERS[suffix](data)), name=name)
    lines = within_limits(meta.lines)
    kind = kind or meta.kind or _guess(lines, suffix)
    if kind is DocumentKind.TRANSCRIPT and suffix not in _CAPTIONS:
        lines = tuple(turns_of(lines))
    return Document(
        RawText(clean(str(name))), hashlib.sha256(data).hexdigest(), kind, lines, meta.session_date, meta.pair
    )


def _format(data: bytes, suffix: str) -> str:
    """The suffix's format, but captions saved as text are captions."""
    return (
        ".vtt" if suffix in {".txt", ".text"} and data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") else suffix
    )


def _guess(lines: tuple[SourceLine, ...], suffix: str) -> DocumentKind:
    spoken = suffix in _CAPTIONS or looks_like_transcript(lines)
    return DocumentKind.TRANSCRIPT if spoken else DocumentKind.NOTE


def _name(path: Path, root: Path) -> PurePath:
    """The path relative to the root, in one Unicode form: the same folder on another system has the same ids."""
    absolute, base = Path(os.path.abspath(path)), Path(os.path.abspath(root))  # noqa: PTH100 -- links stay
    relative = absolute.relative_to(base) if absolute.is_relative_to(base) else PurePath(absolute.name)
    readable = os.fsencode(relative.as_posix()).decode("utf-8", "replace")
    return PurePath(unicodedata.normalize("NFC", readable))
