"""The bundled list of ordinary English words that are nobody's name; ``ordinary_words.txt`` says how it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_CONTRACTION: Final = re.compile(
    r"\w{2,6}n['’]t|(?:i|you|he|she|it|we|they|that|this|there|here|what|who|where|how|when|let)['’](?:s|m|d|ll|re|ve)",
    re.IGNORECASE,
)
_LOWER_PART: Final = "[lower]"
_START_PART: Final = "[start]"


@dataclass(frozen=True, slots=True)
class OrdinaryWords:
    """Words that are ordinary in any case; in lower case; and in lower case or at the start of a sentence."""

    any_case: frozenset[str]
    lower: frozenset[str]
    start: frozenset[str]


@cache
def listed_words() -> OrdinaryWords:
    """The list as it stands; what is ordinary at a start is ordinary in lower case too."""
    lines = (files("guards") / "ordinary_words.txt").read_text("utf-8").splitlines()
    any_case, rest = "\n".join(line for line in lines if not line.startswith("#")).split(_LOWER_PART)
    lower, start = rest.split(_START_PART)
    return OrdinaryWords(frozenset(any_case.split()), frozenset(f"{lower} {start}".split()), frozenset(start.split()))


def is_contraction(word: str) -> bool:
    """Whether a word is "Don't", "I'll" or their like, which nobody is called."""
    return bool(_CONTRACTION.fullmatch(word))
