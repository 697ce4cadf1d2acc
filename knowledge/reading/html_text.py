"""HTML: what a browser would show, block by block, each line with the lines of the file it stands on.

A streaming parser, not a tree: positions are exact and nesting a million deep costs nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from knowledge.errors import Unreadable
from knowledge.passages import SourceLine
from knowledge.reading.decoding import decoded
from knowledge.reading.limits import HTML_SECONDS, MAX_OPEN_MARKUP
from knowledge.reading.lines import source_line

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN: Final = frozenset(["script", "style", "template", "noscript", "head", "svg", "math", "object", "iframe"])
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_INVISIBLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_OPEN: Final = 10_000
_OPEN_AT_END: Final = 4_000
_PIECE: Final = 256 * 1024


class _Blocks(HTMLParser):
    """Collects ``lines``; ``cells`` join to one line per table row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[SourceLine] = []
        self._words: list[str] = []
        self._first = self._last = 0
        self._heading = 0
        self._mark = ""
        self._hidden: list[str] = []
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, or a stretch nobody sees."""
        if self._hidden or _is_hidden(tag, attrs):
            if tag not in _VOID and len(self._hidden) < _MAX_OPEN:
                self._hidden.append(tag)
            return
        if tag in {"td", "th"}:
            self._cells += 1
            self._words.append(" | " if self._cells > 1 else "| ")
        elif tag in _BLOCKS and not self._cells:
            self.flush()
            self._heading = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
            self._mark = "- " if tag == "li" else self._mark if tag == "p" else ""

    def handle_endtag(self, tag: str) -> None:
        """Close a block, or the stretch nobody sees."""
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
        elif tag in {"tr", "table"}:
            if self._cells:
                self._words.append(" |")
            self._cells = 0
            self.flush()
        elif tag in _BLOCKS and not self._cells:
            self.flush()
            self._heading = 0

    def handle_data(self, data: str) -> None:
        """Add words to the open block."""
        if self._hidden or not data.strip():
            self._words.append("" if self._hidden or not self._words else " ")
            return
        line, _ = self.getpos()
        first = line + data[: len(data) - len(data.lstrip())].count("\n")
        self._first = self._first or first
        self._last = max(self._last, line + data.rstrip().count("\n"))
        self._words.append(data)

    def finish(self) -> None:
        """End the page. Markup never closed is text: the parser would look for its end again at each ``<`` in it."""
        if self._hidden:
            self.rawdata = ""
        if len(self.rawdata) > _OPEN_AT_END:
            self.rawdata = self.rawdata.replace("<", "&lt;")
        self.close()
        self.flush()

    @property
    def waiting(self) -> int:
        """Characters of markup whose end has not come yet."""
        return len(self.rawdata)

    def flush(self) -> None:
        """End the open block."""
        text = " ".join("".join(self._words).split())
        if text and self._first:
            self.lines.append(source_line(self._mark + text, self._first, self._last, heading=self._heading))
            self._mark = ""
        self._words = []
        self._first = self._last = 0


def _is_hidden(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    given = dict(attrs)
    return tag in _UNSEEN or "hidden" in given or bool(_INVISIBLE.search(given.get("style") or ""))


def read_html(data: bytes) -> Iterator[SourceLine]:
    """The visible text of a page.

    Raises:
        Unreadable: markup that cannot be parsed.
    """
    blocks = _Blocks()
    try:
        _feed(blocks, decoded(data))
        blocks.finish()
    except (AssertionError, ValueError):
        raise Unreadable("is HTML that cannot be parsed: save it again or as text") from None
    return iter(blocks.lines)


def _feed(blocks: _Blocks, text: str) -> None:
    """In pieces, so that the time can be looked at; an open tag is looked at anew with each piece, hence its limit."""
    until = time.monotonic() + HTML_SECONDS
    for start in range(0, len(text), _PIECE):
        blocks.feed(text[start : start + _PIECE])
        if blocks.waiting > MAX_OPEN_MARKUP or time.monotonic() > until:
            raise Unreadable(f"is HTML that takes more than {HTML_SECONDS:.0f} seconds to read: save it as text")
