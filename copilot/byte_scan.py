"""Looks through bytes for forms that should not be there any more, in every encoding a file may hold them in.

Pure: bytes in, needles found out. Plain, UTF-16, base64 (each alignment), percent- and backslash-u-escaped bytes are
searched as they stand; zip archives (a DOCX is one) are opened. Refuses to guess what it cannot see: encrypted and
otherwise compressed bytes are for the caller to name.
"""

from __future__ import annotations

import base64
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, cast

import ahocorasick

ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "base64", "percent-escaped", "backslash-u-escaped", "zip")

_BLOCK: Final = 8 << 20
_SHORT: Final = 6
"""Needles of fewer letters turn up in noise: among bytes that are no text they count only within readable ones."""
_READABLE: Final = 12
_LEAST_BASE64: Final = 7
_LARGEST_MEMBER: Final = 64 << 20
_BETWEEN: Final = (" ", "-", "_", ".", "", "+", "%20", "\u00a0")
_SIGN: Final = re.compile(rb"[\x20-\x7e\t\r\n]*")
_CUT: Final = {0: 0, 1: 3, 2: 2}
"""Characters of base64 that the last bytes share with what follows, padding included, by length modulo 3."""


class _Automaton(Protocol):
    def add_word(self, word: str, value: list[_Pattern]) -> bool: ...
    def get(self, word: str, default: None) -> list[_Pattern] | None: ...
    def make_automaton(self) -> None: ...
    def iter(self, text: str) -> Iterator[tuple[int, list[_Pattern]]]: ...
    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Needle:
    """A text to look for. ``exact`` heeds case; ``parts`` also finds its words joined by other signs."""

    text: str
    exact: bool = False
    parts: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    """How a needle is written in bytes; ``unit`` is the bytes per sign at its ends, 0 where ends cannot be judged."""

    needle: int
    data: bytes
    unit: int
    cased: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class FileScan:
    """What looking through one file gave: its size and how many different needles are in it."""

    size: int
    finds: int


class ByteScan:
    """Needles, compiled for looking in many bytes."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._automaton = cast("_Automaton", cast("Any", ahocorasick).Automaton())
        self._overlap = 64
        for number, needle in enumerate(dict.fromkeys(needles)):
            for pattern in _patterns(number, needle):
                self._put(pattern)
        if len(self._automaton):
            self._automaton.make_automaton()

    def found_in(self, data: bytes) -> frozenset[int]:
        """The numbers of the needles that stand in the bytes."""
        if not len(self._automaton):
            return frozenset()
        found: set[int] = set()
        text = _is_text(data)
        lowered = data.lower().decode("latin-1")
        for end, patterns in self._automaton.iter(lowered):
            found |= {each.needle for each in patterns if _stands(each, data, end + 1, text=text)}
        return frozenset(found)

    def found_in_text(self, text: str) -> frozenset[int]:
        """The numbers of the needles that stand in a text."""
        return self.found_in(text.encode("utf-8", errors="surrogatepass"))

    def file(self, path: Path) -> FileScan:
        """Look through a file in blocks that overlap, and through the members of a zip archive."""
        found: set[int] = set()
        size, kept = 0, b""
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                size += len(block)
                found |= self.found_in(kept + block)
                kept = (kept + block)[-self._overlap :]
        if zipfile.is_zipfile(path):
            found |= self._in_archive(path.read_bytes())
        return FileScan(size, len(found))

    def _in_archive(self, data: bytes) -> set[int]:
        found: set[int] = set()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for member in archive.infolist():
                    if member.file_size <= _LARGEST_MEMBER and not member.flag_bits & 1:
                        found |= self.found_in(archive.read(member)) | self.found_in_text(member.filename)
        except (zipfile.BadZipFile, NotImplementedError, EOFError):
            return found  # its bytes were looked through as they stand
        return found

    def _put(self, pattern: _Pattern) -> None:
        key = pattern.data.lower().decode("latin-1")
        there = self._automaton.get(key, None)
        if there is None:
            self._automaton.add_word(key, [pattern])
        else:
            there.append(pattern)
        self._overlap = max(self._overlap, 2 * len(key))


def _patterns(number: int, needle: Needle) -> Iterator[_Pattern]:
    readable = len(needle.text) < _SHORT
    cased = needle.exact
    for text in _spellings(needle):
        plain = text.encode("utf-8")
        yield _Pattern(number, plain, 1, cased, readable)
        yield _Pattern(number, text.encode("utf-16-le"), 2, cased, readable=False)
        yield _Pattern(number, text.encode("utf-16-be"), 2, cased, readable=False)
        for escaped in _escaped(text):
            yield _Pattern(number, escaped.encode(), 0, cased, readable=False)
        for run in _base64(plain):
            yield _Pattern(number, run, 0, cased=True, readable=False)


def _spellings(needle: Needle) -> Iterator[str]:
    """The ways of writing a needle: case where bytes are not folded, accents composed, apart and left out."""
    words = needle.text.split()
    shapes = [between.join(words) for between in _BETWEEN] if needle.parts and len(words) > 1 else [needle.text]
    made: dict[str, None] = {}
    for shape in shapes:
        cases = (shape, shape.upper()) if needle.exact else (shape, shape.lower(), shape.upper(), shape.title())
        for each in cases:
            apart = unicodedata.normalize("NFD", each)
            bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
            made |= dict.fromkeys((each, unicodedata.normalize("NFC", each), apart, bare))
    yield from made


def _escaped(text: str) -> Iterator[str]:
    """Percent and backslash-u, each of every sign and of those beyond ASCII alone."""
    if len(text.encode()) >= 4:
        yield "".join(f"%{byte:02x}" for byte in text.encode())
        yield "".join(f"\\u{unit:04x}" for unit in _units(text))
    if not text.isascii():
        yield "".join(sign if sign.isascii() else "".join(f"%{b:02x}" for b in sign.encode()) for sign in text)
        yield "".join(sign if sign.isascii() else "".join(f"\\u{u:04x}" for u in _units(sign)) for sign in text)


def _units(text: str) -> list[int]:
    data = text.encode("utf-16-be")
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def _base64(data: bytes) -> Iterator[bytes]:
    """The characters that base64 has for the bytes whatever stands round them, for each of the three alignments."""
    for before, skipped in ((0, 0), (1, 2), (2, 3)):
        whole = base64.b64encode(b"\0" * before + data)
        run = whole[skipped : len(whole) - _CUT[(before + len(data)) % 3]]
        if len(run) >= _LEAST_BASE64:
            yield run
            if b"+" in run or b"/" in run:
                yield run.translate(bytes.maketrans(b"+/", b"-_"))


def _stands(pattern: _Pattern, data: bytes, end: int, *, text: bool) -> bool:
    start = end - len(pattern.data)
    if pattern.cased and data[start:end] != pattern.data:
        return False
    if pattern.unit and not (_edge(data, start - pattern.unit, pattern) and _edge(data, end, pattern)):
        return False
    return text or not pattern.readable or _readable_round(data, start, end) >= _READABLE


def _edge(data: bytes, at: int, pattern: _Pattern) -> bool:
    """Whether the sign at a place is no letter or digit of ASCII, so that a form does not count within a word."""
    if at < 0 or at + pattern.unit > len(data):
        return True
    unit = data[at : at + pattern.unit]
    if pattern.unit == 1:
        return not chr(unit[0]).isalnum() or unit[0] > 0x7F
    sign = unit.replace(b"\0", b"")
    return len(sign) != 1 or not chr(sign[0]).isalnum() or sign[0] > 0x7F


def _readable_round(data: bytes, start: int, end: int) -> int:
    before = data[max(0, start - _READABLE) : start][::-1]
    after = data[end : end + _READABLE]
    runs = (_SIGN.match(before), _SIGN.match(after))
    return end - start + sum(len(run.group(0)) for run in runs if run)


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
