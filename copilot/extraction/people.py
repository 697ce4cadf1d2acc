"""Who the placeholders of a pair stand for, as far as reading needs to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeopleView:
    """A pair's own people. ``person_of`` gives the roster id behind a placeholder or ``None``.

    ``mentor``, ``mentee`` and ``sponsor`` are roster ids, for notes that say "mentee to bring the map".
    """

    person_of: Callable[[str], str | None]
    mentor: str | None = None
    mentee: str | None = None
    sponsor: str | None = None

    def in_role(self, word: str) -> str | None:
        """The roster id of "mentee", "coach", "mentor" or "sponsor"."""
        said = word.lower().removeprefix("the ").strip()
        if said == "mentee":
            return self.mentee
        return self.sponsor if said == "sponsor" else self.mentor
