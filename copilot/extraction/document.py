"""One document, line by line: structure first, then sentences, then the engine for what looks like a promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from copilot.due_dates import find_due
from copilot.engines.protocol import Engine
from copilot.extraction import asking
from copilot.extraction.clauses import asks
from copilot.extraction.grammar import PERSON
from copilot.extraction.minting import Minter
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Reading
from copilot.extraction.rules import (
    charge,
    explicit,
    lists,
    offers,
    passive,
    present,
    promises,
    reported,
    requests,
    status,
    tables,
    themes,
)
from copilot.extraction.rules import told as told_of
from copilot.mentions import Mention, MentionKind, ReadBy
from copilot.similarity import content
from guards.text import PLACEHOLDER, RedactedText

_LOOKS_LIKE: Final = re.compile(
    r"\b(?:needs? to be|has to be|have to be|must be|to be (?:done|sent|written|agreed|fixed)"
    r"|(?:someone|somebody) (?:has|needs|should)|action(?:s)?:|todo|take care of|leave (?:it|that) with"
    rf"|on (?:my|his|her|your|their|{PERSON}['’]s) list|owes?|is on (?:it|this)|responsible|homework)\b",
    re.IGNORECASE,
)
_DROPPED_SUFFIX: Final = re.compile(
    r"[\s.;,:(–—-]+(?:is |was )?(?:no longer (?:needed|required|relevant)|not needed (?:any ?more|now)|dropped"
    r"|cancell?ed"
    r"|descoped|abandoned|won['’]?t ?(?:do|fix))\W*$",
    re.IGNORECASE,
)
_STRETCHED: Final = re.compile(r"\s{60}|([*_\[({|>-])\1{59}")
"""Runs of blanks or marks that no note has: not worth the time that patterns spend on them."""
_TAKEN_ON: Final = re.compile(
    r"\b(?:took (?:on|the (?:action|task|job))|pointed out|undertook|signed up (?:to|for)|needs? you to"
    r"|accepted)\b",
    re.IGNORECASE,
)
"""A past tense that begins a task and does not end one."""
_PROMISES: Final = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE})


@dataclass(slots=True)
class Reader:
    """Reads the lines of one document in order; remembers what a later line may point back to."""

    minter: Minter
    people: PeopleView
    engine: Engine
    on: date
    header: Mapping[str, int] = field(default_factory=dict[str, int])
    earlier: list[tuple[Reading, RedactedText]] = field(default_factory=list[tuple[Reading, RedactedText]])
    answering: int = -1

    def read(self, lines: tuple[Line, ...], taken: Iterable[int] = ()) -> list[Mention]:
        """Mentions of all lines but those the template parser has ``taken``."""
        skip = frozenset(taken)
        found: list[Mention] = []
        for at, line in enumerate(lines):
            if line.first in skip or not line.text.strip():
                continue
            for reading, read_by in self._line(at, lines):
                found.append(self.minter.mention(line, reading, read_by))
                if reading.kind in _PROMISES:
                    self.earlier.append((reading, found[-1].text))
        return [each for each in found if each.text.strip()]

    def _line(self, at: int, lines: tuple[Line, ...]) -> list[tuple[Reading, ReadBy]]:
        line = lines[at]
        if _STRETCHED.search(line.text):
            whole = (line.body, len(line.text))
            return (
                [(Reading(MentionKind.UNPARSED, *whole, whole), ReadBy.RULES)] if PLACEHOLDER.search(line.text) else []
            )
        readings = list(self._structured(line))
        if not readings and not line.heading and not self._in_table(line):
            readings = self._prose(at, lines)
        if not line.heading:
            readings += themes.read(line)
        if not readings and not line.heading and self._looks_like_one(line):
            answer = asking.ask(at, lines, self.people, self.engine)
            whole = (line.body, len(line.text))
            reading = answer or Reading(MentionKind.UNPARSED, *whole, whole)
            return [(reading, ReadBy.MODEL if answer else ReadBy.RULES)]
        return [(each, ReadBy.RULES) for each in readings]

    def _in_table(self, line: Line) -> bool:
        return bool(line.cells) and (bool(self.header) or line.text.lstrip().startswith("|"))

    def _structured(self, line: Line) -> tuple[Reading, ...]:
        if line.cells:
            found = self._row(line)
            if found is not None:
                return found
        else:
            self.header = {}
        if line.section == "done":
            return ()
        told = told_of.read(line, self.people, self.on)
        if told:
            return told
        found = explicit.read(line, self.people)
        if found is None and not line.heading:
            found = lists.read(line, self.people, self.on)
        return _with_fate(line, found or ())

    def _row(self, line: Line) -> tuple[Reading, ...] | None:
        """A row of a table; ``None`` where bars only part what is written on the line."""
        header = tables.columns(line)
        if header:
            self.header = header
            return ()
        found = tables.read(line, self.header, self.people)
        return found if found or self.header or line.text.lstrip().startswith("|") else None

    def _prose(self, at: int, lines: tuple[Line, ...]) -> list[Reading]:
        line = lines[at]
        after = lines[at + 1 : at + 4]
        fates = [*status.read(line, self.people, self.on, before=self._before(at, lines))]
        fates = [each for each in fates if not _TAKEN_ON.search(line.text[each.clause[0] : each.clause[1]])]
        fates += requests.received(line, after)
        found = [*(passive.read(line, self.people, self.earlier) or ())]
        asked, answered = requests.read(line, after, self.people, self.on)
        offered, settled = offers.read(line, after, self.people)
        if answered or settled:
            self.answering = next((n for n in range(at + 1, len(lines)) if lines[n].text.strip()), -1)
        families = (
            [passive.handed(line, each, self.people, self.earlier) for each in asked],
            offered,
            reported.read(line, self.people),
            charge.read(line, self.people),
            promises.read(line, self.people, answers=self.answering == at),
            [each for each in present.read(line, self.people) if not self._said_before(line, each)],
        )
        for family in families:
            found += [each for each in family if not any(_overlap(each, other) for other in found)]
        closed = [each for each in fates if each.kind in {MentionKind.DROPPED, MentionKind.MOVED}]
        found = [each for each in found if not any(_overlap(each, other) for other in closed)]
        # "X was asked to bring the numbers" promises them; what is promised in a sentence is not done by it.
        fates = [each for each in fates if each.kind is not MentionKind.DONE or not _promised(each, found)]
        return [*found, *fates]

    def _said_before(self, line: Line, reading: Reading) -> bool:
        """Whether a talk only comes back to what the same person promised before: "So X sends them by Monday?"."""
        verb = content(line.text[reading.start : reading.end].split()[0])
        return line.spoken and any(
            reading.owner is not None and reading.owner.same_as(other.owner) and verb & content(words.split()[0])
            for other, words in self.earlier
            if words.split()
        )

    @staticmethod
    def _before(at: int, lines: tuple[Line, ...]) -> Line | None:
        """The turn of another speaker right before this one."""
        turns = [each for each in lines[max(0, at - 3) : at] if each.text.strip()]
        mine = lines[at].speaker
        return turns[-1] if turns and mine and turns[-1].speaker and not mine.same_as(turns[-1].speaker) else None

    def _looks_like_one(self, line: Line) -> bool:
        words = line.words
        if asks(words) or re.search(r"\b(?:not|never|no)\b|n['’]t\b", words):
            return False
        if _LOOKS_LIKE.search(words):
            return True
        due = find_due(words, self.on)
        lead = words[due.start : due.end].lower() if due else ""
        return lead.startswith(("by ", "before ", "due ")) and not re.search(r"\b(?:was|were|had|did|\w+ed)\b", words)


def _with_fate(line: Line, found: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """A ticked box or a "done" or "no longer needed" at the end says what became of the very promise on the line."""
    if not found:
        return found
    dropped = _DROPPED_SUFFIX.search(line.text, line.body) is not None
    if not (dropped or line.ticked or status.done_suffix(line)):
        return found
    fate = MentionKind.DROPPED if dropped else MentionKind.DONE
    return found + tuple(replace(each, kind=fate, question=None) for each in found if each.kind in _PROMISES)


def _promised(fate: Reading, found: Iterable[Reading]) -> bool:
    return any(each.kind in _PROMISES and _overlap(fate, each) for each in found)


def _overlap(one: Reading, other: Reading) -> bool:
    """Whether two rules read the same stretch; the first of them has it."""
    return one.clause[0] < other.clause[1] and other.clause[0] < one.clause[1]
