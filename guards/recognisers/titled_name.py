"""Names that their shape gives away: after a title, with initials, or "Family, Given" at the start of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import GUESS, LIKELY, Found, Recogniser, matches
from guards.recognisers.keep import is_kept

_UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
NAME_WORD: Final = rf"(?:(?:O|D|L|Mc|Mac)['’]?)?[{_UPPER}][^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*"
_PARTICLE: Final = r"(?:(?:de|da|do|dos|del|della|di|van|von|der|den|la|le|bin|bint|ibn|al|el|ter|ten|af|av)\s+){1,2}"
_TITLED: Final = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Lord|Lady|Rev|Herr|Frau|Mme|Mlle|Señora?|Monsieur|Madame)\b\.?[ \t]+"
    rf"(?:[{_UPPER}]\.[ \t]?)*(?:{_PARTICLE})?{NAME_WORD}(?:[ \t]+(?:{_PARTICLE})?{NAME_WORD}){{0,2}}"
)
_INITIALLED: Final = re.compile(
    rf"(?<![\w.])(?:[{_UPPER}]\.[ \t]?-?){{1,3}}(?:{_PARTICLE})?{NAME_WORD}(?:[ \t]{NAME_WORD})?(?!\.\w)"
)
_MIDDLE: Final = re.compile(rf"(?<!\w){NAME_WORD}[ \t][{_UPPER}]\.[ \t]{NAME_WORD}")


def find(text: str) -> Iterator[Found]:
    """The title is part of the span: it says something about the person."""
    yield from matches(_TITLED, text, "PERSON", LIKELY)
    for pattern in (_INITIALLED, _MIDDLE):
        for found in matches(pattern, text, "PERSON", GUESS):
            last = re.split(r"[. \t]", text[found.start : found.end])[-1]
            if not is_kept(last):
                yield found


RECOGNISER: Final = Recogniser("titled_name", ("PERSON",), find)
