"""Names in lower case, where the words around leave room for nothing else: "told stevica to", "spoke with ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import GUESS, LIKELY, Found, Recogniser
from guards.recognisers.keep import crowd, everyday, is_kept

_WORD: Final = r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*"
_TOLD: Final = re.compile(
    rf"\b(?:told|asked|reminded|nudged|pinged|convinced|urged|helped|advised|encouraged|invited)\s+"
    rf"(?P<it>{_WORD}(?:\s+{_WORD})?)\s+(?:to|that|if|whether|about|why|how)\b",
    re.IGNORECASE,
)
_SPOKE: Final = re.compile(
    r"\b(?:spoke|talked|speak|talk|chatted|met|meeting|synced|sync|caught\s+up|catch\s+up|paired|pairing|1:1|1-1|"
    rf"call)\s+(?:to|with|w/)\s+(?P<it>{_WORD}(?:\s+{_WORD})?)\s+"
    r"(?:about|on|re|regarding|today|yesterday|after|before|and|this|last)\b",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(rf"(?:^|[.;]\s+)(?P<it>{_WORD})\s+(?:said|says|told|thinks|reckons|feels)\b", re.IGNORECASE)


def find(text: str) -> Iterator[Found]:
    """One or two words that are no crowd, team, role or plain word."""
    for pattern in (_TOLD, _SPOKE, _SAYS):
        for match in pattern.finditer(text):
            words = re.findall(r"\S+", match.group("it"))
            if not any(_is_no_name(word, says=pattern is _SAYS) for word in words):
                score = LIKELY if is_kept(match.group("it")) else GUESS  # a kept word got here by its capital alone
                yield Found(match.start("it"), match.end("it"), "PERSON", score)


def _is_no_name(word: str, *, says: bool) -> bool:
    """Before a verb of saying a capitalised plain word is somebody: nobody writes that "Will" as the verb."""
    if says and len(word) > 2 and word.istitle() and word.casefold() in everyday() and word.casefold() not in crowd():
        return False
    return word.casefold() in crowd() or is_kept(word) or word.endswith("ly")


RECOGNISER: Final = Recogniser("context_name", ("PERSON",), find)
