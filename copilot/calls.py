"""What the call log says of some pairs: when a text went to a model, how large it was, and what the door said.

The log holds no text, so none can be shown. Refuses nothing by itself: whose calls somebody may see is for the caller.
"""

from __future__ import annotations

from collections.abc import Collection

from copilot.bootstrap import Copilot
from guards.log_reading import Call, Verified, last_calls, verify
from guards.log_seal import SEALER, read_seal, seal_path

_ALL = 10**9


def calls_of(copilot: Copilot, pairs: Collection[str], *, most: int) -> tuple[Call, ...]:
    """The last calls of some pairs, newest first.

    Raises:
        EgressRefused: a line of the log does not read.
    """
    mine = [each for each in last_calls(copilot.home.egress_log, most=_ALL) if each.pair in pairs]
    return tuple(reversed(mine[-most:]))


def log_state(copilot: Copilot) -> Verified:
    """Whether the call log is whole, by its chain and its seal.

    Raises:
        EgressRefused: the seal does not read.
    """
    log = copilot.home.egress_log
    sealed = read_seal(log, key=copilot.keyring.key(SEALER)) if seal_path(log).exists() else None
    return verify(log, sealed=sealed)
