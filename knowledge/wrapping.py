"""Telling a wrapped line from a new one, in notes that were hard-wrapped and in text lifted out of a PDF."""

from __future__ import annotations

import re
from typing import Final

_STARTS: Final = re.compile(r"\s*(?:[-*+•‣◦▪–—☐☑✓]|\d{1,3}[.)]|[a-z][.)]|\(\d+\)|\[[ xX]?\]|#{1,6}\s|>|\|)")
"""A bullet, number, check box, heading, quotation or table row."""
_LABELLED: Final = re.compile(r"\s*\**[\w<][^:.!?]{0,40}:\**(?:\s|$)")
_ENDS: Final = re.compile(r"[.!?…:;|][\"'”’)\]*_]*\s*$")


def starts_item(line: str) -> bool:
    """Whether a line begins a list item, table row, heading or ``Label:`` of its own."""
    return bool(_STARTS.match(line) or _LABELLED.match(line))


def continues(before: str, line: str, *, width: int = 100) -> bool:
    """Whether ``line`` goes on with the sentence of ``before``.

    Args:
        before: the line above.
        line: the line in question.
        width: how wide full lines are in this text.
    """
    if not before.strip() or not line.strip() or starts_item(line) or before.lstrip().startswith(("#", "|")):
        return False
    if _ENDS.search(before):
        return False
    first = line.lstrip()[0]
    full = len(before.rstrip()) >= 0.75 * width
    return (first.islower() and len(before.strip()) >= 0.4 * width) or full
