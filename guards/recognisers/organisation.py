"""Companies by their legal or trade word, or where the text says whose name follows ("the customer is ...")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import GUESS, LIKELY, Found, Recogniser
from guards.recognisers.hints import lowered
from guards.recognisers.keep import is_kept

_CAP: Final = r"[A-Z0-9À-ÖØ-Þ][\w&'’-]{0,30}"
_LEGAL: Final = (
    r"(?:Ltd|Limited|LLC|LLP|PLC|plc|Inc|Incorporated|Corp|Corporation|GmbH|AG|BV|B\.V\.|NV|SA|S\.A\.|SAS|SARL|SpA|"
    r"AB|ASA|Oy|Pty|Pvt|KK|Holdings|Partners)"
)
_TRADE: Final = (
    r"(?:Bank|Insurance|Group|Logistics|Airlines|Airways|Energy|Capital|Ventures|Consulting|Technologies|Solutions|"
    r"Systems|Pharma|Pharmaceuticals|Telecom|Industries|Foods|Motors|Healthcare|Hospital|University|Assurance|Pay|"
    r"Payments|Labs|Studios|Retail|Mutual|Financial)"
)
_NAMED: Final = re.compile(
    rf"(?<![\w/&'’-])(?P<it>{_CAP}(?:[ \t]+(?:&|and|of|{_CAP})){{0,3}}[ \t]+(?:{_LEGAL}\b\.?|{_TRADE}\b)"
    rf"(?:[ \t]+(?:{_LEGAL}\b\.?|{_TRADE}\b)){{0,2}})"
)
_ANNOUNCED: Final = re.compile(
    r"\b(?:customer|client|company|employer|vendor|supplier|competitor)\s+(?:is|was|called|named)\s+"
    rf"(?P<it>{_CAP}(?:[ \t]+{_CAP}){{0,2}})"
)
_LOWER: Final = re.compile(
    r"\b(?:interviewed|interviewing|works|worked|working|offer|job|role)\s+(?:at|for|from|with)\s+"
    r"(?P<it>[^\W\d_]+(?:[ \t][^\W\d_]+)?[ \t](?:ltd|inc|gmbh|bank|insurance|logistics|group|capital|consulting|"
    r"technologies|systems|pharma|energy|airlines|partners|ventures|labs|solutions))\b",
    re.IGNORECASE,
)
_PLAIN_FIRST: Final = frozenset(
    [
        "The",
        "A",
        "An",
        "Our",
        "Their",
        "His",
        "Her",
        "My",
        "Your",
        "This",
        "That",
        "Risk",
        "Product",
        "Data",
        "Steering",
        "Working",
        "Focus",
        "Control",
        "Core",
        "Payments",
        "Open",
        "Central",
        "World",
        "Blood",
        "Power",
        "Investment",
        "Retail",
        "Commercial",
        "Human",
        "Social",
        "Peer",
        "Test",
        "User",
        "Design",
        "Case",
    ]
)
_FORMS: Final = tuple(re.findall(r"[\w.]+", f"{_LEGAL} {_TRADE}".replace("?:", "").replace("\\", "")))
_ANNOUNCING: Final = ("customer", "client", "company", "employer", "vendor", "supplier", "competitor")
_LEADING: Final = ("interview", "works", "worked", "working", "offer", "job", "role")
"""Hints: one of these words is in a text where the patterns match."""


def find(text: str) -> Iterator[Found]:
    """A leading article or plain word is not part of the name."""
    low = lowered(text)
    named = any(word in text for word in _FORMS)
    tried = (
        (_NAMED, LIKELY, named),
        (_ANNOUNCED, LIKELY, any(word in low for word in _ANNOUNCING)),
        (_LOWER, GUESS, any(word in low for word in _LEADING)),
    )
    for pattern, score in ((pattern, score) for pattern, score, may_match in tried if may_match):
        for match in pattern.finditer(text):
            start, end = match.span("it")
            words = text[start:end].split()
            while words and words[0] in _PLAIN_FIRST:
                start += len(words[0]) + 1
                words = words[1:]
            if len(words) > 1 or (pattern is _ANNOUNCED and words and not is_kept(words[0])):
                yield Found(start, min(end, start + len(text[start:end].rstrip())), "ORGANIZATION", score)


RECOGNISER: Final = Recogniser("organisation", ("ORGANIZATION",), find)
