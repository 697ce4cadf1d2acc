"""The one door out: no bytes go to a model, an embedder or a host without passing here.

Every call is scanned in the exact form in which it would leave, against everything the pair's roster and vault
know, and leaves a line in the call log whatever the verdict. Fails closed: when the scan itself fails, nothing
goes. ``egress_http.py`` holds the only HTTP code and asks this door first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final

from guards.call_log import CallLog
from guards.errors import EgressRefused, GuardError, RawTextExposed
from guards.leakage import Forms
from guards.text import RedactedText

NO_PAIR: Final = ""
"""The pair of a call that belongs to none, such as a download; checked against the roster that is asked for it."""


class EgressDoor:
    """Checks and logs calls.

    Args:
        forms_of: every surface form that must not leave with a call for a pair (``record.vaults.forms``).
        log: where calls are logged.
    """

    def __init__(self, forms_of: Callable[[str], frozenset[str]], *, log: CallLog) -> None:
        self._forms_of = forms_of
        self._log = log
        self._lock = threading.Lock()
        self._compiled: dict[str, tuple[frozenset[str], Forms]] = {}

    def check(self, payload: bytes, *, pair: str, destination: str = "endpoint") -> None:
        """Let the exact bytes of a call pass, or refuse.

        Args:
            payload: what would be sent, to the last byte.
            pair: whose call it is.
            destination: the class of it for the log: ``endpoint``, ``loopback``, ``embedding``, ``download``.

        Raises:
            EgressRefused: a known form is in it, it could not be scanned, or the log could not be kept.
        """
        try:
            found = self._forms(pair).found_in(payload)
        except (GuardError, ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError) as error:
            self._refuse(payload, pair, destination, f"scan failed: {type(error).__name__}")
        except (TypeError, ValueError) as error:
            self._refuse(payload, pair, destination, f"scan failed: {type(error).__name__}")
        else:
            if found:
                self._refuse(payload, pair, destination, f"{found} known forms")
            self._log.append(pair=pair, destination=destination, payload=payload, verdict="passed")

    def check_texts(self, texts: Sequence[RedactedText], *, pair: str, destination: str = "embedding") -> None:
        """Let texts pass to a model in this process; one line in the log for the batch.

        Raises:
            EgressRefused: as ``check``.
            RawTextExposed: a text is not redacted.
        """
        for position, text in enumerate(texts):
            if not isinstance(text, RedactedText):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise RawTextExposed(f"text {position} of a call is not redacted")
        self.check("\n\x00\n".join(texts).encode(), pair=pair, destination=destination)

    def _refuse(self, payload: bytes, pair: str, destination: str, verdict: str) -> None:
        self._log.append(pair=pair, destination=destination, payload=payload, verdict=f"refused: {verdict}")
        raise EgressRefused(f"a call for pair {pair or '(none)'} was refused ({verdict}): nothing was sent")

    def _forms(self, pair: str) -> Forms:
        forms = self._forms_of(pair)
        with self._lock:
            known = self._compiled.get(pair)
            if known is None or known[0] != forms:
                known = self._compiled[pair] = (forms, Forms(forms))
        return known[1]


def no_forms(_: str) -> frozenset[str]:
    """For a door that has no programme yet, such as ``coach model install`` before ``coach init``."""
    return frozenset[str]()
