"""What a redactor promises. Adapters live beside it (``presidio.py``); callers depend on this alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from guards.text import RawText, RedactedText
from guards.vault import Vault


@dataclass(frozen=True, slots=True)
class RedactedSpan:
    """One masked stretch: ``start`` and ``end`` are Unicode code points of the *input*, end exclusive."""

    start: int
    end: int
    entity_type: str
    placeholder: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redacted text and what was masked in it, in order, without overlaps."""

    text: RedactedText
    spans: tuple[RedactedSpan, ...]


class Redactor(Protocol):
    """Turns raw text into redacted text. Line breaks survive, so line numbers stay true."""

    @property
    def policy(self) -> str:
        """A short digest of recognisers, thresholds, model and word lists; part of every cache key."""
        ...

    def redact(self, texts: Sequence[RawText], *, vault: Vault, transcript: bool = False) -> list[Redaction]:
        """Redact each text alone, in order; the result for one depends on itself and on what the vault knows by then.

        A form that the vault has learnt is masked wherever it stands, so a text may teach the ones after it.

        Args:
            texts: whole documents or passages; one call with many is quicker than many calls.
            vault: the pair's vault, which mints or finds the placeholders and knows its roster.
            transcript: whether ``Name:`` at a line start is a speaker label.

        Raises:
            RedactionFailed: anything went wrong; nothing may be sent.
        """
        ...
