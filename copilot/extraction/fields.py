"""Note template fields as mentions: exact, by code, before any rule sees their lines.

A commitment's line is taken only where the template names one owner; every other line of the field ("X and Y", no
owner, a wrapped rest) stays with the rules, which know how to leave an owner open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypedDict

from copilot.due_dates import find_due
from copilot.extraction.grammar import PERSON, ROLE
from copilot.extraction.lines import owner_of
from copilot.extraction.minting import Minter
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner, Reading
from copilot.extraction.rules import status, themes, told
from copilot.mentions import Mention, MentionKind, ReadBy
from guards.text import RedactedText, joined
from knowledge.note_commitments import CommitmentField
from knowledge.note_template import NoteEntry, NoteFields

_OPEN: Final = re.compile(
    r"(?:still )?(?:open|undecided|to decide|pending|tbd)(?: (?:question|decision|point)s?)?\s*[:–—-]\s*", re.IGNORECASE
)
_UNDECIDED: Final = re.compile(
    r"\b(?:undecided|to be decided|not (?:yet )?decided|still (?:open|to decide))\b", re.IGNORECASE
)
_NOTHING: Final = re.compile(r"(?:none|nothing|no|nil|n/?a)\b\s*(?:[.;,:!–—(-]|$)", re.IGNORECASE)
_KINDS: Final[Mapping[str, tuple[MentionKind, ...]]] = {
    "open": (MentionKind.COMMITMENT,),
    "done": (MentionKind.DONE,),
    "moved": (MentionKind.MOVED,),
    "dropped": (MentionKind.DROPPED,),
}
_TICKED: Final = (MentionKind.COMMITMENT, MentionKind.DONE)
"""A ticked box repeats the promise and closes it; "Done: ..." only says what became of one."""

_TELLING: Final = frozenset({MentionKind.ARTIFACT, MentionKind.DECISION})
"""Fields whose lines may also say what became of a promise: "Label sheet, all 200 claims done"."""
_FATES: Final = frozenset({MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED})


class _Due(TypedDict):
    due: date | None
    due_text: RedactedText | None


@dataclass(slots=True)
class FieldReader:
    """Turns the fields of one note into mentions. ``taken`` are the source lines that rules must not read again."""

    lines: Sequence[Line]
    minter: Minter
    people: PeopleView
    taken: set[int] = field(default_factory=set[int])

    def read(self, fields: NoteFields) -> list[Mention]:
        """Mentions of every field, in the order of the template."""
        found = [*self._entries(fields.objective, MentionKind.OBJECTIVE)]
        found += self._entries(fields.artifacts, MentionKind.ARTIFACT)
        found += self._entries(fields.decisions, MentionKind.DECISION)
        found += self._entries(fields.escalations, MentionKind.BLOCKER)
        if fields.follows_template:
            for each in fields.commitments:
                found += self._commitment(each)
        return found

    def _entries(self, entries: Sequence[NoteEntry], kind: MentionKind) -> Iterator[Mention]:
        for entry in entries:
            line = self._line(entry.first, entry.last)
            if line is None:
                continue
            self.taken.update(range(entry.first, entry.last + 1))
            at = max(line.text.find(entry.text), 0)
            for reading in _readings(replace(line, body=at), at + len(entry.text), kind):
                yield self.minter.mention(line, reading, ReadBy.TEMPLATE)
            if kind in _TELLING:
                for reading in status.read(replace(line, body=at), self.people, self.minter.document.session_date):
                    if reading.kind in _FATES:
                        yield self.minter.mention(line, reading, ReadBy.TEMPLATE)

    def _commitment(self, found: CommitmentField) -> Iterator[Mention]:
        line = self._line(found.first, found.last)
        if line is None:
            return
        kinds = _TICKED if found.done and line.ticked else _KINDS[found.state]
        on = self.minter.document.session_date
        if found.state == "open" and not found.done and told.read(line, self.people, on):
            return  # it says what became of a promise and makes none
        owner = self._owner(found)
        if owner is None and MentionKind.COMMITMENT in kinds:
            return
        self.taken.update(range(found.first, found.last + 1))
        whole = (line.body, len(line.text))
        for kind in kinds:
            mention = self.minter.mention(line, Reading(kind, *whole, whole, owner, text=found.action), ReadBy.TEMPLATE)
            yield replace(mention, ticket=str(found.ticket) if found.ticket else None, **self._due(found))

    def _owner(self, found: CommitmentField) -> Owner | None:
        """The owner, if the field names exactly one person by placeholder or role."""
        said = found.owner.trimmed("@ ") if found.owner else None
        if re.match(rf"\s*(?:and|or|&|\+|,|/)\s*(?:{PERSON}|{ROLE})", found.action):
            return None  # "X and Y: ...": which of them, or both, is for the rules to read
        if said is None or not re.fullmatch(rf"{PERSON}|{ROLE}", said):
            return None
        return Owner(self.people.in_role(said), said) if re.fullmatch(ROLE, said) else owner_of(said, self.people)

    def _due(self, found: CommitmentField) -> _Due:
        """The field's own date; words such as "Friday" are resolved from the session's day."""
        if found.due is not None or found.due_text is None:
            return {"due": found.due, "due_text": found.due_text}
        said = find_due(f"by {found.due_text}", self.minter.document.session_date)
        return {"due": said.day if said else None, "due_text": found.due_text}

    def _line(self, first: int, last: int) -> Line | None:
        """The source line, or several that one entry wraps over; none where a held line is among them."""
        wrapped = [each for each in self.lines if first <= each.first and each.last <= last]
        if not wrapped or wrapped[0].first != first or wrapped[-1].last != last:
            return None
        if len(wrapped) == 1:
            return wrapped[0]
        parts = [wrapped[0].text, *(each.text.trimmed() for each in wrapped[1:])]
        return replace(wrapped[0], text=joined(" ", parts), last=last)


def _readings(line: Line, end: int, kind: MentionKind) -> Iterator[Reading]:
    start = line.body
    words = line.text[start:end]
    if kind is MentionKind.BLOCKER and _NOTHING.match(words):
        return
    if kind is MentionKind.DECISION and (opened := _OPEN.match(words)):
        kind, start = MentionKind.OPEN_DECISION, start + opened.end()
    elif kind is MentionKind.DECISION and _UNDECIDED.search(words):
        kind = MentionKind.OPEN_DECISION
    yield Reading(kind, start, end, (start, end))
    yield from (each for each in themes.read(line) if each.kind is MentionKind.METRIC)
