"""The action inside a clause: leading fillers and trailing due date, ticket and owner tags cut away."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from copilot.due_dates import due_phrases
from copilot.extraction.grammar import PERSON, TICKET

_FRONT: Final = re.compile(
    r"[\s:,*_–—>-]+|(?:please|also|then|just|now|definitely|certainly|gladly|happily)\s+", re.IGNORECASE
)
_BACK: Final = re.compile(
    r"(?:[\s,.;:–—*_|!?-]+|\s+(?:and|but|so|or|then|while|maybe|perhaps|in|under|on|as|see|by|via|due|[Tt]icket|owner"
    r"|that(?: is|['’]s)|it['’]s)|[(\[]\s*[)\]]?|[,(]?\s*no (?:due )?date(?: (?:given|yet|set|agreed))?\)?)$"
)
_TAGS: Final = re.compile(
    rf"(?:\s*[-–—,;(\[]?\s*(?:owner|due|ticket|who|when|by when|deadline)\s*[:=]\s*)$"
    rf"|\s*[-–—(\[@]\s*{PERSON}\s*[)\]]?$|\(\s*\)$"
    rf"|\s*[(\[]\s*{TICKET.pattern}\s*[)\]]$",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"[\s,.;–—-]*(?:[(\[]?\b(?:done|completed|merged)\b[)\]]?(?:\s*:?\s*(?:https?://\S+|\[[^\]]*\]\([^)]*\))?)?|✅"
    r"|✔️?)\s*$",
    re.IGNORECASE,
)


def trim(text: str, start: int, end: int, on: date) -> tuple[int, int]:
    """Offsets of the action proper within ``start``..``end``."""
    while (match := _FRONT.match(text, start, end)) and match.end() > match.start():
        start = match.end()
    before = -1
    while before != end:
        before = end
        end = _shorter(text, start, end, on)
    return start, max(start, end)


def _shorter(text: str, start: int, end: int, on: date) -> int:
    piece = text[start:end]
    ends = [match.start() for match in (_BACK.search(piece), _TAGS.search(piece), _DONE.search(piece)) if match]
    ends += [due.start for due in due_phrases(piece, on) if due.end == len(piece)]
    ends += [match.start() for match in TICKET.finditer(piece) if match.end() == len(piece)]
    kept = [at for at in ends if len(piece[:at].split()) >= 1]
    return start + min(kept) if kept else end
