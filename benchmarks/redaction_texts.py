"""Texts of about 160 words and the folder of the name model, for the redaction benches."""

from __future__ import annotations

from pathlib import Path

from copilot.settings import read_settings
from copilot.weights import small_weights, weights_folder

WORDS = 160


def documents(folder: Path) -> list[str]:
    """Every Markdown and text file, in the order of their names."""
    files = sorted(each for kind in ("*.md", "*.txt") for each in folder.rglob(kind))
    return [file.read_text("utf-8", errors="replace") for file in files]


def chunks_of(text: str) -> list[str]:
    """Whole lines up to about 160 words each; what is left at the end is dropped."""
    found: list[str] = []
    part: list[str] = []
    for line in text.splitlines():
        part.append(line)
        if sum(len(each.split()) for each in part) >= WORDS:
            found.append("\n".join(part))
            part = []
    return found


def chunks(folder: Path, count: int) -> list[str]:
    """The first ``count`` chunks of a folder's files, taken as one text."""
    return chunks_of("\n".join(documents(folder)))[:count]


def installed_rampart() -> Path | None:
    """Where make's set-up put the model, if it did."""
    return small_weights(weights_folder(read_settings())).rampart
