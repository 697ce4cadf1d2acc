"""Lines with their surroundings: speaker, heading, section, check box, table cells, who "I" and "you" are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from copilot.extraction import labels
from copilot.extraction.grammar import PERSON
from copilot.extraction.headings import Voices, Where, heading_of, moved
from copilot.extraction.owners import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner
from guards.text import RedactedText
from knowledge.passages import Passage, RedactedDocument, RedactedLine

__all__ = ["owner_of", "surroundings"]

_IN_FIRST_PERSON: Final = re.compile(
    r"(?<![\w.])[Ii](?:['’](?:ll|m|ve|d)\b|\s+(?:will|am|have|need|can|could|should)\b)"
)
_SPEAKER_LINE: Final = 8
"""The heading level given to a line that only says who speaks; nothing is read on it."""
_GREETING: Final = re.compile(
    rf"(?:(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\s+(?P<who>{PERSON})\s*(?:[,!:.–-]|$)"
    rf"|(?P<bare>{PERSON})\s*[,!–-]\s*$|[\s*_>]*(?P<to>to)\**\s*:\**\s*(?P<head>{PERSON})\s*(?:[(<\[].*)?$)",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    rf"(?:[-–—]+\s*)?(?:(?:best|thanks|cheers|regards|(?:kind|best|warm) (?:regards|wishes)|all the best|yours"
    rf"|see you(?: \w+){{0,2}}|many thanks|thank you|take care|warmly|sincerely|love"
    rf"|speak soon),?\s+)?(?P<who>{PERSON})\.?"
    r"\s*(?:x+|\([^)]*\)|,\s*[\w ]{2,40})?\s*$",
    re.IGNORECASE,
)
_AUTHOR: Final = re.compile(
    r"[\s*_#>-]*(?:author|from|(?:notes?|minutes|written|recorded|kept|logged)(?: taken| written| kept)? by"
    rf"|(?:note|minute)[- ]?(?:taker|keeper)|scribe|by|(?:session )?(?:log|journal|diary|notes?) of)\s*[:–—-]?\s*\**"
    rf"\s*(?P<who>{PERSON})\s*\**\s*(?:[(<\[,;|].*)?$",
    re.IGNORECASE,
)
_HEAD_LINES: Final = 8
_TAIL_LINES: Final = 3


def surroundings(document: RedactedDocument, passages: Iterable[Passage], people: PeopleView) -> tuple[Line, ...]:
    """The document's lines that may be read; a line of a held passage is left out."""
    held = [(each.first, each.last) for each in passages if each.held]
    kept = [
        line for line in document.lines if not any(first <= line.last and line.first <= last for first, last in held)
    ]
    voices = _voices(kept, people)
    speech = labels.speaks(document.lines)
    where, after_bullet, teller = Where(), False, None
    found: list[Line] = []
    for line in kept:
        prefix = labels.PREFIX.match(line.text)
        body = prefix.end() if prefix else 0
        if spoken := labels.alone(line.text):
            teller = owner_of(line.text[slice(*spoken.span("who"))], people)
            found.append(Line(line.text, line.first, line.last, body, heading=_SPEAKER_LINE))
            continue
        bullet = bool(prefix and (prefix["bullet"] or prefix["box"] is not None))
        level, words_at = heading_of(line, body, alone=not bullet)
        if level:
            where = moved(where, line.text[words_at:], level, people, voices)
            found.append(Line(line.text, line.first, line.last, words_at, heading=level))
            continue
        # Text right below a bullet is its wrapped rest; other text ends what a bare heading opened.
        if not (bullet or after_bullet) and where.level == 7 and _is_text(line.text):
            where = Where()
        after_bullet = bullet or (after_bullet and _is_text(line.text))
        made = _line(line, prefix, body, bullet=bullet, where=where, speech=speech, people=people)
        found.append(made if made.speaker else replace(made, speaker=teller))
    return _voiced(found, voices)


def _is_text(text: str) -> bool:
    return bool(text.strip()) and not text.lstrip().startswith("|")


def _line(  # noqa: PLR0913 - the parts of one line
    line: RedactedLine, prefix: re.Match[str] | None, body: int, *, bullet: bool, where: Where, speech: bool,
    people: PeopleView,
) -> Line:  # fmt: skip
    box = prefix["box"] if prefix else None
    ticked = None if box is None else box in {"x", "X", "✓", "✔"}
    in_list = where.section == "actions" or ticked is not None
    label = labels.label(line.text, body, turn=line.turn) if not in_list or line.turn else None
    if label and not (speech or line.turn or _IN_FIRST_PERSON.search(line.text, label.end())):
        label = None
    speaker = owner_of(line.text[slice(*label.span("who"))], people) if label else None
    return Line(
        line.text, line.first, line.last, label.end() if label else body, bullet=bullet, ticked=ticked,
        speaker=speaker, under=where.under if bullet else None, section=where.section, cells=_cells(line.text),
    )  # fmt: skip


def _cells(text: RedactedText) -> tuple[tuple[str, int, int], ...]:
    """Cells of a table row; a row without outer bars has at least two inner ones, with space around them."""
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", text)]
    if text.lstrip().startswith("|") and len(bars) >= 3:
        edges = bars
    elif len(re.findall(r"\s\|\s", text)) >= 2:
        edges = [-1, *bars, len(text)]
    else:
        return ()
    return tuple((str(text[a + 1 : b]).strip(), a + 1, b) for a, b in zip(edges, edges[1:], strict=False))  # noqa: RUF007


def _voices(lines: Sequence[RedactedLine], people: PeopleView) -> Voices:
    """In a letter, "I" is who signed it and "you" is who is greeted; a note may name its author."""
    written = [line.text for line in lines if line.text.strip()]
    head = written[:_HEAD_LINES]
    author = _first(_AUTHOR, head, people)
    reader = _first(_GREETING, [text for text in head if not _SIGNED.match(text) or _GREETING.match(text)], people)
    if reader is not None and author is None:
        author = _first(_SIGNED, list(reversed(written[-_TAIL_LINES:])), people)
    if author is None and reader is None and written and re.match(r"\s*[-–—]{1,2}\s*<", written[-1]):
        author = _first(_SIGNED, written[-1:], people)
    return Voices(author, None if reader and reader.same_as(author) else reader)


def _first(shape: re.Pattern[str], texts: Sequence[RedactedText], people: PeopleView) -> Owner | None:
    for text in texts:
        match = shape.match(text)
        if match:
            name = next(each for each in ("who", "bare", "head") if match.groupdict().get(each))
            return owner_of(text[slice(*match.span(name))], people)
    return None


def _voiced(lines: Sequence[Line], voices: Voices) -> tuple[Line, ...]:
    """Who "I" and "you" are, line by line; in a talk between two, "you" is the other one."""
    speakers: list[Owner] = []
    for line in lines:
        if line.speaker and not any(line.speaker.same_as(each) for each in speakers):
            speakers.append(line.speaker)
    found: list[Line] = []
    before: RedactedText | None = None
    for line in lines:
        reader = voices.reader
        if line.speaker and len(speakers) == 2:
            reader = next(each for each in speakers if not each.same_as(line.speaker))
        made = replace(
            line,
            speaker=line.speaker or voices.author,
            addressee=reader,
            before=before,
            spoken=line.speaker is not None,
        )
        found.append(made)
        if line.text.strip():
            before = None if line.heading else line.words
    return tuple(found)
