"""Writes the sample programme into a folder: copies its text files, makes the DOCX and PDF notes from text sources.

The same bytes every time, so that a second ingest finds nothing new. Leaves alone a file that somebody changed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import docx

from copilot.sample.pdf import pdf_of

_EPOCH: Final = (2026, 9, 7, 8, 0, 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """Where the sample programme stands. ``kept`` counts files that somebody changed and that were left alone."""

    folder: Path
    programme: Path
    notes: tuple[tuple[str, Path], ...]
    """Pair id and folder of notes, in the programme's order."""
    written: int
    kept: int


def build_sample(folder: Path) -> Sample:
    """Write the sample programme into ``folder``; a second call writes nothing."""
    source = files("copilot.sample")
    made = {"programme.yaml": source.joinpath("programme.yaml").read_bytes(), **dict(_notes(source.joinpath("notes")))}
    written = kept = 0
    for name, content in made.items():
        path = folder / name
        if path.exists():
            kept += path.read_bytes() != content
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written += 1
    pairs = dict.fromkeys(Path(name).parts[1] for name in made if name.startswith("notes/"))
    notes = tuple((pair, folder / "notes" / pair) for pair in pairs)
    return Sample(folder, folder / "programme.yaml", notes, written, kept)


def _notes(source: Traversable) -> Iterator[tuple[str, bytes]]:
    for pair in sorted(source.iterdir(), key=lambda each: each.name):
        for note in sorted(pair.iterdir(), key=lambda each: each.name):
            name, content = _made(note.name, note.read_bytes())
            yield f"notes/{pair.name}/{name}", content


def _made(name: str, content: bytes) -> tuple[str, bytes]:
    """``x.docx.md`` becomes ``x.docx`` and ``x.pdf.md`` becomes ``x.pdf``; anything else stays as it is."""
    if name.endswith(".docx.md"):
        return name.removesuffix(".md"), docx_of(content.decode())
    if name.endswith(".pdf.md"):
        return name.removesuffix(".md"), pdf_of(content.decode())
    return name, content


def docx_of(text: str) -> bytes:
    """The text as a DOCX with real headings and bullets; zip times are fixed, so the bytes are the same every time."""
    document = docx.Document()
    for line in filter(None, text.splitlines()):
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), level=line.count("#", 0, 3))
        elif line.startswith("- "):
            document.add_paragraph(line.removeprefix("- "), style="List Bullet")
        else:
            document.add_paragraph(line)
    saved = io.BytesIO()
    document.save(saved)
    fixed = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
