"""Sentences that may tell what became of something, in no words that the status rules know: "her list came on paper".

A trace closes nothing and moves nothing: the ledger asks about it where it names what an open
commitment of an earlier session is about, and leaves it alone elsewhere. Refuses what is wished for, planned, denied,
asked, or read as a promise or a status by another rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from copilot.extraction.clauses import asks, sentences
from copilot.extraction.grammar import ONE
from copilot.extraction.reading import Line, Reading
from copilot.extraction.rules import status_words as words
from copilot.mentions import MentionKind

_LONGEST: Final = 60
"""Words of a sentence that is read; longer ones tell many things."""
_CLAUSE: Final = re.compile(r"[,;:(]\s|\s(?:but|so|and|because|while|though|although)\s|\s[–—-]\s")
_TELLS: Final = re.compile(
    rf"\b(?:{words.ENDED}|came|went|got|had|gone|is|are|was|were)\b"
    r"|\b(?:lies|stands|has been|have been|has had|have had) .*?\bsince\b|[✅✔☑]",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|without|cannot|will|shall|would|should|must|can|could|may|might"
    r"|going to|to be|yet|wants?|hopes?|plans?|needs?|likes?|promised|agreed|asked (?:\w+ ){1,3}to|if|unless|until"
    r"|still|half|partly"
    r"|nearly|almost|tomorrow|usually|always|often|every|each|waiting|blocked|stuck|growing"
    r"|(?:is|are|was|were) (?:\w+ )?\w+ing)\b|['’]ll\b|\w*n['’]t\b",
    re.IGNORECASE,
)
_AS_EVER: Final = re.compile(
    rf"^(?:(?:{ONE}|[Ww]e|[Ii])\s+)?(?:discussed|wondered|thinks|thought|likes|liked|moved on|worked on|started"
    r"|continued|went on|meant)\b"
)
_FAILED: Final = re.compile(
    r"\b(?:needs?|waits?|waiting|missing|blocked|stuck|still|not yet|failed|bounced|broke|broken|reverted|tried|forgot"
    r"|is back|are back|came back|again)\b|\d ?%|\bper ?cent\b"
    rf"|{words.IN_PART}",
    re.IGNORECASE,
)
"""It did not work, or in part: no end to ask about."""


def read(line: Line, told: Iterable[Reading]) -> Iterator[Reading]:
    """What is told by the sentences of a line that ``told``, its other readings, leave alone."""
    kept = [each.clause for each in told if each.kind in _READ]
    if line.heading or line.cells:
        return
    for start, end in sentences(line.text, line.body):
        sentence = line.text[start:end]
        if any(left < end and start < right for left, right in kept) or asks(sentence):
            continue
        if len(sentence.split()) > _LONGEST:
            continue
        unsure = words.DEPENDS.search(sentence) or _FAILED.search(sentence)
        told_of = not unsure and any(_tells(each) for each in _CLAUSE.split(sentence))
        yield Reading(MentionKind.TOLD if told_of else MentionKind.REMARK, start, end, (start, end))


_READ: Final = frozenset(
    {
        MentionKind.COMMITMENT, MentionKind.CANDIDATE, MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED,
        MentionKind.STILL_OPEN, MentionKind.UNCLEAR,
    }
)  # fmt: skip


def _tells(clause: str) -> bool:
    """Whether a clause says how something is or was, and not how it is to be."""
    return _TELLS.search(clause) is not None and _OPEN.search(clause) is None and _AS_EVER.match(clause.strip()) is None
