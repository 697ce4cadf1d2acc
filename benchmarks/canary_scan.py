"""Searches recorded bytes for planted values, in every encoding in which they could lie there.

Written apart from ``guards.leakage`` on purpose: a mistake that both shared would hide itself. Text is squeezed to
its letters and digits, so that a line break, a hyphen or a zero-width sign in a value makes no difference. A byte
that is no text stays a wall, so that noise does not become words.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast
from urllib.parse import unquote_to_bytes

import ahocorasick

_WALL: Final = "\x00"
_ESCAPED: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([nrtbf])")
_PERCENT: Final = re.compile(rb"%[0-9A-Fa-f]{2}")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_DEPTH: Final = 3
_OTHER: Final = re.compile(r"[^\x00-\x7f]+")
_APART: Final = re.compile(r"[\t\n\r -/:-@\[-`{-\x7f]+")
_HIGH: Final = rb"[\x00\x01\x03\x04\x06\x09\x1e\x20\x30\x80-\x9f\xac-\xd7]"
"""First bytes of the characters that planted values are made of; none is an ASCII letter, or all text would look so."""
_WIDE: Final = (
    (re.compile(rb"(?:[\x01-\xff]" + _HIGH + rb"){6,}"), "utf-16-le"),
    (re.compile(rb"(?:" + _HIGH + rb"[\x01-\xff]){6,}"), "utf-16-be"),
)
_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss"})


class _Squeeze(dict[int, str]):
    """What stays of a character, worked out once for each."""

    def __missing__(self, code: int) -> str:
        kept = self[code] = "".join(_kept(chr(code)))
        return kept


def _kept(sign: str) -> Iterator[str]:
    for part in unicodedata.normalize("NFKD", sign).casefold().translate(_LETTERS):
        if part.isalnum():
            yield part
        elif part == "\ufffd" or (part < " " and part not in "\t\n\r"):
            yield _WALL


_TABLE: Final = _Squeeze()


def squeezed(text: str) -> str:
    """Letters and digits alone: no case, no marks, nothing invisible, nothing between."""
    return squeezed_walled(text).replace(_WALL, "")


def squeezed_walled(text: str) -> str:
    """As ``squeezed``, with what is no text kept as a wall."""
    if not text.isascii():
        text = _OTHER.sub(lambda match: match.group(0).translate(_TABLE), text)
    return _APART.sub("", text.lower())


class Needles:
    """Planted values, compiled for looking up in any number of recordings."""

    def __init__(self, needles: Iterable[tuple[str, int]]) -> None:
        self._automaton: Any = cast("Any", ahocorasick).Automaton()
        for needle, value in needles:
            key = squeezed(needle)
            if key:
                self._automaton.add_word(key, value)
        self._automaton.make_automaton()

    def found_in(self, data: bytes) -> frozenset[int]:
        """The numbers of the values that stand in the bytes, openly or encoded."""
        return frozenset(value for text in _readings(data) for value in self._in(text))

    def found_in_text(self, text: str) -> frozenset[int]:
        """As ``found_in`` for text."""
        return self.found_in(text.encode("utf-8", errors="replace"))

    def _in(self, text: str) -> Iterator[int]:
        for _, value in self._automaton.iter(squeezed_walled(text)):
            yield int(value)


def _readings(data: bytes) -> Iterator[str]:
    """The bytes as UTF-8 and UTF-16, and what they become when escapes and base64 are undone, also in one another."""
    seen: set[bytes] = set()
    fresh = [data]
    for _ in range(_DEPTH):
        following: list[bytes] = []
        for each in fresh:
            if each in seen:
                continue
            seen.add(each)
            text = each.decode("utf-8", errors="replace")
            yield text
            if b"\x00" in each:
                for wide, encoding in _WIDE:
                    yield _WALL.join(run.decode(encoding, errors="replace") for run in _runs(wide, each))
            following += _undone(each, text)
        fresh = following


def _runs(wide: re.Pattern[bytes], data: bytes) -> Iterator[bytes]:
    """Stretches that may be UTF-16, whichever of two bytes begins a character."""
    for match in wide.finditer(data):
        yield match.group(0)
        yield match.group(0)[1:-1]


def _undone(data: bytes, text: str) -> Iterator[bytes]:
    if "\\" in text:
        plain = _ESCAPED.sub(_unescaped, text)
        if plain != text:
            yield plain.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace").encode()
    if _PERCENT.search(data):
        yield unquote_to_bytes(data)
    decoded = [plain for run in _BASE64.findall(data) for plain in _from_base64(run)]
    if decoded:
        yield b"\n\x00\n".join(decoded)


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else " "


def _from_base64(run: bytes) -> Iterator[bytes]:
    body = run.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    body = body[: len(body) - (len(body) % 4 == 1)]
    try:
        plain = base64.b64decode(body + b"=" * (-len(body) % 4), validate=True)
    except (binascii.Error, ValueError):
        return
    if _is_text(plain):
        yield plain


def _is_text(plain: bytes) -> bool:
    """A word taken for base64 decodes to noise; noise is not looked through again."""
    if plain.count(0) * 3 >= len(plain):
        return True
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > 0.7 * len(plain)  # a run may be cut off within a character
    return True
