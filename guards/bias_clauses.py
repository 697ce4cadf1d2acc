"""A sentence in a plain form in which every person reads the same: the small clause parser of ``guards.bias_language``.

Persons are one sign (``guards.bias_people``), forms of "be", "have" and "do" one word each, the verb after a person has
no -s, and contractions are opened, so that no rule can see who is meant. Keeps the place of every word in the text.
Loads no model of a language (decision 0007).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guards.bias_people import PERSON, PRONOUNS, Span, Word, bare, read

LONGEST: Final = 80
"""Words of a sentence read in one go; a longer one is parted, since patterns take long over long texts."""

_NO_END: Final = "".join(
    rf"(?<!\b{each})" for each in ("mr", "mrs", "ms", "mx", "dr", "prof", "st", "rev", "e.g", "i.e", r"[^\W\d_]")
)
_ENDS: Final = re.compile(rf"{_NO_END}[.!?;]+[\"”’')\]]*(?=\s)|\n+", re.IGNORECASE)
_WORD: Final = re.compile(
    r"<[A-Z]+(?:_[A-Z]+)*_\d+>(?:['’](?:s(?!\w))?)?|\b(?:s/he|\w+/h(?:er|im))\b|\w+(?:[-'’]\w+)*|[^\w\s]"
)
_ADVERBS: Final = frozenset(
    ("always", "never", "just", "only", "often", "also", "still", "sometimes", "already", "not", "can", "could", "will")
)
_KEPT: Final = re.compile(r".*(?:ss|us|is|as)")
_THIRD: Final = re.compile(r"(?<=sh|ch|ss)es$|(?<=[xzo])es$|s$")
_BE: Final = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
_SAME: Final = {
    "has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "cannot": "can not", "it's": "it be",
    "that's": "that be", "there's": "there be", "what's": "what be", "let's": "let us", "i'm": "i be", "im": "i be",
    "won't": "will not", "can't": "can not", "shan't": "shall not", "ain't": "be not", "i've": "i have",
    "i'd": "i would",
    "we're": "we be", "i'll": "i will", "we've": "we have", "it'll": "it will",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence: its plain form, and for each word of it where it begins in the form and stands in the text."""

    plain: str
    starts: tuple[int, ...]
    places: tuple[Span, ...]

    def place(self, start: int, end: int) -> Span:
        """Where a stretch of the plain form stands in the text, in code points."""
        inside = [at for at, begin in enumerate(self.starts) if start <= begin < end]
        return self.places[inside[0]][0], self.places[inside[-1]][1]


def clauses(text: str, *, people: Sequence[Span] = ()) -> Iterator[Clause]:
    """The sentences of a text in order, each in plain form; a text without a word has none.

    ``people`` are stretches that are known to be somebody's name.
    """
    at = 0
    for end in [*(match.end() for match in _ENDS.finditer(text) if not _within(match, people)), len(text)]:
        words = [*_WORD.finditer(text, at, end)]
        near = [each for each in people if each[0] < end and at < each[1]]
        at = end
        for start in range(0, len(words), LONGEST):
            yield _clause(read(text, words[start : start + LONGEST], near))


def _within(match: re.Match[str], people: Sequence[Span]) -> bool:
    """A full stop inside somebody's name ends nothing."""
    return any(start < match.start() < end - 1 for start, end in people)


def _clause(words: Sequence[Word]) -> Clause:
    parts = [(part, (each.start, each.end)) for each in words for part in _plain(each.word).split()]
    plain = ""
    starts: list[int] = []
    for part in _in_base([part for part, _ in parts]):
        starts.append(len(plain))
        plain += f"{part} "
    return Clause(plain, tuple(starts), tuple(place for _, place in parts))


def _in_base(words: Sequence[str]) -> Iterator[str]:
    """The verb after a person without its -s, so that "she lacks" and "they lack" read the same."""
    subject = False
    for word in words:
        if subject and len(word) > 3 and word.endswith("s") and not _KEPT.fullmatch(word) and word not in _ADVERBS:
            yield f"{word[:-3]}y" if word.endswith("ies") else _THIRD.sub("", word)
            subject = False
            continue
        subject = word == PERSON or (subject and (word in _ADVERBS or word.endswith("ly")))
        yield word


def _plain(word: str) -> str:
    if word == PERSON or word in PRONOUNS:
        return PERSON
    if word in _SAME:
        return _SAME[word]
    if word in _BE:
        return "be"
    if word.endswith("n't"):
        return f"{_plain(word[:-3])} not"
    return bare(word) or word
