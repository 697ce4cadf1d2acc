"""Words of notes as words and nothing else: no link, picture, heading, HTML or terminal command comes to life.

A page quotes what a note says, and a note may hold anything. In Markdown every character that could start a construct
is escaped, so that a reader sees the note's own characters. Refuses to change words: what is taken out cannot be seen.
"""

from __future__ import annotations

import re
from typing import Final

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Commands to a terminal, characters that hide text or turn its direction, and half characters, which no file of Word
may hold. Line breaks, tabs and joiners stay."""
_NEEDS: Final = re.compile(r"\[needs: (?:[^\[\]]|\[[^\[\]]*\])*\](?![(\[:])")
"""The product's own mark, which may name somebody as ``[erased]``. It can be no link: brackets within it are escaped,
and so is every definition of one."""
_MARKUP: Final = re.compile(
    r"[\\`*<|~\[\]]"  # code, emphasis, HTML, tables, strikethrough, links and pictures
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is one anyway
    r"|&(?=#?\w+;)"  # an entity
    r"|:(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)"  # addresses that some readers turn into links unasked
    r"|(?<=\w)\.(?=(?:com|org|net|info|biz|xyz|io|co|dev|app|ru|cn|tk|top|site|online|link)\b)",
    re.IGNORECASE,
)
_AT_START: Final = re.compile(r"^(\d{1,9})?((?<=\d)[.)](?=\s|$)|(?<!\d)[#+\-=>])")
"""What makes a heading, list, rule or block quote at the start of a line."""


def plain(text: str) -> str:
    """The text without what cannot be seen and could act: terminal commands, direction marks, hidden letters."""
    return _UNSEEN.sub("", text)


def markdown(text: str) -> str:
    """The text as one stretch of Markdown that shows exactly its characters."""
    line = " ".join(plain(text).split())
    parts: list[str] = []
    at = 0
    for own in _NEEDS.finditer(line):
        parts += [_escaped(line[at : own.start()]), "[", _escaped(own.group()[1:-1]), "]"]
        at = own.end()
    shown = "".join([*parts, _escaped(line[at:])])
    return _AT_START.sub(lambda match: f"{match.group(1) or ''}\\{match.group(2)}", shown)


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda match: f"\\{match.group()}", text)
