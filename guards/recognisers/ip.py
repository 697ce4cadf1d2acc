"""IP and hardware addresses. Versions (``1.8.0``), times and ratios are not addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import SURE, Found, Recogniser, matches

_V4: Final = re.compile(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
_VERSION: Final = re.compile(r"(?i)\b(?:version|release|build|v|ver)\.?\s*$")
_V6: Final = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:%\w+)?(?![\w:])")
_MAC: Final = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])")
_DOTTED: Final = re.compile(r"\d\.\d{1,3}\.\d")
_COLONS: Final = re.compile(r":[0-9A-Fa-f]{0,4}:")
_PAIRS: Final = re.compile(r"[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]")
"""Hints: what a text has in it where the patterns match."""


def find(text: str) -> Iterator[Found]:
    """Four octets in range unless a word says version; six groups or a double colon for the newer kind."""
    for found in matches(_V4, text, "IP_ADDRESS", SURE) if _DOTTED.search(text) else ():
        if _is_ip(text[found.start : found.end]) and not _VERSION.search(text[max(0, found.start - 12) : found.start]):
            yield found
    for found in matches(_V6, text, "IP_ADDRESS", SURE) if _COLONS.search(text) else ():
        address = text[found.start : found.end].split("%", maxsplit=1)[0]
        if len(address) > 6 and _is_ip(address):
            yield found
    if _PAIRS.search(text):
        yield from matches(_MAC, text, "MAC_ADDRESS", SURE)


def _is_ip(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


RECOGNISER: Final = Recogniser("ip", ("IP_ADDRESS", "MAC_ADDRESS"), find)
