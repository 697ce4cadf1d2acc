"""A pair's vault: which placeholder stands for which surface form.

Placeholders are typed and numbered per pair (``<PERSON_1>``). A roster person has one placeholder whatever form
the note uses. Restoring needs a reveal grant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from guards.access import Grant, RevealNames
from guards.roster import Roster
from guards.text import RawText, RedactedText


@dataclass(frozen=True, slots=True)
class Kept:
    """One form that a vault keeps: under which placeholder, of what type, and of which roster person if any."""

    mark: str
    kind: str
    form: str
    person: str | None


class Vault(Protocol):
    """Mints, finds and restores placeholders for one pair."""

    @property
    def pair(self) -> str:
        """The pair's id."""
        ...

    @property
    def roster(self) -> Roster:
        """Who the programme knows, for the redactor."""
        ...

    def placeholder(self, surface: RawText, *, entity_type: str, person: str | None = None) -> str:
        """The placeholder for a surface form, minted if new.

        A roster ``person`` id always yields that person's own placeholder. Otherwise a form links to an existing
        entry only when exactly one candidate exists.
        """
        ...

    def person_of(self, placeholder: str) -> str | None:
        """The roster id behind a placeholder, or ``None`` for somebody or something the roster does not know."""
        ...

    def placeholder_of(self, person: str) -> RedactedText:
        """The placeholder of a roster person, minted if need be, as text fit for a draft."""
        ...

    def forms(self) -> frozenset[str]:
        """Every surface form the egress door must not let through."""
        ...

    def kept(self) -> tuple[Kept, ...]:
        """Every form that this pair's notes brought, for forgetting alone."""
        ...

    def forget(self, gone: Callable[[Kept], bool]) -> int:
        """Let go of forms; their placeholders stay taken and show ``[erased]``. How many went."""
        ...

    def restore(self, text: str, grant: Grant[RevealNames]) -> str:
        """Put names back for somebody who may see them.

        Raises:
            PlaceholderUnknown: the text holds a placeholder this vault never minted.
        """
        ...
