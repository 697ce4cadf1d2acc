"""Opening one file without being led astray: no way out of the folder, no device, no pipe, no file beyond the limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from knowledge.errors import Unreadable
from knowledge.reading.limits import MAX_BYTES


def read_bytes(path: Path, *, root: Path) -> bytes:
    """The content of a regular file inside ``root``.

    Raises:
        Unreadable: it is not there, not inside, not a regular file, not permitted, empty or too big.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root.resolve(strict=True)):
            raise Unreadable("leads out of the folder (symbolic link or ..): copy the file itself into the folder")
        # O_NONBLOCK: opening a named pipe must not wait for a writer; O_NOFOLLOW: the link was resolved above.
        descriptor = os.open(real, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except (OSError, RuntimeError, ValueError) as error:
        raise Unreadable(_why(error)) from None
    try:
        return _content(descriptor)
    finally:
        os.close(descriptor)


def _content(descriptor: int) -> bytes:
    status = os.fstat(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable("is a folder with a document's name: name the files in it instead")
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is not a regular file (device, pipe or socket): give a document")
    if status.st_size > MAX_BYTES:
        raise Unreadable(f"is {status.st_size // 2**20} MB, the limit is {MAX_BYTES // 2**20} MB: split it")
    try:
        data = _read_up_to(descriptor, MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(_why(error)) from None
    if len(data) > MAX_BYTES:
        raise Unreadable(f"grew over the limit of {MAX_BYTES // 2**20} MB while being read: split it")
    if not data:
        raise Unreadable("is empty: nothing to read")
    return data


def _read_up_to(descriptor: int, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := os.read(descriptor, min(size, 2**20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _why(error: OSError | RuntimeError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "is not there: check the path"
        case PermissionError():
            return "may not be read by this user: change its permissions"
        case IsADirectoryError():
            return "is a folder with a document's name: name the files in it instead"
        case OSError():
            return f"cannot be opened ({os.strerror(error.errno or 0)}): check the file"
        case RuntimeError():
            return "is a symbolic link that leads back to itself: replace it by the file"
        case _:
            return "has a path this system cannot open: rename it"
