"""Where one clause ends and somebody else's begins: "… and Lin checks them", "…, while I write the memo"."""

from __future__ import annotations

import re
from typing import Final

from copilot.extraction.grammar import GROUP, MODAL_WORDS
from copilot.extraction.verbs import task_verbs, third_person

_TURN: Final = re.compile(
    rf"(?:[,;.]?\s+(?:and|but|while|whereas|then|or)\s+(?:then\s+|that\s+|also\s+)*|,\s+(?:then\s+|that\s+)?|;\s+|\s[-–—]\s)"
    rf"(?=(?P<who>{GROUP}|[Ii]\b|[Yy]ou\b|[Hh]e\b|[Ss]he\b|[Ww]e\b|[Tt]hey\b|[Mm]ine\b|[Ii]t\b)(?P<gap>['’]|\s+)"
    rf"(?P<next>[\w'’]+))"
)
_AUXILIARY: Final = re.compile(rf"(?:{MODAL_WORDS})$", re.IGNORECASE)


def end_of_clause(text: str, start: int, end: int) -> int:
    """Where the clause that begins at ``start`` ends: before the next subject with its verb, or at ``end``."""
    for match in _TURN.finditer(text, start, end):
        word = match["next"].lower()
        named = re.fullmatch(GROUP, match["who"]) is not None
        verb = word in third_person() if named else word in task_verbs() or word in third_person()
        if match["gap"] in "'’" or verb or _AUXILIARY.match(word):
            return match.start()
    return end
