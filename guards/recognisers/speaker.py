"""Speaker labels of a transcript: ``Priya:``, ``[00:14:32] Mei-Ling:``. In a note the same shape is a form field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guards.recognisers.found import LIKELY, Found, Recogniser
from guards.recognisers.keep import is_kept
from guards.recognisers.unlisted import is_ordinary

_LABEL: Final = re.compile(
    r"^[ \t>*-]*(?:\[?\(?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\)?\]?[ \t-]*)?"
    r"(?P<it>[^\W\d_][\w.'’-]*(?:[ \t]+[\w.'’()-]+){0,3})(?=[ \t]*:(?:\s|$))",
    re.MULTILINE,
)
_COUNT: Final = re.compile(r"[(#]?(?:\d+|[a-z]|[sp]\d+|(?:speaker|spk|voice)[_-]\d+)[).]?")
_ROLES: Final = frozenset(
    re.findall(
        r"\w+",
        "host guest chair scribe interviewer interviewee moderator facilitator participant attendee presenter "
        "panellist master owner buddy sponsor speaker caller agent bot unknown po sm pm tl em product scrum tech "
        "scientist line male female narrator notetaker trainer trainee student delivery parking lot next steps steward",
    )
)
_FIELDS: Final = frozenset(
    re.findall(
        r"\w+", "iban bic ssn dob tel phone mobile cell fax email mail url ip visa card username handle teams slack"
    )
)
"""Labels of identifiers in a transcript that was typed."""
_NO_NAME: Final = frozenset(
    [
        "about",
        "anyone",
        "anything",
        "before",
        "between",
        "but",
        "confidence",
        "don't",
        "down",
        "for",
        "from",
        "here",
        "how",
        "if",
        "into",
        "is",
        "it",
        "it's",
        "its",
        "just",
        "keep",
        "leave",
        "let's",
        "never",
        "no",
        "not",
        "now",
        "off",
        "only",
        "our",
        "out",
        "please",
        "record",
        "somebody",
        "someone",
        "something",
        "that",
        "the",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "told",
        "up",
        "us",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "would",
        "write",
        "you",
        "your",
    ]
)
"""A phrase with one of these is no name. "Off the record: ..." taken for a speaker would be masked from then on in
all the pair's notes, and what was said off the record would not be known as such again."""


def find(text: str) -> Iterator[Found]:
    """The label at the start of a line, unless it is a role, a heading or the beginning of a sentence."""
    for match in _LABEL.finditer(text):
        words = match.group("it").replace("’", "'").casefold().split()
        if (
            not _is_heading(words)
            and not is_kept(match.group("it"))
            and not (len(words) > 1 and _NO_NAME.intersection(words))
        ):
            yield Found(match.start("it"), match.end("it"), "PERSON", LIKELY)


def _is_heading(words: list[str]) -> bool:
    """Roles and headings, numbered too: "Speaker 2", "Next steps". A letter or number alone never makes a name."""
    bare = [word for word in words if not _COUNT.fullmatch(word)]
    return all(is_ordinary(word) or word in _ROLES or word in _FIELDS for word in bare)


RECOGNISER: Final = Recogniser("speaker", ("PERSON",), find)
