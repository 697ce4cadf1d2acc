"""What a paper is: titled sections of checked lines, who may see it, and what was left out.

Refuses to send anything, and to hold a line that no check has seen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from copilot.boxes.checked import checked
from copilot.boxes.lines import PROGRAMME, Line
from copilot.declared import rules_of
from copilot.drafts import Dropped, Item, ItemKind
from copilot.snapshot import Snapshot
from guards.text import PLACEHOLDER, RedactedText
from knowledge.passages import Citation

LEDGER: Final = "ledger"
"""Stands for the commitment ledger where a line rests on what was confirmed and shared, not on a note."""


class PaperKind(StrEnum):
    """Which paper."""

    NOTE = "note"
    ESCALATION = "escalation"
    EVIDENCE = "evidence"
    SPONSOR = "sponsor"
    BLOCKERS = "blockers"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a paper."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as of a day.

    ``named`` says whether names may be put back for whoever may see them; where not, ``roles`` says which placeholder
    stands for which role of the pair.
    """

    id: str
    kind: PaperKind
    pair: str
    day: date
    title: str
    sections: tuple[Section, ...]
    audience: tuple[str, ...]
    named: bool
    roles: Mapping[str, str] = field(default_factory=dict[str, str])
    dropped: tuple[Dropped, ...] = ()
    held_back: int = 0

    def sanitised(self, text: str) -> str:
        """A text with roles in place of the pair's people, and everybody else as ``[person 4]``."""

        def shown(found: re.Match[str]) -> str:
            kind, number = found.group(0).strip("<>").rsplit("_", 1)
            return f"[{self.roles.get(found.group(0)) or kind.replace('_', ' ').lower() + ' ' + number}]"

        return PLACEHOLDER.sub(shown, text)

    @property
    def needs(self) -> tuple[RedactedText, ...]:
        """What the sources do not say."""
        return tuple(item.text for each in self.sections for item in each.items if item.kind is ItemKind.NEEDS)

    @property
    def places(self) -> tuple[Citation, ...]:
        """Every place cited, once, in the order it is read."""
        cited = (place for each in self.sections for item in each.items for place in item.citations)
        return tuple(dict.fromkeys(cited))


def assembled(  # noqa: PLR0913 - what a paper is made of
    snapshot: Snapshot,
    kind: PaperKind,
    title: str,
    sections: Sequence[tuple[str, Sequence[Line]]],
    *,
    audience: tuple[str, ...] | None = None,
    named: bool = True,
) -> Paper:
    """Check every line and put the paper together; a section that nothing is left of goes.

    ``audience`` is the intersection of the sources' audiences unless the paper's sources are open to more.
    """
    rules, dropped = rules_of(snapshot), list[Dropped]()
    made = [
        Section(name, checked(lines, part=number, rules=rules, dropped=dropped))
        for number, (name, lines) in enumerate(sections, 1)
    ]
    kept = tuple(each for each in made if each.items)
    cited = {place.document for each in kept for item in each.items for place in item.citations}
    seen_by = audience if audience is not None else snapshot.audience(sorted(cited - {PROGRAMME, LEDGER}))
    said = json.dumps(
        [snapshot.pair.id, snapshot.day.isoformat(), kind, [[str(i.text) for i in s.items] for s in kept]]
    )
    return Paper(
        id="p" + hashlib.sha256(said.encode()).hexdigest()[:11], kind=kind, pair=snapshot.pair.id, day=snapshot.day,
        title=title, sections=kept, audience=seen_by, named=named, roles=_roles(snapshot), dropped=tuple(dropped),
        held_back=snapshot.held_back,
    )  # fmt: skip


def _roles(snapshot: Snapshot) -> dict[str, str]:
    pair = snapshot.pair
    held = ((pair.sponsor, "the sponsor"), (pair.mentor, "the coach"), (pair.mentee, "the mentee"))
    return {str(snapshot.people[who]): role for who, role in held if who is not None and who in snapshot.people}
