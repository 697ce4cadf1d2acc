"""Lines with their surroundings: speaker, heading, section, check box, table cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from copilot.extraction.grammar import PERSON
from copilot.extraction.people import PeopleView
from copilot.extraction.reading import Line, Owner
from guards.text import RedactedText
from knowledge.passages import Passage, RedactedDocument, RedactedLine

_PREFIX: Final = re.compile(
    r"\s*(?:>\s*)*(?:(?P<bullet>[-*•+–]|\d{1,2}[.)])\s+)?(?:\[(?P<box>[ xX✓✔-]?)\]\s*)?(?:\*\*|__)?"
)
_LABEL: Final = re.compile(
    rf"(?P<who>{PERSON}|[A-Z]{{2,3}}|[a-z][A-Z]|[A-Z][a-z][A-Z])(?:\*\*|__)?:(?:\*\*|__)?(?:\s+|$)"
)
_HEADING_PERSON: Final = re.compile(
    rf"(?:for\s+)?(?P<who>{PERSON})(?:['’]s (?:actions?|tasks?|to-?dos?|commitments?))?:?\s*$"
)
_ACTIONS: Final = re.compile(
    r"(?:micro-?\s?commitments?|commitments?|action(?:s| items?| points?)|next steps?|to-?\s?dos?|follow[- ]?ups?"
    r"|tasks?"
    r"|who does what|agreed actions|agreed next steps|homework|before next (?:session|time))\b[^.!?]{0,40}:?\s*$",
    re.IGNORECASE,
)
_DONE: Final = re.compile(r"(?:done|completed|finished|closed)(?: items| actions)?:?\s*$", re.IGNORECASE)
_SECTIONS: Final = (
    ("done", _DONE),
    ("blocked", re.compile(
        r"(?:blocked|blockers?|blocked (?:on|by)|stuck(?: on)?|waiting (?:for|on)|impediments?|obstacles?)"
        r"(?: for the sponsor)?\s*[:?]?\s*$", re.IGNORECASE)),
    ("undecided", re.compile(
        r"(?:open (?:questions?|decisions?|points?|issues?)|undecided|(?:still )?to (?:decide|be decided)"
        r"|decisions? (?:needed|pending|open))\s*[:?]?\s*$", re.IGNORECASE)),
    ("decided", re.compile(r"(?:decided|decisions?(?: (?:made|taken))?|agreed)\s*:?\s*$", re.IGNORECASE)),
)  # fmt: skip
_NOT_SPEAKERS: Final = frozenset({"URL", "PS", "NB", "FYI", "TBD", "TBC", "KPI", "AI", "AP", "QA", "ID", "PR"})
_IN_FIRST_PERSON: Final = re.compile(
    r"(?<![\w.])[Ii](?:['’](?:ll|m|ve|d)\b|\s+(?:will|am|have|need|can|could|should)\b)"
)
_PROSE: Final = re.compile(r"\b(?:I|you|we|it|that's|is|are|was)\b|[.?!]\s|[.?!]$")


@dataclass(frozen=True, slots=True)
class _Where:
    """The state that headings carry from line to line."""

    under: Owner | None = None
    section: str = ""
    level: int = 0


def owner_of(words: RedactedText, people: PeopleView) -> Owner:
    """The owner a placeholder (or bare initials) names."""
    bare = words.trimmed("@ ")
    return Owner(people.person_of(bare), bare)


def _label(text: RedactedText, at: int, *, turn: bool) -> re.Match[str] | None:
    match = _LABEL.match(text, at)
    if match is None or match["who"] in _NOT_SPEAKERS:
        return None
    return match if turn or match["who"].startswith(("<", "@")) or len(match["who"]) <= 3 else None


def _speaks(lines: Sequence[RedactedLine]) -> bool:
    """Whether ``<PERSON_1>: words`` in this document is speech rather than "owner: task"."""
    said: list[str] = []
    for line in lines:
        prefix = _PREFIX.match(line.text)
        at = prefix.end() if prefix else 0
        label = _label(line.text, at, turn=line.turn)
        if label and line.text[label.end() :].strip():
            said.append(str(line.text[label.end() :]))
    return bool(said) and sum(bool(_PROSE.search(each)) for each in said) * 2 >= len(said)


def _cells(text: RedactedText) -> tuple[tuple[str, int, int], ...]:
    if not text.lstrip().startswith("|") or text.count("|") < 3:
        return ()
    bars = [match.start() for match in re.finditer(r"(?<!\\)\|", text)]
    return tuple((str(text[a + 1 : b]).strip(), a + 1, b) for a, b in zip(bars, bars[1:], strict=False))  # noqa: RUF007


def _heading_of(line: RedactedLine, body: int, *, alone: bool) -> tuple[int, int]:
    """Level of a heading and where its words start; a short line that ends in a colon counts as level 7."""
    marks = re.match(r"\s*(#{1,6})\s+", line.text)
    if marks:
        return len(marks.group(1)), marks.end()
    if line.heading:
        return line.heading, body
    words = line.text[body:].strip()
    if alone and re.fullmatch(r"(?:\*\*|__)?[^|]{2,60}?(?:\*\*:?|__:?|:)", words):
        return 7, body
    if len(words) < 40 and any(each.fullmatch(words) for each in (_ACTIONS, *(shape for _, shape in _SECTIONS[1:]))):
        return 7, body
    return 0, body


def _moved(where: _Where, words: RedactedText, level: int, people: PeopleView) -> _Where:
    plain = words.trimmed("*_ ")
    person = _HEADING_PERSON.fullmatch(plain)
    if person:
        return _Where(owner_of(plain[slice(*person.span("who"))], people), where.section, level)
    if _ACTIONS.match(plain):
        return _Where(None, "actions", level)
    named = next((name for name, shape in _SECTIONS if shape.fullmatch(plain)), None)
    if named is not None:
        return _Where(None, named, level)
    return _Where(None, "", level) if level <= where.level or level < 7 or where.section else replace(where, under=None)


def surroundings(document: RedactedDocument, passages: Iterable[Passage], people: PeopleView) -> tuple[Line, ...]:
    """The document's lines that may be read; a line of a held passage is left out."""
    held = [(each.first, each.last) for each in passages if each.held]
    speech = _speaks(document.lines)
    where = _Where()
    found: list[Line] = []
    after_bullet = False
    for line in document.lines:
        if any(first <= line.last and line.first <= last for first, last in held):
            continue
        prefix = _PREFIX.match(line.text)
        body = prefix.end() if prefix else 0
        bullet = bool(prefix and (prefix["bullet"] or prefix["box"] is not None))
        level, words_at = _heading_of(line, body, alone=not bullet)
        if level:
            where = _moved(where, line.text[words_at:], level, people)
            found.append(Line(line.text, line.first, line.last, words_at, heading=level))
            continue
        # Text right below a bullet is its wrapped rest; other text ends what a bare heading opened.
        if not (bullet or after_bullet) and where.level == 7 and _is_text(line.text):
            where = _Where()
        after_bullet = bullet or (after_bullet and _is_text(line.text))
        found.append(_line(line, prefix, body, bullet=bullet, where=where, speech=speech, people=people))
    return _addressed(found, people)


def _is_text(text: str) -> bool:
    return bool(text.strip()) and not text.lstrip().startswith("|")


def _line(  # noqa: PLR0913 - the parts of one line
    line: RedactedLine, prefix: re.Match[str] | None, body: int, *, bullet: bool, where: _Where, speech: bool,
    people: PeopleView,
) -> Line:  # fmt: skip
    box = prefix["box"] if prefix else None
    ticked = None if box is None else box in {"x", "X", "✓", "✔"}
    in_list = where.section == "actions" or ticked is not None
    label = _label(line.text, body, turn=line.turn) if not in_list else None
    if label and not (speech or line.turn or _IN_FIRST_PERSON.search(line.text, label.end())):
        label = None
    speaker = owner_of(line.text[slice(*label.span("who"))], people) if label else None
    return Line(
        line.text, line.first, line.last, label.end() if label else body, bullet=bullet, ticked=ticked,
        speaker=speaker, under=where.under if bullet else None, section=where.section, cells=_cells(line.text),
    )  # fmt: skip


_GREETING: Final = re.compile(
    rf"(?:hi|hello|dear|hey|good (?:morning|afternoon))\s+(?P<who>{PERSON})\s*[,!:.–-]?\s*$", re.IGNORECASE
)
_SIGNED: Final = re.compile(
    rf"(?:[-–—]+\s*)?(?:(?:best|thanks|cheers|regards|kind regards|all the best),?\s+)?(?P<who>{PERSON})\.?\s*$",
    re.IGNORECASE,
)


def _addressed(lines: list[Line], people: PeopleView) -> tuple[Line, ...]:
    """In a letter, "I" is who signed it and "you" is who is greeted."""
    written = [line for line in lines if line.text.strip()]
    greeting = next((m for m in (_GREETING.match(each.text) for each in written[:3]) if m), None)
    if greeting is None:
        return tuple(lines)
    signed = _SIGNED.match(written[-1].text)
    to = owner_of(greeting_text(written, greeting), people)
    by = owner_of(written[-1].text[slice(*signed.span("who"))], people) if signed else None
    return tuple(replace(each, speaker=each.speaker or by, addressee=to) for each in lines)


def greeting_text(lines: Sequence[Line], match: re.Match[str]) -> RedactedText:
    """The greeted placeholder as redacted text."""
    line = next(each for each in lines if each.text == match.string)
    return line.text[slice(*match.span("who"))]
