"""Where two lines of one session disagree on who, by when or how much: both are shown, and nothing is chosen.

Across sessions the later word holds and is no contradiction; within one session nobody can tell. Refuses to guess: two
lines count as one item only where their words say nearly the same thing, and a range, a target or an earlier value
beside a value is no second value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Final

from copilot.boxes.lines import Line
from copilot.drafts import ItemKind
from copilot.due_dates import find_due
from copilot.mentions import CommitmentStatus, Mention, MentionKind
from copilot.similarity import content, likeness
from copilot.snapshot import Snapshot
from guards.text import PLACEHOLDER, RedactedText, composed
from guards.tokens import day_text

_SHOWN: Final = 2
"""More would crowd the page; they are the latest."""
_ALIKE: Final = 0.6
"""The likeness from which two wordings may be one item, as where two askings of a model are compared."""
_PROMISES: Final = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE})
_NUMBER: Final = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?:\s?%)?(?![\w-]|\.\d)")
_OTHER: Final = re.compile(
    r"\b(?:target|goal|baseline|bar|at least|at most|last|previous|before|earlier|from|by then|want|should|need|until"
    r"|expected?|planned|estimate|if|would|could|may|might|between|instead|no longer|moved|now)\b",
    re.IGNORECASE,
)
"""Words that make a number another one than today's value, or that say which of two holds."""


def build(snapshot: Snapshot) -> list[Line]:
    """``[needs: which holds - the notes say X and Y]`` for the latest contradictions, both lines cited."""
    found = sorted(_all(snapshot), key=lambda each: each[0], reverse=True)
    lines: dict[str, Line] = {}
    for _, line in found:
        lines.setdefault(str(line.text), line)
    return list(lines.values())[:_SHOWN]


def _all(snapshot: Snapshot) -> Iterator[tuple[date, Line]]:
    closed = [each.action for each in snapshot.commitments if each.status is not CommitmentStatus.OPEN]
    said = [each for each in snapshot.mentions if each.kind in _PROMISES]
    for one, other in _pairs(said):
        if likeness(_bare(one), _bare(other)) < _ALIKE or any(likeness(one.text, each) >= _ALIKE for each in closed):
            continue
        whose = _owners(snapshot, one, other)
        when = _dues(one, other)
        if whose:
            yield one.session_date, _line(one, other, *whose)
        if when:
            yield one.session_date, _line(one, other, *when)
    for one, other in _pairs([each for each in snapshot.mentions if each.kind is MentionKind.METRIC]):
        values = _values(one, other)
        if values:
            yield one.session_date, _line(one, other, *values)


def _pairs(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Two mentions of one session that stand on two lines, in the order they were written."""
    ordered = sorted(mentions, key=lambda each: (each.session_date, each.citation.document, each.citation.first))
    for one, other in combinations(ordered, 2):
        same_line = (one.citation.document, one.citation.first) == (other.citation.document, other.citation.first)
        if one.session_date == other.session_date and not same_line:
            yield one, other


def _owners(snapshot: Snapshot, one: Mention, other: Mention) -> tuple[RedactedText, RedactedText] | None:
    mine, theirs = _owner(snapshot, one), _owner(snapshot, other)
    return (mine, theirs) if mine and theirs and mine != theirs and _one_item(one, other) else None


def _owner(snapshot: Snapshot, each: Mention) -> RedactedText | None:
    return snapshot.who(each.owner) or each.owner_text


def _dues(one: Mention, other: Mention) -> tuple[RedactedText, RedactedText] | None:
    if one.due is None or other.due is None or one.due == other.due or not _one_item(one, other):
        return None
    return day_text(one.due), day_text(other.due)


def _one_item(one: Mention, other: Mention) -> bool:
    """Two tickets are two items, and so are two that say other numbers."""
    tickets = one.ticket is None or other.ticket is None or one.ticket.upper() == other.ticket.upper()
    return tickets and {*_NUMBER.findall(_bare(one))} == {*_NUMBER.findall(_bare(other))}


def _bare(each: Mention) -> str:
    """The action without people, ticket and date: what is left is the item."""
    text = str(each.text)
    if (due := find_due(text, each.session_date)) is not None:
        text = text[: due.start] + " " + text[due.end :]
    return PLACEHOLDER.sub(" ", text.replace(each.ticket or "\0", " "))


def _values(one: Mention, other: Mention) -> tuple[RedactedText, RedactedText] | None:
    """The one number of each, where everything else that the two lines say is the same."""
    numbers = [list(_NUMBER.finditer(each.text)) for each in (one, other)]
    if any(len(each) != 1 for each in numbers) or _OTHER.search(one.text) or _OTHER.search(other.text):
        return None
    mine, theirs = numbers[0][0], numbers[1][0]
    words = [content(_NUMBER.sub(" ", PLACEHOLDER.sub(" ", each.text))) for each in (one, other)]
    if not words[0] or words[0] != words[1] or mine.group().replace(" ", "") == theirs.group().replace(" ", ""):
        return None
    return one.text[mine.start() : mine.end()], other.text[theirs.start() : theirs.end()]


def _line(one: Mention, other: Mention, mine: RedactedText, theirs: RedactedText) -> Line:
    text = composed("[needs: which holds - the notes say {one} and {other}: “{what}”]",
                    one=mine, other=theirs, what=_short(one.text))  # fmt: skip
    return Line(text, ItemKind.NEEDS, citations=(one.citation, other.citation))


def _short(text: RedactedText) -> RedactedText:
    end = text.rfind(" ", 0, 60) if len(text) > 60 else len(text)
    return text[: max(end, 1)].trimmed(" .;:,-")
