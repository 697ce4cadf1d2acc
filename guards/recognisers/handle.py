"""Chat handles: ``@priya``, ``@chidi_ok``, ``@tomo'c``, ``<@U024BE7LH>``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import LIKELY, Found, Recogniser

_HANDLE: Final = re.compile(r"(?<![\w@.+/])@(?=\w*[^\W\d_])\w(?:[\w.'’-]*\w)?")
_BROADCAST: Final = frozenset(
    [
        "here",
        "channel",
        "everyone",
        "all",
        "team",
        "group",
        "staff",
        "room",
        "media",
        "import",
        "param",
        "return",
        "override",
        "property",
        "dataclass",
        "test",
        "staticmethod",
        "classmethod",
        "click",
        "app",
        "pytest",
    ]
)


def find(text: str) -> Iterator[Found]:
    """A mention of one person; the words that call a whole channel, and code decorators, are kept."""
    for match in _HANDLE.finditer(text):
        word = match.group(0)
        if word.endswith(("'s", "’s")):
            word = word[:-2]
        if re.split(r"[.\-]", word[1:].casefold())[0] not in _BROADCAST:
            yield Found(match.start(), match.start() + len(word), "HANDLE", LIKELY)


RECOGNISER: Final = Recogniser("handle", ("HANDLE",), find)
