"""Where a home's master key comes from when not from its own file: the environment, or a secret store's command.

Refuses to choose between two sources, to run a shell, and to repeat what a command printed.
"""

from __future__ import annotations

import shlex

from guards.errors import VaultUnreadable
from guards.keys import master_from_command, master_from_text


def master_key(*, text: str | None, command: str | None) -> bytes | None:
    """The master key that the settings give, or ``None`` for the file in the home.

    Args:
        text: ``COACH_MASTER_KEY``: 32 bytes as base64 or hexadecimal digits.
        command: ``COACH_MASTER_KEY_COMMAND``: a program and its arguments, split as a shell would, run without one.

    Raises:
        VaultUnreadable: both are given, the command cannot be split, fails or is too slow, or it is no key.
    """
    if text is not None and command is not None:
        raise VaultUnreadable("both COACH_MASTER_KEY and COACH_MASTER_KEY_COMMAND are set: unset one of them")
    if text is not None:
        return master_from_text(text)
    if command is None:
        return None
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise VaultUnreadable("COACH_MASTER_KEY_COMMAND is no command line: close its quotes, or unset it")
    return master_from_command(words)
