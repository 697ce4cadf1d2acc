"""Sentences of a line, with offsets; abbreviations and links do not end one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from copilot.extraction.grammar import CONDITIONAL

_END: Final = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\betc)(?:(?:[.!]+[)\"”]?\s+(?=[A-Z<(\"“@a-z])"
    r"|\?+[)\"”]?\s+(?=[A-Z<(\"“@]))|;\s+"
    r"|\s(?i:full stop|new line|new paragraph|next line|next point|next item|next bullet)\s)"
)


_LONGEST: Final = 1500
"""Characters of a sentence read at a time: a line without an end must not cost the square of its length."""


def sentences(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Offsets of each sentence of ``text`` from ``start`` on, white space trimmed."""
    at = start
    for match in [*_END.finditer(text, start), None]:
        end = match.end() if match else len(text)
        piece = text[at:end]
        left = at + len(piece) - len(piece.lstrip())
        right = at + len(piece.rstrip().rstrip(";"))
        while right - left > _LONGEST:
            cut = text.rfind(" ", left + 1, left + _LONGEST)
            cut = cut if cut > left else left + _LONGEST
            yield left, cut
            left = cut + len(text[cut:right]) - len(text[cut:right].lstrip())
        if right > left:
            yield left, right
        at = end


def asks(sentence: str) -> bool:
    """Whether the sentence is a question, which promises nothing."""
    return sentence.rstrip(' )"”*').endswith("?")


def conditional(words: str) -> bool:
    """Whether an "if" or "unless" makes the promise depend on something."""
    return CONDITIONAL.search(words) is not None
