"""Lines with their surroundings: speaker, heading, section, check box, table cells, who "I" and "you" are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from copilot.extraction import labels
from copilot.extraction.headings import Voices, Where, heading_of, moved
from copilot.extraction.owners import owner_of
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner
from copilot.extraction.voices import voices_of
from guards.text import RedactedText, joined
from knowledge.passages import Passage, RedactedDocument, RedactedLine

__all__ = ["owner_of", "surroundings"]

_IN_FIRST_PERSON: Final = re.compile(
    r"(?<![\w.])[Ii](?:['’](?:ll|m|ve|d)\b|\s+(?:will|am|have|need|can|could|should)\b)"
)
_ABOVE: Final = 3
"""Lines above in which a pronoun's person is looked for."""
_SPEAKER_LINE: Final = 8
"""The heading level given to a line that only says who speaks; nothing is read on it."""


def surroundings(document: RedactedDocument, passages: Iterable[Passage], people: PeopleView) -> tuple[Line, ...]:
    """The document's lines that may be read; a line of a held passage is left out."""
    held = [(each.first, each.last) for each in passages if each.held]
    kept = [
        line for line in document.lines if not any(first <= line.last and line.first <= last for first, last in held)
    ]
    speech = labels.speaks(document.lines)
    voices = voices_of(kept, people, talk=speech)
    where, after_bullet, teller = Where(), False, None
    found: list[Line] = []
    for line, heard in zip(kept, voices, strict=True):
        prefix = labels.PREFIX.match(line.text)
        body = prefix.end() if prefix else 0
        if spoken := labels.alone(line.text):
            teller = owner_of(line.text[slice(*spoken.span("who"))], people)
            found.append(Line(line.text, line.first, line.last, body, heading=_SPEAKER_LINE))
            continue
        bullet = bool(prefix and (prefix["bullet"] or labels.box_of(prefix) is not None))
        level, words_at = heading_of(line, body, alone=not bullet)
        if level:
            where = moved(where, line.text[words_at:], level, people, heard)
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
    ticked = labels.box_of(prefix) if prefix else None
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


def _voiced(lines: Sequence[Line], voices: Sequence[Voices]) -> tuple[Line, ...]:
    """Who "I" and "you" are, line by line; in a talk between two, "you" is the other one."""
    speakers: list[Owner] = []
    for line in lines:
        if line.speaker and not any(line.speaker.same_as(each) for each in speakers):
            speakers.append(line.speaker)
    found: list[Line] = []
    above: list[RedactedText] = []
    for line, heard in zip(lines, voices, strict=True):
        reader = heard.reader
        if line.speaker and len(speakers) == 2:
            reader = next(each for each in speakers if not each.same_as(line.speaker))
        made = replace(
            line,
            speaker=line.speaker or heard.author,
            addressee=reader,
            before=joined("\n", above) if above else None,
            spoken=line.speaker is not None,
        )
        found.append(made)
        if line.text.strip():
            above = [] if line.heading else [line.words] if line.speaker else [*above, line.words][-_ABOVE:]
    return tuple(found)
