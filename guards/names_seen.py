"""From the model's guesses about words to names and addresses: thresholds, whole words, neighbours.

The keep lists apply here, and only here and to rules that guess: a model's word against the jargon of the trade.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guards import name_lists
from guards.ordinary_words import is_contraction
from guards.rampart import WordGuess
from guards.recognisers import borrowed, sentence_start
from guards.recognisers.dates import DATE
from guards.recognisers.found import GUESS, Found
from guards.recognisers.keep import crowd, everyday, given, is_kept
from guards.recognisers.unlisted import is_unlisted

PERSON_AT_LEAST: Final = 0.25
CAPITAL_ADDRESSED: Final = 0.15
CAPITAL_UNLISTED: Final = 0.05
"""For a capitalised word that is on no list of ours."""
LOWER_COMMON: Final = 0.65
"""For a word in lower case that the model's vocabulary has whole: mostly a plain word."""
LOWER_RARE: Final = 0.55
LOWER_ADDRESSED: Final = 0.4
"""After a word that leads to a person ("told", "with")."""
LOWER_UNLISTED: Final = 0.45
LOWER_UNLISTED_ADDRESSED: Final = 0.1
"""For a word in lower case that is on no list of ours."""
EVERYDAY: Final = 0.95
"""A plain word that is also a name ("lily"), in lower case, in such a place."""
BESIDE: Final = 0.02
TOGETHER: Final = 0.2
ADDRESS_AT_LEAST: Final = 0.5
NUMBER_AT_LEAST: Final = 0.9
SHORTEST_STREET: Final = 2
"""Letters of a word that a street may be called by; plain words after a figure are mostly what it counts."""
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
_LINE: Final = re.compile(r"[^\n]+")
_CAPITALISED: Final = re.compile(r"[^\W\d_a-z][^\W\d_]+")
_PREFIXED: Final = re.compile(r"(?:re|pre|non|co|anti|meta|post|sub|un|self|cross|multi|semi)[-‐]")
_BETWEEN_NAMES: Final = re.compile(
    r"[ \t]+|\.[ \t]?|['’-]|[ \t][^\W\d_a-z]\.?[ \t]|[ \t](?:(?:de|da|do|bin|al|van|von|der|den|del|la|ibn)[ \t]){1,2}"
)
_ADDRESSED: Final = re.compile(
    r"(?:\b(?:with|w/|told|asked|ask|tell|met|ping|pinged|from|by|per|cc|thanks|to|and|for|"
    r"reach|thank|chase|nudge|remind|mentees?|mentors?|coach|that was|owner:|owner =)|->|&) ?$",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(r"\ban? $", re.IGNORECASE)
"""Nobody's name in lower case stands after it."""
_OWNS: Final = re.compile(r"['’]s [a-z]")
_TITLE_CASE: Final = re.compile(r"(?:(?:Mc|Mac|[OD]['’])?[^\W\d_a-z][^\W\d_A-Z]+)(?:['’-][^\W\d_]+)*")
""""McKay" and "Al-Zahrani"; a capital amid a word ("WebID") is a thing's."""
_PARTICLES: Final = frozenset({"al", "bin", "bint", "da", "de", "del", "den", "der", "el", "ibn", "van", "von"})
"""Parts of names that are nobody's name alone; learnt as one, "al" would be masked in every "et al"."""
_STYLE: Final = re.compile(r"[-‐](?:style|based|driven|like|led|inspired|type|first|ready|only|free)$", re.IGNORECASE)
_LOWER_BEFORE: Final = re.compile(r"[a-z0-9,)] $")
_VP: Final = re.compile(r"\bVP $")
_COUNTED: Final = re.compile(
    r"(?:pr|mr|close|closes|fix|fixes|see|run|build|port|job|sprint|phase|wave|gate|iteration|milestone|squad|version|release|batch|line|step|session|"
    r"week|day|quarter|ticket|issue|epic|story|slide|chapter|tribe)[ \t]*#?\d",
    re.IGNORECASE,
)
"""A count and what it counts, which the model takes for an address."""
_BETWEEN_PARTS: Final = re.compile(r"[ \t]*,?[ \t]*[.#/-]?[ \t]*")


def seen(text: str, words: Sequence[WordGuess], keep: Collection[str]) -> Iterator[Found]:
    """Names and street addresses that the model sees in ``text``; towns, dates and bare numbers are left alone."""
    yield from _joined(text, list(_names(text, words, keep)), _BETWEEN_NAMES)
    yield from _addresses(text, words)
    yield from _numbers(text, words)


def _chance(word: WordGuess, labels: Sequence[str]) -> float:
    return min(1.0, sum(word.labels.get(label, 0.0) for label in labels))


def _names(text: str, words: Sequence[WordGuess], keep: Collection[str]) -> Iterator[Found]:
    """Every whole token that is likely a name (``O'Connell``, ``Al-Zahrani``), and its capitalised neighbours."""
    tokens = list(_tokens(text, words))
    sure = [_is_name(text, token, keep) for token in tokens]
    listed = name_lists.siblings(text, [(each.start, each.end, each.name + each.place) for each in tokens], sure)
    sure = [known or at in listed for at, known in enumerate(sure)]
    for at, token in enumerate(tokens):
        if sure[at] or _beside_name(text, tokens, sure, at, keep) or _both_half(text, tokens, at, keep):
            yield Found(_from_title(text, token.start), token.end, "PERSON", GUESS)


@dataclass(frozen=True, slots=True)
class _Token:
    """A whole token with the best of its words' chances; ``place`` counts labels that family names are taken for."""

    start: int
    end: int
    written: str
    name: float
    place: float
    pieces: int


def _tokens(text: str, words: Sequence[WordGuess]) -> Iterator[_Token]:
    """The tokens of every line that has a guess or a given name; on the others nothing can be a name by a guess."""
    at = 0
    listed = given()
    names = [match.start() for match in _CAPITALISED.finditer(text) if match[0].lower() in listed]
    for line in _LINE.finditer(text):
        while at < len(words) and words[at].end <= line.start():
            at += 1
        if (at < len(words) and words[at].start < line.end()) or _any_between(names, line.start(), line.end()):
            for match in _TOKEN.finditer(text, line.start(), line.end()):
                while at < len(words) and words[at].end <= match.start():
                    at += 1
                yield _token(match, words, at)


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _token(match: re.Match[str], words: Sequence[WordGuess], at: int) -> _Token:
    """The token of a match; ``at`` is the first word that ends behind its start."""
    name = place = 0.0
    pieces = 0
    while at < len(words) and words[at].start < match.end():
        name = max(name, _chance(words[at], _NAME))
        place = max(place, _chance(words[at], _PLACE))
        pieces += words[at].pieces
        at += 1
    return _Token(match.start(), match.end(), match.group(0), name, place, pieces)


def _is_name(text: str, token: _Token, keep: Collection[str]) -> bool:
    if token.name < CAPITAL_UNLISTED or not _may_be_name(token.written, keep) or _is_thing(text, token):
        return False
    addressed = bool(_ADDRESSED.search(text, max(0, token.start - 16), token.start)) or _OWNS.match(text, token.end)
    if not token.written.islower():
        return token.name >= (CAPITAL_ADDRESSED if addressed else PERSON_AT_LEAST) or _is_unlisted_capital(token)
    if _ARTICLE.search(text, max(0, token.start - 4), token.start):
        return False
    if token.written in everyday():
        return bool(addressed) and token.name >= EVERYDAY
    return token.name >= _least(token, addressed=bool(addressed)) and not _PREFIXED.match(token.written)


def _is_unlisted_capital(token: _Token) -> bool:
    listed = not _TITLE_CASE.fullmatch(token.written) or token.written.casefold() in everyday()
    return token.name >= CAPITAL_UNLISTED and not listed and is_unlisted(token.written)


def _least(token: _Token, *, addressed: bool) -> float:
    """The chance from which a word in lower case is a name."""
    if is_unlisted(token.written):
        return LOWER_UNLISTED_ADDRESSED if addressed else LOWER_UNLISTED
    return LOWER_ADDRESSED if addressed else LOWER_COMMON if token.pieces <= 1 else LOWER_RARE


def _may_be_name(written: str, keep: Collection[str]) -> bool:
    return (
        len(written) > 1
        and written not in _PARTICLES
        and not is_contraction(written)
        and not any(sign.isdigit() for sign in written)
        and not is_kept(written, keep)
        and not _STYLE.search(written)
    )


def _is_thing(text: str, token: _Token) -> bool:
    return borrowed.is_thing(text, token.start, token.end) or sentence_start.is_plain(text, token.start, token.end)


def _titled(token: _Token, keep: Collection[str]) -> bool:
    written = token.written
    plain = written.casefold() in crowd()
    return written[0].isupper() and not written.isupper() and not plain and _may_be_name(written, keep)


def _beside_name(text: str, tokens: Sequence[_Token], sure: Sequence[bool], at: int, keep: Collection[str]) -> bool:
    """A capitalised word right after a name, or before one within a sentence, that the model half takes for one."""
    token = tokens[at]
    if token.name + token.place < BESIDE or not _titled(token, keep) or _is_thing(text, token):
        return False
    after_name = at > 0 and sure[at - 1] and text[tokens[at - 1].end : token.start] == " "
    return (after_name and tokens[at - 1].written[0].isupper()) or (
        at + 1 < len(tokens)
        and sure[at + 1]
        and tokens[at + 1].written[0].isupper()
        and text[token.end : tokens[at + 1].start] == " "
        and _within_sentence(text, token.start)
    )


def _both_half(text: str, tokens: Sequence[_Token], at: int, keep: Collection[str]) -> bool:
    """One of two capitalised words within a sentence, neither of which is enough alone."""
    for first, second in ((at - 1, at), (at, at + 1)):
        if first < 0 or second >= len(tokens):
            continue
        one, other = tokens[first], tokens[second]
        weight = one.name + one.place + other.name + other.place
        if (
            weight >= TOGETHER
            and max(one.name, other.name) >= BESIDE
            and _titled(one, keep)
            and _titled(other, keep)
            and not _is_thing(text, one)
            and not _is_thing(text, other)
            and _BETWEEN_NAMES.fullmatch(text, one.end, other.start)
            and _within_sentence(text, one.start)
        ):
            return True
    return False


def _within_sentence(text: str, start: int) -> bool:
    return bool(_LOWER_BEFORE.search(text, max(0, start - 24), start))


def _from_title(text: str, start: int) -> int:
    title = _VP.search(text, max(0, start - 5), start)
    return title.start() if title else start


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
        inner = [text[word.start : word.end] for word in street if found.start <= word.start < found.end]
        if (
            any(len(word) > SHORTEST_STREET and is_unlisted(word) for word in inner)
            and any(sign.isdigit() for sign in inside)
            and not is_kept(inside)
            and " " in inside
            and not _COUNTED.match(inside)
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
