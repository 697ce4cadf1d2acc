"""The one door out: no bytes go to a model, an embedder or a host without passing here.

Every call is scanned in the exact form in which it would leave, against everything the pair's roster and vault
know and against shapes that are somebody's whoever they are, and leaves a line in the call log whatever the verdict.
Fails closed: when the scan itself fails, answers oddly or takes too long, nothing goes. ``egress_http.py`` holds the
only HTTP code and asks this door first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from guards.call_log import CallLog, Line
from guards.errors import EgressRefused, GuardError, RawTextExposed
from guards.leakage import Forms
from guards.text import RedactedText
from guards.wire_forms import readings
from guards.wire_patterns import patterns_in

_LARGEST: Final = 8 << 20
NO_PAIR: Final = ""
"""The pair of a call that belongs to none, such as a download; checked against the roster that is asked for it."""


class EgressDoor:
    """Checks and logs calls.

    Args:
        forms_of: every surface form that must not leave with a call for a pair (``record.vaults.forms``).
        log: where calls are logged.
        policy: by which redaction policy the texts were masked, where this process knows.
        seconds: how long a scan may take; one that takes longer lets nothing pass.
    """

    def __init__(
        self,
        forms_of: Callable[[str], frozenset[str]],
        *,
        log: CallLog,
        policy: Callable[[], str] = lambda: "",
        seconds: float = 5.0,
    ) -> None:
        self._forms_of = forms_of
        self._log = log
        self._policy = policy
        self._seconds = seconds
        self._lock = threading.Lock()
        self._compiled: dict[str, tuple[frozenset[str], Forms]] = {}

    def check(self, payload: bytes, *, pair: str, destination: str = "endpoint", texts: int = 0) -> None:
        """Let the exact bytes of a call pass, or refuse.

        Args:
            payload: what would be sent, to the last byte.
            pair: whose call it is.
            destination: the class of it for the log: ``endpoint``, ``loopback``, ``embedding``, ``download``,
                ``mcp`` (a result that an MCP client, a model outside, is given).
            texts: how many messages or passages it holds, for the log.

        Raises:
            EgressRefused: a known form or somebody's number is in it, it could not be scanned in time, or the log
                could not be kept.
        """
        try:
            verdict, policy = self._scanned(payload, pair), self._policy()
        except (GuardError, ArithmeticError, AttributeError, LookupError, MemoryError, OSError) as error:
            verdict, policy = f"scan failed: {type(error).__name__}", ""
        except (AssertionError, EOFError, ImportError, RuntimeError, TypeError, ValueError) as error:
            verdict, policy = f"scan failed: {type(error).__name__}", ""
        line = Line(pair=pair, destination=destination, payload=payload, policy=policy, texts=texts)
        if verdict:
            self._log.append(line, verdict=f"refused: {verdict}")
            raise EgressRefused(f"a call for pair {pair or '(none)'} was refused ({verdict}): nothing was sent")
        self._log.append(line, verdict="passed")

    def check_texts(self, texts: Sequence[RedactedText], *, pair: str, destination: str = "embedding") -> None:
        """Let texts pass to a model in this process; one line in the log for the batch.

        Raises:
            EgressRefused: as ``check``.
            RawTextExposed: a text is not redacted.
        """
        for position, text in enumerate(texts):
            if not isinstance(text, RedactedText):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise RawTextExposed(f"text {position} of a call is not redacted")
        self.check("\n\n".join(texts).encode(), pair=pair, destination=destination, texts=len(texts))

    def _scanned(self, payload: bytes, pair: str) -> str:
        """Why the bytes may not go; empty when they may."""
        if len(payload) > _LARGEST:
            return f"over {_LARGEST} bytes"
        ends = time.monotonic() + self._seconds
        forms, known, shapes = self._forms(pair), 0, 0
        for text in readings(payload.decode("utf-8", errors="strict")):
            known += _counted(forms.found_in_texts([text]))
            shapes += _counted(patterns_in([text]))
            if time.monotonic() > ends:
                raise TimeoutError
        found = [f"{known} known forms"] if known else []
        found += [f"{shapes} addresses or numbers"] if shapes else []
        return " and ".join(found)

    def _forms(self, pair: str) -> Forms:
        forms = self._forms_of(pair)
        with self._lock:
            known = self._compiled.get(pair)
            if known is None or known[0] != forms:
                known = self._compiled[pair] = (forms, Forms(forms))
        return known[1]


def _counted(found: object) -> int:
    """A scan that answers anything but a count has failed."""
    if type(found) is not int or found < 0:
        raise TypeError("no count")
    return found


def no_forms(_: str) -> frozenset[str]:
    """For a door that has no programme yet, such as ``coach model install`` before ``coach init``."""
    return frozenset[str]()
