"""International bank account numbers by their check digits (ISO 13616: the rearranged number is 1 modulo 97)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import SURE, Found, Recogniser
from guards.recognisers.hints import lowered

_CANDIDATE: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ \-]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")
_SHAPE: Final = re.compile(
    r"(?i)\biban\b\W{0,3}(?:is\W|number\W|:)?\s*(?P<it>[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?)\b"
)
_DIGITS: Final = 8
"""Every country has at least so many in its numbers; words of a sentence fit the check once in a hundred."""
_WORDS_AFTER: Final = re.compile(r"(?: [A-Za-z]{1,4})+$")
"""Words of the sentence with as many letters as a group has signs."""


def find(text: str) -> Iterator[Found]:
    """The longest stretch of whole groups whose check digits are right, or what the word IBAN announces."""
    at = 0
    while match := _CANDIDATE.search(text, at):
        end = _checked_end(match.group(0))
        if end:
            yield Found(match.start(), match.start() + end, "IBAN_CODE", SURE)
        at = match.start() + (end or 2)  # a candidate runs on over words, also into the next number
    for match in _SHAPE.finditer(text) if "iban" in lowered(text) else ():
        end = match.start("it") + len(_WORDS_AFTER.sub("", match.group("it")))
        if any(each.isdigit() for each in text[match.start("it") + 4 : end]):
            yield Found(match.start("it"), end, "IBAN_CODE", SURE)


def _checked_end(candidate: str) -> int:
    ends = [len(candidate), *(space.start() for space in reversed(list(re.finditer(r"[ \-]", candidate))))]
    for end in ends:
        plain = re.sub(r"[ \-]", "", candidate[:end]).upper()
        if 15 <= len(plain) <= 34 and _is_iban(plain):
            return end
    return 0


def _is_iban(plain: str) -> bool:
    turned = plain[4:] + plain[:4]
    if sum(sign.isdigit() for sign in plain) < _DIGITS:
        return False
    return turned.isascii() and int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


RECOGNISER: Final = Recogniser("iban", ("IBAN_CODE",), find)
