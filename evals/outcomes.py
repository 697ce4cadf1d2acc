"""What production made of a drafting case, as values that tasks fill and scorers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copilot.mentions import Commitment
from evals.case import DraftingCase


@dataclass(frozen=True, slots=True)
class Seen:
    """One commitment of the ledger with names put back. ``places`` are (document, first line, last line), as cited."""

    of: Commitment
    action: str
    places: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What production made of one case. ``unparsed`` are the places of lines it shows as not understood.

    ``page`` is the session prep as JSON where one was asked for; ``refused`` the files that could not be read;
    ``error`` the line with which production refused the whole case; ``seconds`` what each stage took.
    """

    case: DraftingCase
    seen: tuple[Seen, ...] = ()
    unparsed: tuple[tuple[str, int, int], ...] = ()
    refused: int = 0
    held: tuple[tuple[str, int, int], ...] = ()
    """Lines held back as sensitive, off the record or an order to a machine: nothing is read there."""
    page: Mapping[str, object] | None = None
    error: str = ""
    seconds: Mapping[str, float] | None = None
