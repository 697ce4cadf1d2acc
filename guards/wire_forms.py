r"""What some bytes would say to whoever undoes the usual encodings, also one inside another.

Undone: JSON, Python and ``\u`` escapes, percent-encoding (also twice), HTML entities, quoted-printable, base64 (any
alignment, URL-safe, wrapped, with UTF-16 or packed bytes in it) and strings of hexadecimal digits. Not undone, so not
seen: ciphers, other alphabets of base64, letters spelt apart, reversed text. Refuses text that grows without end.
"""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
import zlib
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from guards.text import PLACEHOLDER

_ROUNDS: Final = 4
_GROWTH: Final = 64
_MOST_UNPACKED: Final = 1 << 20
_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([\"\\/bfnrt]))"
)
_OLD_PERCENT: Final = re.compile(r"%u([0-9a-fA-F]{4})")
_QUOTED: Final = re.compile(r"=[0-9A-Fa-f]{2}|=\r?\n")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_WRAPPED: Final = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}+(?:\r?\n[ \t]*+[A-Za-z0-9+/_-]{2,}+)++")
_PLAIN_WORD: Final = re.compile(r"[A-Za-z]?[a-z_-]*")
"""What no base64 of text looks like (its capitals come every few letters), nor hexadecimal (it has digits)."""
_HEX: Final = re.compile(r"(?<![0-9A-Za-z])(?:0x)?(?:[0-9a-fA-F]{2}){6,}+(?![0-9A-Za-z])")
_HEX_APART: Final = re.compile(r"(?<![0-9A-Za-z])(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ \t,:]{1,2}){5,}(?:0x)?[0-9a-fA-F]{2}\b")
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]+")
_SHORTEST_PIECE: Final = 6
"""Random bytes hold shorter stretches that look like words."""


def readings(text: str) -> list[str]:
    """The text and what it becomes when encodings are undone, to a fixed point; placeholders shown as a bar.

    Raises:
        ValueError: it unfolds into far more than it is.
    """
    seen = dict.fromkeys([text])
    fresh, room = [text], _GROWTH * (len(text) + 4096)
    for _ in range(_ROUNDS):
        fresh = [new for old in fresh for new in _undone(old) if new not in seen]
        if not fresh:
            break
        seen |= dict.fromkeys(fresh)
        room -= sum(map(len, fresh))
        if room < 0:
            raise ValueError("encodings inside encodings without end")
    return [PLACEHOLDER.sub(" | ", each) for each in seen]


def _undone(text: str) -> Iterator[str]:
    if "\\" in text:
        yield _surrogates_joined(_ESCAPE.sub(_unescaped, text))
    if "%" in text:
        yield _OLD_PERCENT.sub(lambda match: chr(int(match.group(1), 16)), unquote(text, errors="replace"))
    if "&" in text:
        yield html.unescape(text)
    if "+" in text:
        yield text.replace("+", " ")
    if "\x00" in text:
        yield text.replace("\x00", "")
    if "=" in text and _QUOTED.search(text):
        yield quopri.decodestring(text.encode("utf-8", "replace")).decode("utf-8", "replace")
    runs = [run for run in _BASE64.findall(text) if not _PLAIN_WORD.fullmatch(run)]
    decoded = dict.fromkeys([*_from_base64(text, runs), *_from_hex(text, runs)])
    if decoded:
        yield "\n".join(decoded)


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2) or match.group(3) or match.group(4)
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else " "
    return {"b": " ", "f": " ", "n": "\n", "r": "\n", "t": "\t"}.get(match.group(5), match.group(5))


def _surrogates_joined(text: str) -> str:
    return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")


def _from_base64(text: str, runs: list[str]) -> Iterator[str]:
    wrapped = ["".join(run.split()) for run in _WRAPPED.findall(text)] if "\n" in text else []
    for run in (*runs, *wrapped):
        body = run.replace("-", "+").replace("_", "/")
        for skipped in range(4):
            part = body[skipped:]
            part = part[: len(part) - (len(part) % 4 == 1)]
            try:
                data = base64.b64decode(part + "=" * (-len(part) % 4))
            except binascii.Error:
                continue
            yield from _texts_of(data)


def _from_hex(text: str, runs: list[str]) -> Iterator[str]:
    # digits in one run are among the runs of base64 already
    together = [found for run in runs for found in _HEX.findall(run)]
    for run in (*together, *_HEX_APART.findall(text)):
        digits = re.sub(r"0x|\\x|[ \t,:]", "", run)
        yield from _texts_of(bytes.fromhex(digits[: len(digits) & ~1]))


def _texts_of(data: bytes) -> Iterator[str]:
    """The stretches of text in bytes, as UTF-8 and, where there are zeros, as UTF-16; packed bytes are unpacked."""
    unpacked = _unpacked(data)
    if unpacked:
        data = unpacked
    yield from _pieces(data.decode("utf-8", "replace"))
    if b"\x00" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            yield from _pieces(data.decode(encoding, "replace"))
            yield from _pieces(data[1:].decode(encoding, "replace"))


def _pieces(text: str) -> Iterator[str]:
    if not _NO_TEXT.search(text):
        yield text
        return
    for piece in _NO_TEXT.split(text):
        if len(piece) >= _SHORTEST_PIECE:
            yield piece


def _unpacked(data: bytes) -> bytes:
    """What gzip or zlib made small, as far as it goes; nothing for anything else."""
    if len(data) < 8 or not (data[:2] == b"\x1f\x8b" or (data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0)):
        return b""
    try:
        return zlib.decompressobj(wbits=47).decompress(data, _MOST_UNPACKED)
    except zlib.error:
        return b""
