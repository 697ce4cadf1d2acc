"""Which programme files a home has taken over, so that an older one does not undo what ``coach import`` brought.

``coach ingest`` puts its programme file in the place of the home's programme; ``coach import`` adds to it. After an
import, a file that was taken over before changes nothing any more, and another that lacks rows of the home is refused.
Holds digests alone. Refuses to guess which of two programmes is meant.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from copilot.erasure_records import write_whole
from copilot.errors import BadInput
from copilot.programme import Programme, without_pauses
from copilot.programme_file import load_programme, load_update
from copilot.programme_merge import rows_of

_STATE: Final = "programme-source.json"


@dataclass(frozen=True, slots=True)
class Source:
    """The digests of files that are in the home's programme, and whether an import added to it."""

    taken: tuple[str, ...] = ()
    imported: bool = False


def source_of(home: Path) -> Source:
    """What is noted; nothing for a home that was never told, or whose note does not read."""
    try:
        said = json.loads((home / _STATE).read_text(encoding="utf-8"))
        return Source(tuple(str(each) for each in said["taken"]), bool(said["imported"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Source()


def note_imported(home: Path, path: Path) -> None:
    """Note that a file is merged into the home's programme."""
    known = source_of(home)
    _keep(home, Source(tuple(dict.fromkeys((*known.taken, _digest(path)))), imported=True))


def note_replaced(home: Path, path: Path) -> None:
    """Note that a file stands in the place of the home's programme."""
    _keep(home, Source((_digest(path),)))


def stands(home: Path, programme: Programme | None, path: Path) -> bool:
    """Whether the home's programme stands and the file is not to be taken over by an ingest.

    Raises:
        BadInput: an import has added what the file does not have.
        ProgrammeInvalid: the file breaks the schema.
    """
    known = source_of(home)
    if programme is None or not known.imported:
        return False
    if _digest(path) in known.taken:
        return True
    file = _parts(load_programme(path).programme)
    both = _parts(load_update(path, without_pauses(programme))[0].programme)  # no file knows a person's own pause
    lacks = {name: len(parts - file[name]) for name, parts in both.items() if parts - file[name]}
    if lacks:
        told = ", ".join(f"{count} of {name}" for name, count in lacks.items())
        raise BadInput(
            f"{path.name}: lacks what coach import brought into this home ({told}): run coach import on it, which adds"
            " to that, then this again; or coach ingest --replace-programme to put it in its place"
        )
    return False


def _parts(programme: Programme) -> dict[str, frozenset[str]]:
    """Everything a programme says, section by section, whatever the order."""
    rows: dict[str, object] = {**rows_of(programme), "commitments": [repr(each) for each in programme.work]}
    return {
        name: frozenset(_canonical(each) for each in cast("list[object]", value))
        if isinstance(value, list)
        else frozenset({_canonical(value)})
        for name, value in rows.items()
    }


def _canonical(value: object) -> str:
    if isinstance(value, list):
        return "[" + ",".join(sorted(_canonical(each) for each in cast("list[object]", value))) + "]"
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        return "{" + ",".join(f"{name}:{_canonical(each)}" for name, each in sorted(items)) + "}"
    return repr(value)


def _keep(home: Path, source: Source) -> None:
    write_whole(home / _STATE, json.dumps({"taken": list(source.taken), "imported": source.imported}).encode())


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise BadInput(f"{path.name}: cannot be read ({error.strerror})") from None
