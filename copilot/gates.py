"""What closes a pair to somebody for now: papers that are not signed, consent that was withdrawn.

Project data is not retrievable by a coach before the role charter and the data access agreement are on file; the
mentee's own view does not wait for the coach's papers. When one of the two withdraws consent to session prep, the
conversation closes to everybody else at once; each keeps the list of their own commitments.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from copilot.programme import Pair
from guards.access import (
    Closed,
    Permission,
    ReadCommitments,
    ReadConversation,
    ReadCriteria,
    RevealNames,
    ReviewFlags,
    Role,
)
from guards.consent import Consents, Purpose

PAPERS: Final = ("coach_charter", "data_access")
"""Documents that a coach needs signed, by their keys under ``pairs[].signed``."""
GATE: Final = "gate"
CONSENT: Final = "consent"
BY_GATE: Final[frozenset[type[Permission]]] = frozenset(
    {ReadConversation, ReadCommitments, ReadCriteria, RevealNames, ReviewFlags}
)
"""What a coach without papers may not do."""
BY_CONSENT: Final[frozenset[type[Permission]]] = frozenset({ReadConversation, ReadCriteria, ReviewFlags})
"""What others may not do once somebody withdrew session prep; their own commitments stay theirs."""


def missing_papers(pair: Pair, *, on: date) -> tuple[str, ...]:
    """The papers that are not signed on the day."""
    signed = {name for name, day in pair.signed if day <= on}
    return tuple(each for each in PAPERS if each not in signed)


def papers_line(pair: Pair, *, on: date) -> str:
    """What is missing and where to write it; empty when nothing is."""
    missing = missing_papers(pair, on=on)
    if not missing:
        return ""
    fields = ", ".join(f"{each}: YYYY-MM-DD" for each in missing)
    return (
        f"pair {pair.id}: nothing of the project is open to its coach until {' and '.join(missing)} are signed:"
        f" write signed: {{{fields}}} for {pair.id} under pairs in programme.yaml, then coach ingest its folder"
    )


def closed_to(pair: Pair, *, person: str, role: Role, consents: Consents, on: date) -> tuple[Closed, ...]:
    """Everything that is closed to a person of the pair on a day."""
    return tuple(_closed(pair, person, role, consents, on))


def _closed(pair: Pair, person: str, role: Role, consents: Consents, on: date) -> Iterator[Closed]:
    if role is Role.MENTOR_COACH and (line := papers_line(pair, on=on)):
        yield Closed(BY_GATE, GATE, line)
    others = {pair.mentor, pair.mentee} - {person}
    withdrawn = sorted(each for each in others if not consents.allows(each, Purpose.SESSION_PREP))
    if withdrawn:
        line = (
            f"pair {pair.id}: {' and '.join(withdrawn)} withdrew consent to {Purpose.SESSION_PREP.value}, so its notes"
            f" are closed to others: only {' and '.join(withdrawn)} can give it again, with coach consent give"
        )
        yield Closed(BY_CONSENT, CONSENT, line)
