"""What is on record of one pair on a day, beyond its dates: the frozen input of every flag but the stalled one.

A part that is ``None`` could not be read, so it is unknown and raises nothing; an empty one was read and is empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from copilot.mentions import Commitment
from copilot.programme import Pair, Period
from guards.text import RedactedText


@dataclass(frozen=True, slots=True)
class Blocked:
    """One blocker of the notes. ``category`` is what it is about, ``None`` where the pair may clear it itself.

    ``sponsor``: it was written under the note's escalation flags. ``cleared`` is the day a later line said so.
    """

    category: str | None
    since: date
    last: date
    sessions: int
    sponsor: bool = False
    cleared: date | None = None


@dataclass(frozen=True, slots=True)
class SessionNote:
    """A session's note as its passages, held ones left out, and the promises it writes down."""

    day: date
    text: tuple[RedactedText, ...]
    promises: tuple[RedactedText, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Where the pair's criteria stand: days on which both had agreed one that is not signed, and of sign-offs."""

    waiting: tuple[date, ...] = ()
    signed: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class PairRecord:
    """One pair on a day.

    ``papers`` are those that any pair of the programme has on file; ``pairs_of_coach`` counts the active pairs with the
    same mentor coach that began no later, itself included; ``sponsor_away`` is the sponsor's leave known by then.
    """

    pair: Pair
    on: date
    started: date
    met: tuple[date, ...] = ()
    papers: tuple[str, ...] = ()
    caseload_cap: int | None = None
    pairs_of_coach: int = 0
    sponsor_away: tuple[Period, ...] = ()
    sponsor_cancelled: tuple[date, ...] = ()
    commitments: tuple[Commitment, ...] | None = None
    blockers: tuple[Blocked, ...] | None = None
    notes: tuple[SessionNote, ...] | None = None
    artefacts: tuple[date, ...] | None = None
    template_notes: int = 0
    criteria: SignedOff | None = None

    @property
    def over(self) -> bool:
        """Whether the pair has ended or not begun."""
        return self.on < self.started or (self.pair.ended is not None and self.pair.ended <= self.on)
