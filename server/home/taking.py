"""Takes an uploaded programme file over into a home, as ``coach ingest`` takes one from a folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from copilot import intake
from copilot.bootstrap import Copilot
from copilot.errors import BadInput

LARGEST: Final = 4 * 1024 * 1024
"""Bytes; a programme of a thousand pairs has a quarter of that."""


def take_programme(copilot: Copilot, content: bytes) -> None:
    """Read, check and keep it.

    Raises:
        ProgrammeInvalid: it breaks the schema.
        BadInput: it is empty or far too large, or would undo an import.
    """
    if not content.strip():
        raise BadInput("the programme file is empty: send a programme.yaml; coach init DIR writes a commented one")
    if len(content) > LARGEST:
        raise BadInput(f"the programme file has {len(content)} bytes, more than {LARGEST}: send a programme.yaml")
    with tempfile.TemporaryDirectory(dir=copilot.home.path, prefix="taking-") as folder:
        path = Path(folder) / "programme.yaml"
        path.write_bytes(content)
        intake.prepare(copilot, [], programme_path=path)
