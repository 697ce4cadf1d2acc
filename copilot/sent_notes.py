"""A note as somebody sends it, before anything is kept: its name in the home, its session day, fields added to it.

Read by the readers of ingest, under their limits, so that what is refused here is refused there in the same words.
Refuses a note without a day, and one that says it is another pair's. Nothing is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath, PurePosixPath
from typing import Final

from copilot.errors import BadInput
from guards.text import RawText
from knowledge.errors import Unreadable
from knowledge.note_fields import note_schema
from knowledge.passages import Document, DocumentKind
from knowledge.reading import SUFFIXES, read_content
from knowledge.reading.limits import MAX_BYTES
from knowledge.reading.lines import clean
from knowledge.reading.meta import day_in

LONGEST_NAME: Final = 100
"""Characters of a file's name that are kept; file systems take 255 bytes, a letter up to four of them, and a date."""
PASTED: Final = "note.md"
_WRITABLE: Final = frozenset({".md", ".markdown", ".txt", ".text"})
_SEPARATORS: Final = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class Sent:
    """A note as sent. ``day`` and ``kind`` are what the person said; what is ``None`` the note says itself."""

    content: bytes = field(repr=False)
    name: str = field(default=PASTED, repr=False)
    day: date | None = None
    kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A sent note as read, under the name it has in the home: the pair's folder, the day and the file's own name.

    A second note of that name replaces the first, as a changed file of a folder does.
    """

    sent: Sent
    pair: str
    name: str
    day: date
    document: Document

    @property
    def takes_fields(self) -> bool:
        """Whether lines can be added to it: a text, and no file that a program packs."""
        return PurePosixPath(self.name).suffix.lower() in _WRITABLE


def placed(sent: Sent, *, pair: str) -> Placed:
    """Read a sent note and give it its name.

    Raises:
        Unreadable: empty, too large, of a wrong type, encrypted, or not what its name says.
        BadInput: it has no session day, or says that it is another pair's.
    """
    if not sent.content.strip():
        raise Unreadable("the note is empty: paste some text, or choose a file that has some")
    if len(sent.content) > MAX_BYTES:
        raise Unreadable(f"the file is over {MAX_BYTES // 2**20} MB, the most that is read: split it")
    own = _own_name(sent.name)
    if PurePosixPath(own).suffix.lower() not in SUFFIXES:
        raise Unreadable(f"the file is of no kind that is read here: use one of {' '.join(SUFFIXES)}")
    document = _read(sent, PurePath(own))
    if document.pair is not None and document.pair != pair:
        raise BadInput("the head of the note names another pair: correct it, or add the note to that pair")
    day = sent.day or document.session_date
    if day is None:
        raise BadInput("the note has no session date: choose one, or add a line such as Date: 2026-09-14")
    name = f"{pair}/{own if day_in(own) == day else f'{day.isoformat()}-{own}'}"
    return Placed(sent, pair, name, day, replace(document, name=RawText(clean(name))))


def _read(sent: Sent, name: PurePath) -> Document:
    try:
        return read_content(sent.content, name=name, kind=sent.kind)
    except Unreadable as error:
        line = str(error)
    raise Unreadable(f"the file {line}")


def _own_name(name: str) -> str:
    """The last part of a name, whichever system it comes from, short enough for any, its suffix kept."""
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    plain = " ".join(clean(last).split()).lstrip(".")
    suffix = PurePosixPath(plain).suffix
    stem = plain[: len(plain) - len(suffix)][: LONGEST_NAME - len(suffix)].strip()
    while len(stem.encode()) > LONGEST_NAME * 2:
        stem = stem[:-1]
    return f"{stem or 'note'}{suffix}"


def with_fields(sent: Sent, answers: Mapping[str, str]) -> Sent:
    """The note with answers to its template's fields at the end, each under its heading; empty ones are left out.

    Raises:
        BadInput: the file takes no lines (a PDF), or a name is no field of the template.
    """
    schema = note_schema()
    titles = {each.name: each.title for each in schema.fields}
    given = {name: text.strip() for name, text in answers.items() if text.strip()}
    if not given:
        return sent
    if any(name not in titles for name in given):
        raise BadInput(f"no such field: the note template has {', '.join(titles)}")
    suffix = PurePosixPath(_own_name(sent.name)).suffix.lower()
    if suffix not in _WRITABLE:
        raise BadInput(f"a {suffix} file takes no fields here: add them in the file and send it again")
    heading = "## {}\n\n" if suffix in {".md", ".markdown"} else "{}:\n"
    parts = [heading.format(titles[name]) + _bulleted(given[name]) for name in titles if name in given]
    added = "\n\n" + "\n\n".join(parts) + "\n"
    return replace(sent, content=sent.content + _encoded(added, sent.content))


def _bulleted(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(line if line.startswith(("-", "*", "|", "[")) else f"- {line}" for line in lines)


def _encoded(text: str, content: bytes) -> bytes:
    """In the encoding of the content, as far as its first bytes tell."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return text.encode(encoding)
    return text.encode()
