"""Who a programme knows, as the redactor needs it: every form of every known person, and words to mask or keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ERASED: Final = "[erased]"
"""What stands where an erased person's name stood: in a programme, and where a placeholder is restored."""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One known person: a stable id, the full name and other forms (nickname, initials, handle, e-mail)."""

    id: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody a programme knows, plus customers and code names to mask and jargon never to mask."""

    people: tuple[RosterPerson, ...] = ()
    mask_words: tuple[str, ...] = ()
    keep_words: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    """Ids of people who were erased: they have a placeholder and no form."""
