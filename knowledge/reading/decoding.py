"""Bytes to text, with care: a wrong guess turns every name into one the roster does not know.

UTF-8, UTF-16 and UTF-32 by their marks, UTF-8 without one, then Windows-1252 where it reads like Latin text.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

from knowledge.errors import Unreadable

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_UTF8_LETTER: Final = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAVE_AS: Final = "open it in an editor and save it as UTF-8 text"


def decoded(data: bytes) -> str:
    r"""The text of a text file, line ends as ``\n``.

    Raises:
        Unreadable: binary content, broken encoding, or one that cannot be told.
    """
    text = _text(data).removeprefix("\ufeff")
    if "\0" in text:
        raise Unreadable("is binary, not text, whatever its name says: export it as text or DOCX")
    if not text.strip():
        raise Unreadable("holds only white space: nothing to read")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None and (data.startswith(_BINARY) or b"\0" in data):
        raise Unreadable("is binary, not text, whatever its name says: export it as text or DOCX")
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding is not None:
            raise Unreadable(f"starts as {encoding} and is damaged further on: {_SAVE_AS}") from None
    return _latin(data)


def _latin(data: bytes) -> str:
    high = len(_HIGH.findall(data))
    if sum(len(letter) for letter in _UTF8_LETTER.findall(data)) * 2 > high:
        raise Unreadable(f"is UTF-8 with damaged letters: {_SAVE_AS}")
    # Latin text has few accented letters; Cyrillic, Greek or Asian encodings are nearly all high bytes.
    if high * 4 > len(data) or from_bytes(data[:200_000], cp_isolation=["cp1252"]).best() is None:
        raise Unreadable(f"has an encoding that cannot be told: {_SAVE_AS}")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable(f"has an encoding that cannot be told: {_SAVE_AS}") from None
