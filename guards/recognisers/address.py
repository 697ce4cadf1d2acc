"""Postal addresses: house number and street, flat, box, post code, with the town that follows. A town alone stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import LIKELY, Found, Recogniser

_CAP: Final = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*"
_STREET: Final = (
    r"(?:Avenue|Ave|Street|St|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|Close|"
    r"Crescent|Cres|Gardens|Grove|Highway|Hwy|Parkway|Pkwy|Row|Mews|Walk|Hill|Circle|Trail|Nagar|Marg|Cross)"
)
_NUMBERED: Final = (
    rf"\d{{1,5}}[A-Za-z]?(?:[-/]\d{{1,4}})?,?[ \t]+(?:(?:[NSEW]|NE|NW|SE|SW)\.?[ \t]+)?"
    rf"(?:{_CAP}[ \t]+|\d{{1,3}}(?:st|nd|rd|th)[ \t]+){{1,4}}{_STREET}\b\.?"
)
_FOREIGN: Final = (
    rf"(?:(?:Rue|Avenue|Via|Viale|Piazza|Calle|Plaza|Rua|Ulica|ul\.|Boulevard|Avenida|Chemin)[ \t]"
    rf"(?:[a-z]{{1,3}}[ \t])*"
    rf"{_CAP}(?:[ \t]{_CAP}){{0,2}}[ \t,]+\d{{1,5}}[A-Za-z]?"
    rf"|[A-ZÀ-ÖØ-Þ][\w-]*(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|gata|gatan|vägen|veien|vej|gade|tie|katu|laan|straat|"
    rf"utca|allee)[ \t]+\d{{1,5}}[A-Za-z]?)"
)
_UNIT: Final = r"(?:Flat|Apt\.?|Apartment|Suite|Unit|Room|Floor|Block|House[ \t]+No\.?)[ \t]*#?\d+[A-Za-z]?"
_BOX: Final = r"(?:P\.?O\.?[ \t]*Box|PSC)[ \t]*\d+(?:,[ \t]*Box[ \t]*\d+)?"
_POST_CODE: Final = r"(?:[A-Z]{1,2}\d[A-Z\d]?[ \t]?\d[A-Z]{2}|[A-Z]{2}[ \t]+\d{5}(?:-\d{4})?|\d{4,6})"
_TAIL: Final = (
    rf"(?:,?[ \t]+{_UNIT}|,[ \t]*(?:{_CAP}|\d+(?:st|nd|rd|th))(?:[ \t]+{_CAP}){{0,3}}|,?[ \t]+{_POST_CODE}\b)*"
)
_ADDRESS: Final = re.compile(rf"(?<![\w-])(?:{_UNIT},?[ \t]+)?(?:{_NUMBERED}|{_FOREIGN}|{_BOX}){_TAIL}")
_FLAT: Final = re.compile(
    rf"(?<![\w-]){_UNIT}(?=,)(?:,[ \t]*[\w.'’-]+(?:[ \t]+[\w.'’-]+){{0,3}}){{1,5}}[ \t]+{_POST_CODE}\b"
)
_UK_CODE: Final = re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]?[ \t]\d[ABD-HJLNP-UW-Z]{2}(?![\w-])")


def find(text: str) -> Iterator[Found]:
    """The longest reading of each address on its line."""
    for pattern in (_ADDRESS, _FLAT, _UK_CODE):
        for match in pattern.finditer(text):
            yield Found(match.start(), match.start() + len(match.group(0).rstrip(" \t,")), "LOCATION", LIKELY)


RECOGNISER: Final = Recogniser("address", ("LOCATION",), find)
