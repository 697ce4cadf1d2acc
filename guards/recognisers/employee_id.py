"""Staff numbers: announced by a word, or letters glued to six and more digits. Tickets (``CLM-12``) stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.dates import without_dates
from guards.recognisers.found import LIKELY, Found, Recogniser, matches
from guards.recognisers.hints import lowered

_ANNOUNCED: Final = re.compile(
    r"\b(?:employee|staff|personnel|worker|badge|payroll|associate|emp)\b(?:\s+(?:id|no\.?|number|code|#))"
    r"\s*(?:is|was|:|=|#|-)?\s*(?P<it>[A-Z]{0,4}-?\d[\w-]{2,12})\b",
    re.IGNORECASE,
)
_GLUED: Final = re.compile(
    r"(?<![\w-])(?!(?:INC|CHG|CHANGE|REQ|RITM|PRB|PROB|STRY|SUP|TASK|CTASK|PTASK|CASE|CS|TKT|BUG|RFC|KB|WO|CLM|POL|"
    r"SR|CR)\d)"
    r"[A-Z]{2,5}\d{6,9}(?![\w-])"
)
"""Prefixes of service desks and claims are tickets without a dash."""
_STEMS: Final = ("employee", "staff", "personnel", "worker", "badge", "payroll", "associate", "emp")
_SIX: Final = re.compile(r"\d{6}")
"""Hints: what a text has in it where the patterns match."""


def find(text: str) -> Iterator[Found]:
    """The number alone; the word before it stays readable."""
    low = lowered(text)
    if any(stem in low for stem in _STEMS):
        yield from matches(_ANNOUNCED, without_dates(text), "EMPLOYEE_ID", LIKELY)
    if _SIX.search(text):
        yield from matches(_GLUED, text, "EMPLOYEE_ID", LIKELY)


RECOGNISER: Final = Recogniser("employee_id", ("EMPLOYEE_ID",), find)
