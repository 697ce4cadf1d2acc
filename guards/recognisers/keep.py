"""What is no name whatever a model says: tickets, versions, measures, the jargon of coaching and delivery.

These lists judge only what a model or a guess proposed; a roster's form or a check digit overrules them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

TICKET: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]{1,9}-\d{1,7}(?![A-Za-z0-9])")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@cache
def _list(name: str) -> frozenset[str]:
    lines = (files("guards.recognisers") / name).read_text("utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))


def jargon() -> frozenset[str]:
    """Words and phrases of the trade, folded; editable in ``jargon.txt``."""
    return _list("jargon.txt")


def everyday() -> frozenset[str]:
    """Plain English words that are also given or family names, folded; editable in ``everyday.txt``."""
    return _list("everyday.txt")


def crowd() -> frozenset[str]:
    """Words that stand where a name may stand ("told everyone to"), folded; editable in ``crowd.txt``."""
    return _list("crowd.txt")


@cache
def given() -> frozenset[str]:
    """Frequent given names that are no word of English, folded; editable in ``given.txt``."""
    return frozenset(name for line in _list("given.txt") for name in line.split())


def is_kept(words: str, extra: Iterable[str] = ()) -> bool:
    """Whether a proposed name is jargon: as a phrase, or each of its words."""
    folded = words.casefold().strip(" .,:;'’\"()")
    known = jargon() | frozenset(each.casefold() for each in extra)
    if folded in known or TICKET.search(words):
        return True
    parts = _WORD.findall(folded)
    return all(part in known or part.removesuffix("s") in known or part.split("'")[0] in known for part in parts)
