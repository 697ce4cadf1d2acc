"""What is somebody's whoever they are, told by its shape and its check digits: never a chance likeness.

Counts, in text that is about to leave: e-mail addresses, account numbers and payment cards with right check digits,
social security numbers with hyphens, telephone numbers in international form that a numbering plan knows. Looser
shapes are the redactor's; here a false alarm stops a call.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from guards.recognisers import card, iban

_EMAIL: Final = re.compile(r"(?<![\w.%+'-])[\w.%+'-]++@[A-Za-z0-9](?:[A-Za-z0-9-]*+\.)+[A-Za-z]{2,24}\b")
_SSN: Final = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
_PHONE: Final = re.compile(r"(?<![\w+])\+[1-9][\d .()/-]{6,22}\d(?!\w)")
_ACCOUNT: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}[ -]?[A-Za-z0-9]{4}")
_LONG_NUMBER: Final = re.compile(r"\d{4}[ -]?\d{4}[ -]?\d{4}")


def patterns_in(texts: Iterable[str]) -> int:
    """How many different such strings stand in the texts."""
    return len({"".join(found.split()).casefold() for text in texts for found in _found(_shown(text))})


def _shown(text: str) -> str:
    """Without what is not seen, and with letters and digits of other widths made plain."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")


def _found(text: str) -> Iterator[str]:
    if "@" in text:
        yield from _EMAIL.findall(text)
    if "-" in text:
        yield from _SSN.findall(text)
    if "+" in text:
        yield from (found for found in _PHONE.findall(text) if _is_number(found))
    if _ACCOUNT.search(text):
        yield from (text[each.start : each.end] for each in iban.find(text))
    if _LONG_NUMBER.search(text):
        yield from (text[each.start : each.end] for each in card.find(text))


def _is_number(found: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - its tables take a while to load, and few calls hold a plus and digits

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(found, None))
    except phonenumbers.NumberParseException:
        return False
