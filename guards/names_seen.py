"""From the model's guesses about words to names and addresses: thresholds, whole words, neighbours.

The keep lists apply here, and only here and to rules that guess: a model's word against the jargon of the trade.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from guards.rampart import WordGuess
from guards.recognisers.dates import DATE
from guards.recognisers.found import GUESS, Found
from guards.recognisers.keep import everyday, is_kept

PERSON_AT_LEAST: Final = 0.25
LOWER_COMMON: Final = 0.65
"""For a word in lower case that the model's vocabulary has whole: mostly a plain word."""
LOWER_RARE: Final = 0.4
ADDRESS_AT_LEAST: Final = 0.5
NUMBER_AT_LEAST: Final = 0.9
_NAME: Final = ("GIVEN_NAME", "SURNAME")
_STREET: Final = ("STREET_NAME", "SECONDARY_ADDRESS")
_PLACE: Final = (*_STREET, "BUILDING_NUMBER", "CITY", "STATE", "ZIP_CODE")
_NUMBERS: Final = {
    "PHONE": "PHONE_NUMBER",
    "TAX_ID": "NATIONAL_ID",
    "GOVERNMENT_ID": "NATIONAL_ID",
    "PASSPORT": "NATIONAL_ID",
}
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’‐-](?!s\b)[^\W_]+)*")
_PREFIXED: Final = re.compile(r"(?:re|pre|non|co|anti|meta|post|sub|un|self|cross|multi|semi)[-‐]")
_BETWEEN_NAMES: Final = re.compile(r"[ \t]+|\.[ \t]?|['’-]|[ \t](?:de|da|do|bin|al|van|von|der|den|del|la|ibn)[ \t]")
_BETWEEN_PARTS: Final = re.compile(r"[ \t]*,?[ \t]*[.#/-]?[ \t]*")


def seen(text: str, words: Sequence[WordGuess], keep: Collection[str]) -> Iterator[Found]:
    """Names and street addresses that the model sees in ``text``; towns, dates and bare numbers are left alone."""
    yield from _joined(text, list(_names(text, words, keep)), _BETWEEN_NAMES)
    yield from _addresses(text, words)
    yield from _numbers(text, words)


def _chance(word: WordGuess, labels: Sequence[str]) -> float:
    return min(1.0, sum(word.labels.get(label, 0.0) for label in labels))


def _names(text: str, words: Sequence[WordGuess], keep: Collection[str]) -> Iterator[Found]:
    """Every whole token one of whose words is likely a name: ``O'Connell``, ``Al-Zahrani``."""
    likely = [word for word in words if _chance(word, _NAME) >= PERSON_AT_LEAST and text[word.start].isalpha()]
    tokens = [match.span() for match in _TOKEN.finditer(text)] if likely else []
    at = 0
    for word in likely:
        while at < len(tokens) and tokens[at][1] <= word.start:
            at += 1
        if at == len(tokens):
            return
        start, end = tokens[at]
        if start <= word.start and _may_be_name(text[start:end], word, keep):
            yield Found(start, end, "PERSON", GUESS)


def _may_be_name(token: str, word: WordGuess, keep: Collection[str]) -> bool:
    if any(sign.isdigit() for sign in token) or len(token) < 2 or is_kept(token, keep):
        return False
    if token.islower():
        least = LOWER_COMMON if word.pieces == 1 else LOWER_RARE
        return _chance(word, _NAME) >= least and token not in everyday() and not _PREFIXED.match(token)
    return True


def _joined(text: str, parts: Sequence[Found], between: re.Pattern[str]) -> Iterator[Found]:
    """Neighbours as one span."""
    open_part: Found | None = None
    for part in parts:
        if open_part and part.start < open_part.end:
            continue
        if open_part and between.fullmatch(text, open_part.end, part.start):
            open_part = Found(open_part.start, part.end, part.entity_type, part.score)
            continue
        if open_part:
            yield open_part
        open_part = part
    if open_part:
        yield open_part


def _addresses(text: str, words: Sequence[WordGuess]) -> Iterator[Found]:
    parts = [
        Found(word.start, word.end, "LOCATION", GUESS) for word in words if _chance(word, _PLACE) >= ADDRESS_AT_LEAST
    ]
    street = [word for word in words if _chance(word, _STREET) >= ADDRESS_AT_LEAST]
    for found in _joined(text, parts, _BETWEEN_PARTS):
        inside = text[found.start : found.end]
        has_street = any(found.start <= word.start < found.end for word in street)
        if (
            has_street
            and any(sign.isdigit() for sign in inside)
            and not is_kept(inside)
            and " " in inside
            and not DATE.search(inside)
        ):
            yield found


def _numbers(text: str, words: Sequence[WordGuess]) -> Iterator[Found]:
    """Telephone and identity numbers that no rule knows, with at least seven digits in all."""
    for label, entity_type in _NUMBERS.items():
        sure = [Found(w.start, w.end, entity_type, GUESS) for w in words if w.labels.get(label, 0) >= NUMBER_AT_LEAST]
        for found in _joined(text, sure, _BETWEEN_PARTS):
            inside = text[found.start : found.end]
            if (
                sum(sign.isdigit() for sign in inside) >= 7
                and not is_kept(inside)
                and "." not in inside
                and not DATE.search(inside)
            ):
                yield found
