"""Blanks what the vector index's files hold beyond their vectors.

The library writes its tables with the room for vectors to come as it was handed out by the allocator: freed memory of
this process, in which lines of notes and names may stand (seen in tests). Refuses to touch a file whose header does
not fit its size.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

_HEADER: Final = struct.Struct("<i4Q")
"""Format version, offset of the base layer, most elements, elements in use, bytes per element."""
_VERSION: Final = 1
_LENGTH_BYTES: Final = 4


def blank_unused(folder: Path) -> int:
    """Overwrite with zeros whatever lies beyond the elements in use; how many bytes."""
    return sum(_blank(header.parent, header.read_bytes()) for header in sorted(folder.rglob("header.bin")))


def _blank(folder: Path, header: bytes) -> int:
    if len(header) < _HEADER.size:
        return 0
    version, offset, most, used, size = _HEADER.unpack_from(header)
    if version != _VERSION or offset != 0 or used > most or not 0 < size < 1 << 20:
        return 0
    return _zero(folder / "data_level0.bin", used * size) + _zero(folder / "length.bin", used * _LENGTH_BYTES)


def _zero(path: Path, start: int) -> int:
    if not path.is_file() or path.stat().st_size <= start:
        return 0
    count = path.stat().st_size - start
    with path.open("r+b") as file:
        file.seek(start)
        file.write(bytes(count))
        file.flush()
        os.fsync(file.fileno())
    return count
