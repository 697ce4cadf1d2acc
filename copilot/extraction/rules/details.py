"""What is said right after a promise about when it is due: the next sentence, or the answer to "by when?".

Only a sentence or turn that holds next to nothing but a date counts; a promise that has its own date keeps it, unless
the words correct it ("no wait, Tuesday").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from copilot.due_dates import Due, find_due
from copilot.extraction.clauses import sentences
from copilot.extraction.grammar import PERSON
from copilot.extraction.reading import Line, Reading
from copilot.mentions import MentionKind
from guards.text import RedactedText

_PROMISES: Final = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE})
_FILL: Final = re.compile(
    rf"\b(?:say|like|so|ok|okay|well|maybe|perhaps|please|pls|um+|uh+|hmm+|oh|i(?:['’]d)?|he|she|they|we|you|it|its|that|this|there"
    r"|think|thinks|guess|reckons?|says?|said|finish(?:ed|es)?|done|ready|due|date|deadline|target|delivery|deliver|the|is|was|a"
    r"|at|on|by|till|until|before|for|latest|new|be|will|would|should|need(?:s|ed)?|realistic|fine|ideally|hopefully|all|both"
    rf"|no|wait|rather|make|actually|sorry|and|but|then|ticket|come|comes|have|has|ends?|works)\b|{PERSON}",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(
    r"(?:(?:and|ok|so)\s+)?(?:by |until |till )?when\b|(?:what|which) (?:date|day)\b|deadline\?", re.IGNORECASE
)
_MOST: Final = 14
"""Words a sentence about the date may have at most, and how many of them may say something else."""
_OTHER: Final = 1


def dated(line: Line, found: Sequence[Reading], following: Sequence[Line], on: date) -> list[Reading]:
    """The readings, with the date that stands right behind a promise without one."""
    made = list(found)
    promised = [n for n, each in enumerate(made) if each.kind in _PROMISES and each.due is None]
    if not promised:
        return made
    last = max(promised, key=lambda n: made[n].clause[1])
    if find_due(line.text[slice(*made[last].clause)], on) is not None:
        return made
    for start, end in sentences(line.text, line.body):
        if start >= made[last].clause[1] - 1:
            due = only_date(line.text[start:end], on)
            if due is not None:
                made[last] = replace(made[last], due=due)
            return made
    due = _asked_when(line, following, on)
    if due is not None:
        made[last] = replace(made[last], due=due)
    return made


def only_date(words: RedactedText, on: date) -> tuple[date | None, RedactedText] | None:
    """The date, if the words say next to nothing else."""
    if len(words.split()) > _MOST or (words.rstrip().endswith("?") and "when" in words.lower()):
        return None
    due = find_due(words, on) or _bare(words, on)
    if due is None or due.day is None:
        return None
    rest = _FILL.sub(" ", f"{words[: due.start]} {words[due.end :]}")
    others = re.findall(r"[A-Za-z]{2,}", rest)
    return (due.day, words[due.start : due.end].trimmed(" .,")) if len(others) <= _OTHER else None


def _bare(words: RedactedText, on: date) -> Due | None:
    """A date without its lead word: "the fifteenth"."""
    lead = re.match(r"(?:(?:say|so|like|um+|uh+|ok|well|maybe)[,.]?\s+)*", words, re.IGNORECASE)
    at = lead.end() if lead else 0
    due = find_due(f"by {words[at:]}", on)
    return Due(max(at, due.start + at - 3), due.end + at - 3, due.day) if due is not None else None


def _asked_when(line: Line, following: Sequence[Line], on: date) -> tuple[date | None, RedactedText] | None:
    """What the speaker answers to another one's "by when?"."""
    turns = [each for each in following if each.text.strip()][:2]
    if len(turns) < 2 or not line.spoken or not _WHEN.match(turns[0].words) or not turns[1].same_speaker(line):
        return None
    return only_date(turns[1].words, on)
