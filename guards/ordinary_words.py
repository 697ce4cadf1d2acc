"""The bundled list of ordinary English words that are nobody's name; ``ordinary_words.txt`` says how it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_CONTRACTION: Final = re.compile(
    r"\w{2,6}n['’]t|(?:i|you|he|she|it|we|they|that|this|there|here|what|who|where|how|when|let)['’](?:s|m|d|ll|re|ve)",
    re.IGNORECASE,
)
_PARTS: Final = ("[lower]", "[start]", "[capitals]", "[names]")
_SHORTEST: Final = 6
_ENDINGS: Final = ("s", "es", "ed", "ing", "ly", "able", "ment", "ments", "ness", "ation", "ations")
_BEGINNINGS: Final = ("re", "un", "non", "pre", "mis", "over", "sub", "dis", "inter", "multi")
_SWAPS: Final = (("ies", "y"), ("ied", "y"), ("ily", "y"), ("isation", "ize"), ("ization", "ize"))
_BRITISH: Final = re.compile(r"(?<=[a-z])our|is(?=(?:e[sdr]?|ers|ing|able)$)")


@dataclass(frozen=True, slots=True)
class OrdinaryWords:
    """Words that are ordinary in any case; in lower case; in lower case or at the start of a sentence; in capitals.

    ``names`` are names that look like a form of an ordinary word ("harding").
    """

    any_case: frozenset[str]
    lower: frozenset[str]
    start: frozenset[str]
    capitals: frozenset[str]
    names: frozenset[str]

    def parts(self) -> tuple[frozenset[str], ...]:
        """All the lists, in a fixed order."""
        return (self.any_case, self.lower, self.start, self.capitals, self.names)

    def has_stem(self, folded: str) -> bool:
        """Whether a word of some length is a regular form of one that is ordinary in any case ("redefining")."""
        if len(folded) < _SHORTEST or folded in self.names:
            return False
        return any(stem in self.any_case for stem in _stems(folded))


@cache
def listed_words() -> OrdinaryWords:
    """The list as it stands; what is ordinary at a start is ordinary in lower case too."""
    lines = (files("guards") / "ordinary_words.txt").read_text("utf-8").splitlines()
    rest = "\n".join(line for line in lines if not line.startswith("#"))
    parts: list[list[str]] = []
    for mark in _PARTS:
        part, rest = rest.split(mark)
        parts.append(part.split())
    any_case, lower, start, capitals = map(frozenset, parts)
    return OrdinaryWords(any_case, lower | start, start, capitals, frozenset(rest.split()))


def _stems(word: str) -> Iterator[str]:
    american = _BRITISH.sub(lambda match: "or" if match[0] == "our" else "iz", word)
    if american != word:
        yield american
    for end, other in _SWAPS:
        if american.endswith(end):
            yield american[: -len(end)] + other
    for end in _ENDINGS:
        if american.endswith(end):
            yield from _bases(american[: -len(end)], silent=end[0] in "aei")
    for begin in _BEGINNINGS:
        rest = american.removeprefix(begin)
        if rest != american and len(rest) > 3:
            yield rest


def _bases(base: str, *, silent: bool) -> Iterator[str]:
    yield base
    if silent:
        yield f"{base}e"
        if len(base) > 3 and base[-1] == base[-2]:
            yield base[:-1]


def is_contraction(word: str) -> bool:
    """Whether a word is "Don't", "I'll" or their like, which nobody is called."""
    return bool(_CONTRACTION.fullmatch(word))
