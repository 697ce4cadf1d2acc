"""Files that a command writes for its caller alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from copilot.errors import Usage


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read (0600), also where it was there before; a link is not followed.

    Raises:
        Usage: it cannot be written there.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            if stat.S_ISREG(os.fstat(handle).st_mode):  # a device such as /dev/null is everybody's
                os.fchmod(handle, 0o600)
            file.write(content)
    except OSError as error:
        raise Usage(f"{path} cannot be written ({error.strerror}): choose another --out") from None
