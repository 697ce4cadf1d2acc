"""Which files of a folder are documents: sorted, hidden files and other suffixes left out and said so.

A symbolic link is listed like a file and refused when read, should it lead out of the folder: each file gets its line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUFFIXES: Final = (".md", ".markdown", ".txt", ".text", ".html", ".htm", ".docx", ".pdf", ".vtt", ".srt")
_PROGRAMME: Final = frozenset({"programme.yaml", "programme.yml"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A document to read, and the folder it must not lead out of (its name is relative to that)."""

    path: Path
    root: Path


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file left alone, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found under the given paths."""

    files: tuple[FoundFile, ...]
    skipped: tuple[SkippedFile, ...]


def files_in(paths: Iterable[Path], *, root: Path | None = None) -> Listing:
    """List documents under files and folders.

    Args:
        paths: files and folders; a file named here is never skipped (reading it says what is wrong with it).
        root: folder that names are relative to, for the paths inside it (the programme file's folder); else each
            folder is its own root, and a single file's is its parent.
    """
    files: dict[Path, FoundFile] = {}
    skipped: list[SkippedFile] = []
    for path in paths:
        base = _base(path, root)
        for found in _walk(path) if path.is_dir() else iter((path,)):
            reason = "" if found == path else _why_skipped(found)
            if reason:
                skipped.append(SkippedFile(found, reason))
            else:
                files.setdefault(Path(os.path.abspath(found)), FoundFile(found, base))  # noqa: PTH100 -- links stay
    return Listing(tuple(files[key] for key in sorted(files)), tuple(skipped))


def _base(path: Path, root: Path | None) -> Path:
    if root is not None and path.absolute().is_relative_to(root.absolute()):
        return root
    return path if path.is_dir() else path.parent


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):  # does not follow links to folders
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in sorted([*names, *linked]))


def _why_skipped(path: Path) -> str:
    if path.name.startswith((".", "~$")):
        return "hidden"
    if path.name in _PROGRAMME:
        return "programme file"
    if path.parent.name == "templates":
        return "template: copy it into a pair's folder and fill it in"
    if path.is_symlink() and path.is_dir():
        return "link to a folder: name that folder itself"
    if path.suffix.lower() not in SUFFIXES:
        return f"no document ({path.suffix or 'no suffix'})"
    return ""
