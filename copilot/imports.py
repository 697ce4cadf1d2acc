"""Commitments that a programme file brings along, as mentions read by import."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from copilot.mentions import Mention, MentionKind, ReadBy
from guards.text import RedactedText
from knowledge.passages import Citation


@dataclass(frozen=True, slots=True)
class ImportedCommitment:
    """One row of ``commitments:``, its ``action`` redacted; ``moves`` are the days it was moved on, and to when."""

    pair: str
    owner: str | None
    action: RedactedText
    opened: date
    due: date | None = None
    ticket: str | None = None
    status: str = "open"
    closed: date | None = None
    moves: tuple[tuple[date, date], ...] = ()


def imported_mentions(
    rows: tuple[ImportedCommitment, ...], *, source: RedactedText, placeholder_of: Callable[[str], RedactedText]
) -> tuple[Mention, ...]:
    """The promise of each row, then what became of it."""
    found: list[Mention] = []
    for number, row in enumerate(rows, 1):
        steps = [(MentionKind.COMMITMENT, row.opened, row.due)]
        for on, to in row.moves:
            # Two moves of one day have no order of their own; the file's order counts.
            after = steps[-1][1] + timedelta(days=1) if len(steps) > 1 else row.opened
            steps.append((MentionKind.MOVED, max(on, after), to))
        fate = {"done": MentionKind.DONE, "dropped": MentionKind.DROPPED}.get(row.status)
        if fate:
            steps.append((fate, max(row.closed or row.opened, steps[-1][1]), None))
        promise = ""
        where = Citation(f"import:{row.pair}", source, number, number, row.action)
        for kind, day, due in steps:
            key = "\x1f".join(
                (row.pair, row.owner or "", row.action, row.ticket or "", kind, day.isoformat(), str(due))
            )
            digest = hashlib.sha256(key.encode()).hexdigest()[:16]
            promise = promise or digest
            found.append(
                Mention(
                    digest, row.pair, kind, row.action, day, where, ReadBy.IMPORT, owner=row.owner,
                    owner_text=placeholder_of(row.owner) if row.owner else None, due=due, ticket=row.ticket,
                    about=promise if promise != digest else None,
                )
            )  # fmt: skip
    return tuple(found)
