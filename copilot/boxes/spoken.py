"""The words of a note as they are shown: labels taken off, headings followed to what stands below, cut where a
reader would cut.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from copilot.due_dates import find_due
from copilot.mentions import Commitment, Mention
from copilot.snapshot import Snapshot
from guards.text import RedactedText, composed
from knowledge.passages import Citation, RedactedLine

_BULLET: Final = re.compile(r"\s*(?:[-*•–·]|\d{1,2}[.)])\s+")
_LABEL: Final = re.compile(
    r"\s*(?:still )?(?:open(?: questions?| decisions?| issues?| points?)?|decisions?(?: needed| to make)?|to decide"
    r"|decided?|blocked(?: on| by)?|blockers?|stuck(?: on)?|impediments?|parking lot|question)\s*(?:[:–-]\s*|$)",
    re.IGNORECASE,
)
_STATE: Final = re.compile(r"\s*\W?(?:done|moved|dropped|open|closed|see|still)\b", re.IGNORECASE)
_TICKET_END: Final = re.compile(
    r"[\s.,;(]*(?:\btickets?\b[:\s]*)?(?:\(?\b[A-Z][A-Z0-9_]{0,15}-\d{1,7}\b\)?)?[\s.,;)]*$", re.IGNORECASE
)
_TICKET_WORD_END: Final = re.compile(r"[\s.,;(]*\btickets?\b[:\s]*$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.;?!](?=\s)|(?=\s[Oo]ption\s)")


def spoken(snapshot: Snapshot, mention: Mention) -> Mention:
    """The mention without its label; a bare label or heading stands for the line below it."""
    words = unlabelled(mention.text)
    if words:
        return replace(mention, text=words)
    below = _below(snapshot, mention.citation)
    if below is None:
        return replace(mention, text=words)
    at = mention.citation
    cited = Citation(at.document, at.source, below.first, below.last, below.text)
    return replace(mention, text=unlabelled(below.text), citation=cited)


def unlabelled(text: RedactedText) -> RedactedText:
    """Without the bullet and labels such as ``Open:`` at its start."""
    for pattern in (_BULLET, _LABEL):
        found = pattern.match(text)
        text = text[found.end() :] if found else text
    return text.trimmed()


def _below(snapshot: Snapshot, at: Citation) -> RedactedLine | None:
    after = (each for each in snapshot.lines.get(at.document, ()) if each.first > at.last)
    line = next((each for each in after if each.text.strip()), None)
    return line if line is not None and not line.heading and unlabelled(line.text) else None


def is_status(text: str) -> bool:
    """Whether a line says how something stands, which makes it nobody's task: ``Done: …``, ``(see above)``."""
    return _STATE.match(text) is not None


def bare_action(each: Commitment) -> RedactedText:
    """The action without the due date and ticket at its end, where those are shown beside it."""
    text = unlabelled(each.action)
    for _ in range(3):
        text = _without_ticket(each, text)
        due = find_due(text, each.first_agreed) if each.due or each.due_text else None
        if due is None or due.start == 0 or text[due.end :].strip(" .;,)"):
            return text
        text = text[: due.start].trimmed(" .;,:(-")
    return text


def _without_ticket(each: Commitment, text: RedactedText) -> RedactedText:
    found = _TICKET_WORD_END.search(text)
    if each.ticket and found is None:
        found = _TICKET_END.search(text)
        if found is not None and each.ticket.upper() not in found.group().upper():
            found = None
    return text[: found.start()].trimmed(" .;,:(-") if found and found.start() else text


def first_sentence(text: RedactedText) -> RedactedText:
    """The first sentence of at least a few words; the whole where there is only one."""
    end = next((match.end() for match in _SENTENCE.finditer(text) if match.start() > 11), None)
    return text[:end].trimmed(" .;") if end else text.trimmed(" .;")


def sentence_at(text: RedactedText, position: int) -> RedactedText:
    """The sentence around a position."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    start = max((end for end in ends if end <= position), default=0)
    end = min((end for end in ends if end > position), default=len(text))
    return text[start:end].trimmed(" .;")


def cut(text: RedactedText, *, limit: int) -> RedactedText:
    """At most ``limit`` characters: whole sentences or options if that keeps half of it, else whole words."""
    short = text.trimmed()
    if len(short) <= limit:
        return short.trimmed(" ;,:-")
    ends = [match.end() for match in _SENTENCE.finditer(short) if limit // 2 < match.end() <= limit]
    end = ends[-1] if ends else short.rfind(" ", 0, limit)
    return composed("{words} …", words=short[: max(end, 1)].trimmed(" ;,:-"))
