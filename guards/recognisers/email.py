"""E-mail addresses, intranet ones (``x@corp.internal``, ``x@localhost``) and those written out to dodge filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import SURE, Found, Recogniser, matches

_PLAIN: Final = re.compile(r"[\w.+%'’-]*[\w+%-]@[\w-]+(?:\.[\w-]+)*\w", re.UNICODE)
_RANKED: Final = re.compile(r"@(?:\d{1,4}|[A-Za-z])$")
"""A measure over the first so many hits, "recall@10", "P@k"."""
_AT: Final = r"(?:\s{0,3}[\[({<]\s{0,3}(?:at|@)\s{0,3}[\])}>]\s{0,3}|\s{1,3}at\s{1,3}|\s{0,3}@\s{0,3})"
_DOT: Final = r"(?:\s{0,3}[\[({<]\s{0,3}(?:dot|\.)\s{0,3}[\])}>]\s{0,3}|\s{1,3}dot\s{1,3})"
_NO_ARTICLE: Final = r"(?!(?:the|a|an|this|that|our|my|your|his|her|their|its|least|each|every|one)\b)"
_SPELT: Final = re.compile(
    rf"(?<![\w.+-])[\w+-]{{1,64}}(?:(?:\.|{_DOT})[\w+-]{{1,64}}){{0,5}}{_AT}{_NO_ARTICLE}"
    rf"[\w-]{{1,64}}(?:(?:\.|{_DOT})[\w-]{{1,64}}){{0,5}}{_DOT}[a-z]{{2,10}}\b"
    rf"(?:{_DOT}[a-z]{{2,6}}\b){{0,2}}",
    re.IGNORECASE,
)
_BRACKETED_AT: Final = re.compile(
    r"(?<![\w.+-])[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,5}\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*"
    r"[\w-]+(?:\.[\w-]+)+\b",
    re.IGNORECASE,
)
_DOT_HINT: Final = re.compile(r"[\[({<]\s{0,3}\.")
_AT_HINT: Final = re.compile(r"[\[({<]\s*(?:at|@)\s*[\])}>]", re.IGNORECASE)
"""Without the word, a dot stands in brackets; and so does the sign, in the other pattern."""


def find(text: str) -> Iterator[Found]:
    """The whole address, so that neither the name before nor the company after the sign is left."""
    if "@" in text:
        for found in matches(_PLAIN, text, "EMAIL_ADDRESS", SURE):
            lead = len(text[found.start : found.end]) - len(text[found.start : found.end].lstrip(".'’%-"))
            if not _RANKED.search(text, found.start, found.end):
                yield Found(found.start + lead, found.end, found.entity_type, found.score)
    folded = text.casefold()
    spelt = "dot" in folded or any(sign in text for sign in "[({")
    if spelt and ("at" in folded or "@" in text):
        if "dot" in folded or _DOT_HINT.search(text):
            yield from matches(_SPELT, text, "EMAIL_ADDRESS", SURE)
        if _AT_HINT.search(text):
            yield from matches(_BRACKETED_AT, text, "EMAIL_ADDRESS", SURE)


RECOGNISER: Final = Recogniser("email", ("EMAIL_ADDRESS",), find)
