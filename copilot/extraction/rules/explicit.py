"""Lines that say they are actions: ``ACTION: X to do Y``, ``TODO(X): …``, ``Assigned to X: …``, ``… owner: X``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copilot.extraction.clauses import sentences
from copilot.extraction.grammar import COLLECTIVE, GROUP, MODAL, PERSON
from copilot.extraction.owners import read_owners
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import WHO, WHO_OF_US, Line, Owner, Reading
from copilot.extraction.verbs import task_verbs
from copilot.mentions import MentionKind
from guards.text import RedactedText

MARK: Final = re.compile(
    r"(?:\bACTIONS?(?: ITEMS?| POINTS?)?|\bAction(?: item| point)?|^(?:TODO|To-?do|AP|AI|Task|Next step|Follow-?up"
    r"|Micro-commitment|Commitment))"
    rf"\s*(?:[(\[]\s*(?P<who>{GROUP}|\w[\w. ]{{0,20}}?)\s*[)\]]|(?:for|on|by"
    rf"|to)?\s*(?P<plain>{GROUP}))?\s*(?:\*\*)?(?::|\s[-–—]\s)(?:\*\*)?\s*"
    rf"|^TODO[(](?P<todo>{GROUP})[)]:?\s*"
)
ASSIGNED: Final = re.compile(
    rf"(?:assigned to|assignee|owner)\s*:?\s*(?P<who>{GROUP})\s*[:–—-]\s*(?=\S)", re.IGNORECASE
)
TAGGED: Final = re.compile(
    rf"[\s(\[,;–—-]+(?:owner|owned by|assignee|assigned to|responsible|who)\s*[:=]?\s*(?P<who>{GROUP})", re.IGNORECASE
)
_FIELDS: Final = re.compile(
    rf"(?:who|owner|assignee|responsible)\s*[:=]\s*(?P<who>{GROUP}|[^.;,|]{{0,30}}?)\s*[.;,|/–—-]+\s*(?:what|action|task)\s*[:=]\s*"
    r"(?P<what>[^.;|]+?)\s*(?=[.;|]|$|\b(?:by )?when\b|\bdue\b)"
    rf"|(?:what|action|task)\s*[:=]\s*(?P<first>[^.;|]+?)\s*[.;,|/–—-]+\s*(?:who|owner|assignee|responsible)\s*[:=]\s*(?P<last>{GROUP})",
    re.IGNORECASE,
)
"""``Who: X. What: do Y. When: Z``, in either order."""
_EMPTY: Final = re.compile(r"(?:text|none|n/?a|tbd|tba|nothing|-+|\.*)?[.\s]*$", re.IGNORECASE)
_OWNED: Final = re.compile(rf"(?P<group>{GROUP})\s*(?P<link>\bto\b|{MODAL}|[:,–—>-]+(?:\s*to\b)?|\s)\s*(?=\S)")
_WORD_TO: Final = re.compile(r"(?P<word>[A-Za-z][\w.'-]{0,24}(?: [A-Z][\w.'-]+)?) (?:to|will) (?=[a-z])")
_INITIALS: Final = re.compile(r"(?P<word>[A-Z]{2,4}|[a-z][A-Z]|[A-Z][a-z][A-Z]|[A-Z][a-z]+)[:,]? (?=[a-z]+(?:s\b| ))")
_NAMES_ONLY: Final = re.compile(rf"(?:{GROUP}|[\s,&+]|\band\b)*")
_COLLECTIVE: Final = re.compile(rf"{COLLECTIVE}\s+(?:to\s+|should\s+|will\s+|needs? to\s+|must\s+)?(?=\S)")


def read(line: Line, people: PeopleView) -> tuple[Reading, ...] | None:
    """Readings of an explicit action line, or ``None`` when the line does not say it is one."""
    words = line.words
    fields = _FIELDS.match(words)
    if fields:
        who, what = ("who", "what") if fields["what"] else ("last", "first")
        span = (line.body + fields.start(what), line.body + fields.end(what))
        return owned_readings(words[slice(*fields.span(who))], span, (line.body, len(line.text)), people)
    for pattern in (MARK, ASSIGNED):
        match = pattern.search(words) if pattern is MARK else pattern.match(words)
        if match:
            given = next(
                (match.span(name) for name in ("who", "todo", "plain") if name in match.groupdict() and match[name]),
                None,
            )
            at = line.body + match.end()
            if _EMPTY.match(line.text, at):
                return ()
            owned = line.text[line.body + given[0] : line.body + given[1]] if given else None
            return _items(line, at, owned, people)
    tagged = TAGGED.search(words)
    if tagged and len(words[: tagged.start()].split()) >= 2:
        owner = words[slice(*tagged.span("who"))]
        return owned_readings(owner, (line.body, line.body + tagged.start()), (line.body, len(line.text)), people)
    return None


def owned_readings(
    owner: RedactedText, action: tuple[int, int], clause: tuple[int, int], people: PeopleView,
    kind: MentionKind = MentionKind.COMMITMENT,
) -> tuple[Reading, ...]:  # fmt: skip
    """One reading for each person of an owner expression, or an unassigned one with the question."""
    owners = read_owners(owner, people)
    each: Sequence[Owner | None] = owners.each or (None,)
    return tuple(Reading(kind, *action, clause, who, owners.question or (None if who else WHO)) for who in each)


def _items(line: Line, at: int, owned: RedactedText | None, people: PeopleView) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for first, last in sentences(line.text, at):
        for start, end in _parts(line.text, first, last):
            found += _item(line, start, end, owned if start == at else None, people, first_item=not found)
    return tuple(found)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut "X to do Y, Z will do W" before Z."""
    cuts = [
        match.start("next")
        for match in re.finditer(
            rf"(?:[,;]| and| but| while)\s+(?P<next>{GROUP}\s+(?:to\b|will\b|should\b))", text[start:end]
        )
    ]
    cuts = [cut for cut in cuts if not _NAMES_ONLY.fullmatch(text, start, start + cut)]
    edges = [start, *(start + cut for cut in cuts), end]
    return list(zip(edges, edges[1:], strict=False))  # noqa: RUF007


def _item(  # noqa: PLR0911, PLR0913
    line: Line, start: int, end: int, owned: RedactedText | None, people: PeopleView, *, first_item: bool
) -> tuple[Reading, ...]:
    text = line.text
    if owned is not None:
        return owned_readings(owned, (start, end), (start, end), people)
    match = _OWNED.match(text, start, end)
    if match:
        return owned_readings(text[slice(*match.span("group"))], (match.end(), end), (start, end), people)
    match = _COLLECTIVE.match(text, start, end)
    if match:
        return (Reading(MentionKind.COMMITMENT, match.end(), end, (start, end), question=WHO_OF_US),)
    if not first_item:
        return ()
    match = _WORD_TO.match(text, start, end) or _INITIALS.match(text, start, end)
    if match and not _is_verb(match["word"]):
        name = text[slice(*match.span("word"))]
        return (Reading(MentionKind.COMMITMENT, match.end(), end, (start, end), Owner(people.person_of(name), name)),)
    tail = re.search(rf"[(\[–—-]\s*(?P<who>{PERSON})\s*[)\]]?\s*[.]?\s*$", text[start:end])
    if tail:
        owner = text[start + tail.start("who") : start + tail.end("who")]
        return owned_readings(owner, (start, start + tail.start()), (start, end), people)
    return (Reading(MentionKind.COMMITMENT, start, end, (start, end), question=WHO),)


def _is_verb(word: str) -> bool:
    return word.lower() in task_verbs()
