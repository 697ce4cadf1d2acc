"""One more line of the notes for the decision at hand, out of what the search found near it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from copilot.boxes.lines import Line, day_slot, fact, quote
from copilot.boxes.spoken import is_status, unlabelled
from copilot.mentions import Mention, MentionKind
from copilot.snapshot import Snapshot
from guards.text import PLACEHOLDER
from guards.tokens import day_text
from knowledge.passages import Citation, Passage, RedactedLine

_WORD: Final = re.compile(r"[a-z]{4,}|\d+(?:\.\d+)?")
_COMMON: Final = frozenset(
    {"that", "this", "with", "from", "have", "they", "what", "when", "which", "will", "into", "about", "after", "were"}
)
_ENOUGH: Final = 2
_ELSEWHERE: Final = frozenset(
    {
        MentionKind.COMMITMENT,
        MentionKind.CANDIDATE,
        MentionKind.DONE,
        MentionKind.MOVED,
        MentionKind.DROPPED,
        MentionKind.OPEN_DECISION,
    }
)
"""Lines of these kinds are shown in other boxes, or no longer matter."""


def near_by(snapshot: Snapshot, mention: Mention) -> list[Line]:
    """The line that shares most words with the decision and is not the decision; none where little is shared."""
    wanted = _words(mention.text)
    found = [(len(wanted & _words(line.text)), passage, line) for passage, line in _lines(snapshot, mention)
             if "?" not in line.text]  # fmt: skip
    shared, passage, line = max(
        found, key=lambda each: (each[0], each[1].session_date, -each[2].first), default=(0, None, None)
    )
    if passage is None or line is None or shared < _ENOUGH:
        return []
    day = passage.session_date
    cited = Citation(passage.document, passage.source, line.first, line.last, line.text)
    return [
        fact("The notes on it, {day}: “{words}”", snapshot, [cited], day=day_slot(day.isoformat(), day_text(day)),
             words=quote(unlabelled(line.text), limit=130))
    ]  # fmt: skip


def _lines(snapshot: Snapshot, mention: Mention) -> Iterator[tuple[Passage, RedactedLine]]:
    taken = {
        (each.citation.document, each.citation.first)
        for each in snapshot.mentions
        if each.kind in _ELSEWHERE or each.session_date == snapshot.last
    }
    taken.add((mention.citation.document, mention.citation.first))
    for passage in snapshot.found:
        for line in snapshot.lines.get(passage.document, ()):
            inside = passage.first <= line.first and line.last <= passage.last
            plain = unlabelled(line.text)
            told = (passage.document, line.first) in taken or is_status(plain)
            if inside and not told and not line.heading and len(plain.split()) > 4:
                yield passage, line


def _words(text: str) -> set[str]:
    return set(_WORD.findall(PLACEHOLDER.sub(" ", text).lower())) - _COMMON
