"""Whether a text for people outside a pair repeats the words of the pair's notes; what does is not shown to them.

A card or flag for L&D is about the process: days, counts, ticket ids. Nothing can know where a rule took its words
from, so they are compared with every passage of the pair, held ones included. Shows nothing of what it compares with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from copilot.bootstrap import Copilot
from copilot.finding import Finding
from guards.access import Principal, ReadConversation, Role, authorize
from guards.text import RedactedText, house

RUN: Final = 4
"""Words in a row that make a repetition: three are met by chance ("no access yet"), and a quote is rarely shorter."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class NoteWords:
    """The runs of words of one pair's notes."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs = frozenset(run for text in texts for run in _runs(text))

    def repeated_in(self, text: str) -> bool:
        """Whether a run of a note stands in the text."""
        return not self._runs.isdisjoint(_runs(text))

    def without(self, text: RedactedText) -> RedactedText:
        """The text, or a remark in its place where it repeats a note."""
        return house("[words of a note: the pair can show them]") if self.repeated_in(text) else text


def note_words(copilot: Copilot, pair: str) -> NoteWords:
    """Of every passage of a pair, whatever is closed to whom: to compare with, never to show."""
    mentee = copilot.principal(pair, Role.MENTEE)
    grant = authorize(Principal(mentee.person, mentee.roles), ReadConversation, pair)
    return NoteWords(str(each.text) for each in copilot.record.reader(grant).all_passages())


def without_note_words(finding: Finding, words: NoteWords) -> Finding:
    """A process card without the words of a note."""
    return replace(
        finding,
        evidence=tuple(words.without(each) for each in finding.evidence),
        alternatives=tuple(words.without(each) for each in finding.alternatives),
        clears_when=words.without(finding.clears_when),
        next_step=words.without(finding.next_step),
    )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = [each.casefold() for each in _WORD.findall(text)]
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
