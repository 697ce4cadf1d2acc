"""Starts a programme folder: a commented ``programme.yaml``, note templates, a folder for each pair's notes.

Refuses to overwrite anything.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final

from copilot.errors import BadInput
from copilot.retention_policy import FILE, starter_policy

EXAMPLE_PAIR: Final = "robin-kim"


def start_programme(folder: Path, *, today: date) -> tuple[Path, ...]:
    """Write the files and say which; the programme starts on the Monday of this week.

    Raises:
        BadInput: one of the files is there already, or the folder cannot be written; nothing was changed.
    """
    monday = today - timedelta(days=today.weekday())
    wanted = {"programme.yaml": _starter().replace("{start}", monday.isoformat())}
    wanted[FILE] = starter_policy()
    wanted |= {f"templates/{name}": text for name, text in _templates().items()}
    for name in wanted:
        if (folder / name).exists():
            raise BadInput(f"{folder / name}: is there already; nothing was written; choose another folder")
    try:
        return (*(_write(folder / name, text) for name, text in wanted.items()), _notes(folder))
    except OSError as error:
        raise BadInput(f"{folder}: cannot be written ({error.strerror}); choose another folder") from None


def _starter() -> str:
    return files("copilot.starter").joinpath("programme.yaml").read_text(encoding="utf-8")


def _templates() -> dict[str, str]:
    shelf = files("knowledge").joinpath("corpus", "templates")
    if not shelf.is_dir():
        return {}
    found = (each for each in shelf.iterdir() if each.name.endswith(".md"))
    return {each.name: each.read_text(encoding="utf-8") for each in sorted(found, key=lambda each: each.name)}


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _notes(folder: Path) -> Path:
    notes = folder / "notes" / EXAMPLE_PAIR
    notes.mkdir(parents=True, exist_ok=True)
    return notes
