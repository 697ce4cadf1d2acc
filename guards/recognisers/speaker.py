"""Speaker labels of a transcript: ``Priya:``, ``[00:14:32] Mei-Ling:``. In a note the same shape is a form field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import LIKELY, Found, Recogniser
from guards.recognisers.keep import is_kept

_LABEL: Final = re.compile(
    r"^[ \t>*-]*(?:\[?\(?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\)?\]?[ \t-]*)?"
    r"(?P<it>[^\W\d_][\w.'’-]*(?:[ \t]+[\w.'’()-]+){0,3})(?=[ \t]*:(?:\s|$))",
    re.MULTILINE,
)


def find(text: str) -> Iterator[Found]:
    """The label at the start of a line, unless it is a role or a heading."""
    for match in _LABEL.finditer(text):
        if not is_kept(match.group("it")):
            yield Found(match.start("it"), match.end("it"), "PERSON", LIKELY)


RECOGNISER: Final = Recogniser("speaker", ("PERSON",), find)
