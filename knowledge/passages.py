"""What reading yields: documents, their lines, and the passages that are indexed and cited.

Lines are numbered as in the source from 1, so a citation can be checked with a text editor. Formats without
lines number what a reader would count: paragraphs of a DOCX, text lines of a PDF (with the page).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guards.access import Lane
from guards.text import RawText, RedactedText


class DocumentKind(StrEnum):
    """What a document is; guessed when not said."""

    NOTE = "note"
    TRANSCRIPT = "transcript"
    TEMPLATE = "template"
    CHARTER = "charter"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line after conversion. A speaker turn is one line, ``Name: what was said``.

    ``first`` and ``last`` are the source's own line numbers (equal unless cues or wrapped lines were joined);
    ``heading`` is the level of a heading, 0 for body text; ``page`` counts from 1 where the format has pages.
    """

    text: RawText
    first: int
    last: int
    heading: int = 0
    page: int | None = None
    turn: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: raw, in memory only. ``name`` is the path relative to the folder ingested."""

    name: RawText
    sha256: str
    kind: DocumentKind
    lines: tuple[SourceLine, ...]
    session_date: date | None = None
    pair: str | None = None


@dataclass(frozen=True, slots=True)
class RedactedLine:
    """A ``SourceLine`` once redacted; locators unchanged.

    ``held`` says why its words, as they were written, must be held back by what nobody can open; it is not kept.
    """

    text: RedactedText
    first: int
    last: int
    heading: int = 0
    page: int | None = None
    turn: bool = False
    held: str = ""


@dataclass(frozen=True, slots=True)
class RedactedDocument:
    """A document ready to be stored, chunked, indexed and read for commitments.

    ``id`` is the logical source (pair and name), ``version`` the content's digest: the same id with another
    version supersedes.
    """

    id: str
    version: str
    pair: str
    lane: Lane
    kind: DocumentKind
    session_date: date
    name: RedactedText
    lines: tuple[RedactedLine, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """About 150 words of one document, aligned to sections or turns; what is indexed, retrieved and cited.

    ``id`` is a content hash: the same passage of the same source has the same id on every machine.
    ``held`` says why it is held back from drafts and search (off the record, sensitive: health ...), else empty.
    """

    id: str
    document: str
    version: str
    pair: str
    lane: Lane
    session_date: date
    source: RedactedText
    first: int
    last: int
    text: RedactedText
    heading: RedactedText | None = None
    speaker: RedactedText | None = None
    held: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact stands: lines ``first``..``last`` of a document, with the words quoted from them."""

    document: str
    source: RedactedText
    first: int
    last: int
    quote: RedactedText
