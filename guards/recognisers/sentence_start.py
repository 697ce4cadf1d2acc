"""Plain words that are also names ("Mark", "Grant") where they begin a sentence as the plain word.

Says so only where what follows fits no name: "Mark this as a risk". Refuses the doubtful ("Hope is late").
"""

from __future__ import annotations

import re
from typing import Final

from guards.recognisers.keep import everyday

_START: Final = re.compile(r"(?:^|[.!?;:•]\s+|[\n\r]\s*|[-*]\s+|\|\s*|\[[ xX]?\]\s+|\d[.)]\s+)[\"'“(]?$")
_NEXT: Final = re.compile(
    r" (?:(?:the|a|an|this|that|these|those|it|them|all|each|every|any|some|our|your|my|their|its|down|up|out|in|on|"
    r"of|as|for|to|we|you|they|I|there|not)\b(?! (?:said|told|asked))|is (?:not|no|never) (?:a|an|the)\b|"
    r"(?:feedback|words|period|media|text|access|rates?|numbers?|deploys|ends|starts|work|wise|answers|theme|"
    r"dashboards?|discipline|no|talk|list|review)\b)"
)


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether the word begins a sentence and reads on as a plain one."""
    if text[start:end].casefold() not in everyday() or text[start:end].isupper():
        return False
    return bool(_START.search(text, max(0, start - 8), start)) and bool(_NEXT.match(text, end))
