"""The criterion linter: what a criterion lacks, as questions, and the words in it that no test can settle, with spans.

Refuses to fill anything in: no question holds a number, a date or a name that the text does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from copilot.criterion_parts import Part, PartReader, Span
from knowledge.corpus_files import CriterionWords, VagueWords

ASKS: Final[Mapping[Part, str]] = {
    Part.MEASURE: "no measure: what is counted or measured?",
    Part.COMPARATOR: "no comparator: at least, at most, or exactly?",
    Part.THRESHOLD: "no threshold: which number settles it?",
    Part.UNIT: "no unit: percent, days, cases, or what?",
    Part.SOURCE: "no source: measured on which data?",
    Part.DATE: "no date: by when?",
    Part.VERIFIER: "no verifier: who says it is met?",
}
VAGUE: Final = "vague"
_MOVEMENT: Final = re.compile(
    r"\bfrom [^.;]{0,15}?\d[\d.,]*[^.;]{0,20}? to [^.;]{0,10}?\d"
    r"|\bby \d+(?:\.\d+)? ?(?:%|percent|points?|pp\b|days?|hours?|minutes?)"
    r"|\bto \d+(?:\.\d+)? (?:or (?:fewer|less|more)|%|percent|days?|hours?|minutes?)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.;!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Card:
    """One thing worth a look, at a place in the text. ``category`` is a part that is missing, or ``vague``."""

    category: str
    start: int
    end: int
    why: str
    question: str


@dataclass(frozen=True, slots=True)
class Linted:
    """The parts a text has, with their places, and a card for each that it lacks and each vague word."""

    parts: Mapping[Part, Span]
    cards: tuple[Card, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that are not there, in the order they are asked for."""
        return tuple(part for part in Part if part not in self.parts)


@dataclass(frozen=True, slots=True)
class CriterionLinter:
    """Lints texts with one set of words; building it compiles them once."""

    reader: PartReader
    vague: tuple[tuple[VagueWords, re.Pattern[str], re.Pattern[str] | None], ...]

    @classmethod
    def of(cls, words: CriterionWords) -> CriterionLinter:
        """A linter with the corpus's words."""
        compiled = ((each, _whole(each.words), _whole(each.but_not) if each.but_not else None) for each in words.vague)
        return cls(PartReader.of(words), tuple(compiled))

    def lint(self, text: str) -> Linted:
        """What the text has and lacks. Spans count code points of ``text``; a missing part's span is the whole."""
        parts = self.reader.read(text)
        cards = [
            Card(part.value, 0, len(text), ASKS[part].split(":")[0], ASKS[part])
            for part in Part
            if part not in parts
        ]  # fmt: skip
        return Linted(parts, (*cards, *self.vague_words(text)))

    def vague_words(self, text: str) -> tuple[Card, ...]:
        """A card for each vague word, the longest wording where two overlap, in the order of the text."""
        found = sorted(self._vague(text), key=lambda card: (card.start, -card.end))
        kept: list[Card] = []
        for card in found:
            if not kept or card.start >= kept[-1].end:
                kept.append(card)
        return tuple(kept)

    def _vague(self, text: str) -> Iterator[Card]:
        for group, words, but_not in self.vague:
            fine = [match.span() for match in but_not.finditer(text)] if but_not else []
            for match in words.finditer(text):
                inside = any(start <= match.start() and match.end() <= end for start, end in fine)
                if not inside and not self._settled(group, text, match):
                    why = f"“{match.group()}” cannot be tested"
                    yield Card(VAGUE, match.start(), match.end(), why, str(group.ask))

    def _settled(self, group: VagueWords, text: str, match: re.Match[str]) -> bool:
        if group.settled_by is None:
            return False
        sentence = _sentence(text, match.start())
        if group.settled_by == "movement":
            return _MOVEMENT.search(sentence) is not None
        parts = self.reader.read(sentence)
        return Part.THRESHOLD in parts and Part.COMPARATOR in parts


def _sentence(text: str, position: int) -> str:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= position), default=0)
    return text[start : min((end for end in ends if end > position), default=len(text))]


def _whole(words: tuple[str, ...]) -> re.Pattern[str]:
    some = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{some})(?![\w-])", re.IGNORECASE)
