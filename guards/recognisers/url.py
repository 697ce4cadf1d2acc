"""Web addresses: hosts name companies and paths name people, so the whole is masked, save a ticket id in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import SURE, Found, Recogniser
from guards.recognisers.hints import Lines
from guards.recognisers.keep import TICKET

_TAIL: Final = r"(?:[/?#][^\s<>\"'`|\\^{}\[\]]*)?"
_WITH_SCHEME: Final = r"(?:https?|ftp|sftp|ssh|git|slack|file)://[^\s<>\"'`|\\^{}\[\]]+"
_PROFILE: Final = (
    r"(?:[\w-]+\.)*(?:linkedin|github|gitlab|bitbucket|twitter|facebook|instagram|t|x|medium|calendly|zoom|teams|"
    r"figma|notion|dropbox)\.(?:com|org|me|us|so|io|ly)/[^\s<>\"'`|\\^{}\[\]]+"
)
_BARE: Final = (
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|biz|io|ai|dev|app|co|eu|uk|de|fr|in|"
    r"nl|se|no|dk|fi|ch|at|it|es|pt|pl|cz|ca|au|nz|us|ie|be|jp|cn|br|internal|corp|local|intranet|lan)\b)"
)
_URL: Final = re.compile(rf"(?<![\w@.-])(?:{_WITH_SCHEME}|{_PROFILE}|{_BARE}{_TAIL})", re.IGNORECASE)
_HINT: Final = re.compile(r"[\w-]\.[\w-]|://")
_PRODUCTS: Final = frozenset({"node.js", "next.js", "vue.js", "asp.net", "socket.io", "draw.io", "ado.net"})


def find(text: str) -> Iterator[Found]:
    """Each address without the punctuation that ends its sentence, cut round ticket ids."""
    for match in Lines(text).matches(_URL, _HINT):
        address = match.group(0).rstrip(".,;:!?)*_")
        if address.casefold() not in _PRODUCTS:
            yield from _round_tickets(text, match.start(), match.start() + len(address))


def _round_tickets(text: str, start: int, end: int) -> Iterator[Found]:
    for ticket in TICKET.finditer(text, start, end):
        if ticket.start() - start > 1:
            yield Found(start, ticket.start(), "URL", SURE)
        start = ticket.end()
    if end - start > 1:
        yield Found(start, end, "URL", SURE)


RECOGNISER: Final = Recogniser("url", ("URL",), find)
