"""Note template fields as mentions: exact, by code, before any rule sees their lines.

A commitment's line is taken only where the template names one owner; every other line of the field ("X and Y", no
owner, a wrapped rest) stays with the rules, which know how to leave an owner open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from copilot.extraction.clauses import sentences
from copilot.extraction.grammar import ONE, PERSON, ROLE
from copilot.extraction.lines import owner_of
from copilot.extraction.minting import Minter
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner, Reading
from copilot.extraction.rules import themes
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
_FATES: Final = (
    (MentionKind.DONE, re.compile(r"(?:done|completed?|closed|finished)", re.IGNORECASE)),
    (MentionKind.MOVED, re.compile(r"(?:moved|postponed|rescheduled|deferred|carried over)", re.IGNORECASE)),
    (MentionKind.DROPPED, re.compile(r"(?:dropped|cancell?ed|abandoned)", re.IGNORECASE)),
)
_NAMED_IN_BRACKETS: Final = re.compile(rf"\([^()]*?(?P<who>{PERSON})[^()]*\)")


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

    def _commitment(self, found: CommitmentField) -> Iterator[Mention]:
        line = self._line(found.first, found.last)
        said = found.owner.trimmed("@ ") if found.owner else None
        if line is None or said is None:
            return
        fate = next((kind for kind, pattern in _FATES if pattern.fullmatch(said)), None)
        reading = self._fate(line, found, fate) if fate else self._promise(line, found, said)
        if reading is None:
            return
        self.taken.update(range(found.first, found.last + 1))
        for each in (reading, *_ticked(found, reading)):
            mention = self.minter.mention(line, each, ReadBy.TEMPLATE)
            if found.due is not None and each.kind is MentionKind.COMMITMENT:
                mention = replace(mention, due=found.due, due_text=found.due_text)
            yield mention

    def _promise(self, line: Line, found: CommitmentField, said: RedactedText) -> Reading | None:
        """The promise, if exactly one person is its owner and its action stands in the line as it is."""
        at = line.text.find(found.action, line.text.find(said) + len(said))
        if at < 0 or not re.fullmatch(rf"{PERSON}|{ROLE}", said):
            return None
        owner = owner_of(said, self.people)
        if re.fullmatch(ROLE, said):
            owner = Owner(self.people.in_role(said), said)
        span = (at, at + len(found.action))
        return Reading(MentionKind.COMMITMENT, *span, (line.body, len(line.text)), owner)

    def _fate(self, line: Line, found: CommitmentField, kind: MentionKind) -> Reading | None:
        """What the line says became of an item: the first sentence after the label."""
        label = line.text.find(found.owner or "")
        at = line.text.find(found.action, label + len(found.owner or ""))
        if at < 0:
            return None
        start, end = next(sentences(line.text, at), (at, len(line.text)))
        who = re.match(ONE, line.text[start:end]) or _NAMED_IN_BRACKETS.search(line.text[start:end])
        named = line.text[start:end][slice(*who.span("who" if "who" in who.groupdict() else 0))] if who else None
        return Reading(kind, start, end, (start, end), owner_of(named, self.people) if named else None)

    def _line(self, first: int, last: int) -> Line | None:
        """The source line, or several that one entry wraps over; none where a held line is among them."""
        wrapped = [each for each in self.lines if first <= each.first and each.last <= last]
        if not wrapped or wrapped[0].first != first or wrapped[-1].last != last:
            return None
        if len(wrapped) == 1:
            return wrapped[0]
        parts = [wrapped[0].text, *(each.text.trimmed() for each in wrapped[1:])]
        return replace(wrapped[0], text=joined(" ", parts), last=last)


def _ticked(found: CommitmentField, reading: Reading) -> tuple[Reading, ...]:
    if found.done and reading.kind is MentionKind.COMMITMENT:
        return (replace(reading, kind=MentionKind.DONE),)
    return ()


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
