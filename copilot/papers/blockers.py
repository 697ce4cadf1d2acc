"""The blocker register: each thing the notes call a blocker, once, since when, when last heard, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from copilot.boxes.escalation import alike, blockers_of, owed_line, owed_outside
from copilot.boxes.lines import Line, day_slot, fact, needs, number_slot, quote, suggest
from copilot.mentions import Mention, ReadBy
from copilot.papers.paper import Paper, PaperKind, assembled
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text

YARDSTICK_DAYS: Final = 14
"""After two weeks a blocker is old: mission.md, E5."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """One blocker with everything said of it. ``told`` are its mentions, oldest first."""

    told: tuple[Mention, ...]

    @property
    def since(self) -> date:
        """The day it was first said."""
        return self.told[0].session_date

    @property
    def last(self) -> Mention:
        """The latest wording."""
        return self.told[-1]

    @property
    def flagged(self) -> bool:
        """Whether it was ever written under escalation flags of the note template, so meant for the sponsor."""
        return any(each.read_by is ReadBy.TEMPLATE for each in self.told)

    def age_days(self, on: date) -> int:
        """Days from the first mention."""
        return (on - self.since).days


def register(snapshot: Snapshot) -> tuple[Blocker, ...]:
    """Every blocker of the notes, those that say the same thing as one, the oldest first."""
    groups: list[list[Mention]] = []
    for each in sorted(blockers_of(snapshot), key=lambda one: (one.session_date, one.citation.first)):
        same = next((group for group in groups if any(alike(each, other) for other in group)), None)
        groups.append([each]) if same is None else same.append(each)
    return tuple(sorted((Blocker(tuple(group)) for group in groups), key=lambda one: (one.since, one.last.id)))


def still_heard(snapshot: Snapshot, each: Blocker) -> bool:
    """Whether one of the last two sessions spoke of it."""
    return each.last.session_date in set(snapshot.met[-2:])


def blocker_line(snapshot: Snapshot, each: Blocker) -> Line:
    """What it is, since when, how often said, and when last."""
    since, last = each.since.isoformat(), each.last.session_date.isoformat()
    days = sorted({one.session_date.isoformat() for one in each.told})
    cited = list(dict.fromkeys([each.told[0].citation, each.last.citation]))
    words, first = quote(each.last.text, limit=140), day_slot(since, day_text(each.since))
    age = number_slot(each.age_days(snapshot.day), "age", since)
    if len(days) == 1:
        return fact("“{words}” Said {since}, {age} days ago.", snapshot, cited, words=words, since=first, age=age)
    return fact(
        "“{words}” Since {since}, {age} days; said in {n} sessions, last {last}.", snapshot, cited,
        words=words, since=first, age=age, n=number_slot(len(days), "count", *days),
        last=day_slot(last, day_text(each.last.session_date)),
    )  # fmt: skip


def build(snapshot: Snapshot) -> Paper:
    """Old ones first, then the newer ones, then those not heard of lately, then what others owe."""
    found = register(snapshot)
    heard = [each for each in found if still_heard(snapshot, each)]
    old = [each for each in heard if each.age_days(snapshot.day) >= YARDSTICK_DAYS]
    newer = [each for each in heard if each not in old]
    quiet = [each for each in found if each not in heard]
    owed = [owed_line(snapshot, each) for each in owed_outside(snapshot)]
    sections = [
        ("Two weeks and older", _lines(snapshot, old)),
        ("Newer", _lines(snapshot, newer)),
        ("Not heard of in the last two sessions", _quiet(snapshot, quiet)),
        ("Owed by others, late or without a date", owed),
    ]
    if not any(lines for _, lines in sections):
        sections = [("Blockers", [suggest(house("No blocker is noted. Ask: is anything waiting for somebody else?"))])]
    return assembled(snapshot, PaperKind.BLOCKERS, "Blocker register", sections)


def _lines(snapshot: Snapshot, found: Sequence[Blocker]) -> list[Line]:
    asked = snapshot.people[snapshot.pair.mentee]
    made: list[Line] = []
    for each in found:
        made.append(blocker_line(snapshot, each))
        made.append(needs(composed("[needs: who clears it, and by when - ask {who}]", who=asked)))
    return made


def _quiet(snapshot: Snapshot, found: Sequence[Blocker]) -> list[Line]:
    made = [blocker_line(snapshot, each) for each in found]
    return [*made, suggest(house("Ask of each: is it cleared?"))] if made else []
