"""The session note template, parsed exactly and by code: five fields, with the lines they stand on.

A note that does not follow the template still gives what its labels show, and says which fields are missing. Held
lines give no value, here as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guards.text import RedactedText
from knowledge.holding import held_lines
from knowledge.note_commitments import CommitmentField, commitments_in, with_wrapped
from knowledge.note_fields import NoteSchema, normal, note_schema
from knowledge.passages import RedactedDocument, RedactedLine

_INLINE: Final = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\|\s*)?(?:\*\*|__)?(?P<label>[^:|*_]{2,40}?)(?:\*\*|__)?\s*(?::|\|)\s*(?:\*\*|__)?\s*"
)
_BULLET: Final = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_RULE: Final = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|[|\s:-]+)$")
_ENOUGH: Final = 3
"""Fields that must be labelled for a note to count as following the template."""


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """One value of a field: its words without the bullet, and the source lines they stand on."""

    text: RedactedText
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a note leaves open: the field, the line (0 when the field is absent) and what to add."""

    field: str
    line: int
    add: str


@dataclass(frozen=True, slots=True)
class NoteFields:
    """The five fields. ``missing`` names empty ones; ``gaps`` says what to add, also within a commitment.

    A field answered with "none" has no entry and is not missing, save the commitments: a session without one is open.
    """

    follows_template: bool
    objective: tuple[NoteEntry, ...]
    artifacts: tuple[NoteEntry, ...]
    decisions: tuple[NoteEntry, ...]
    commitments: tuple[CommitmentField, ...]
    escalations: tuple[NoteEntry, ...]
    missing: tuple[str, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """A line (or its rest after a label) that belongs to a field."""

    field: str
    text: RedactedText
    line: RedactedLine
    held: bool


def parse_note(document: RedactedDocument) -> NoteFields:
    """Read the five fields of a note."""
    schema = note_schema()
    contents = tuple(_contents(document, schema))
    labelled = {each.field for each in contents}
    filled = [each for each in contents if not _is_blank(each.text, schema)]
    entries = {field.name: tuple(_entries(filled, field.name, schema)) for field in schema.fields}
    commitments = commitments_in(
        [(each.text, each.line) for each in filled if each.field == "commitments" and not each.held]
    )
    answered = {each.field for each in filled if each.field != "commitments" or each.held or commitments}
    missing = tuple(field.name for field in schema.fields if field.name not in answered)
    return NoteFields(
        len(labelled) >= _ENOUGH,
        entries["objective"],
        entries["artifacts"],
        entries["decisions"],
        commitments,
        entries["escalations"],
        missing,
        (*_field_gaps(schema, contents, missing), *_commitment_gaps(commitments)),
    )


def _contents(document: RedactedDocument, schema: NoteSchema) -> Iterator[_Content]:
    held = held_lines(document)
    field: str | None = None
    level = 0
    said = gap = False  # whether the field holds something yet, and a blank line after that
    for line, reason in zip(document.lines, held, strict=True):
        opened, rest = _opened(line, schema)
        if opened is not None:
            field, level, said, gap = opened, line.heading, bool(rest.strip()), False
        elif field is not None and _closes(line, level, gap=gap):
            field = None
        if field is not None:
            yield _Content(field, line.text if opened is None else rest, line, bool(reason))
        if opened is None:
            blank = not line.text.strip()
            said, gap = said or not blank, said and blank


def _closes(line: RedactedLine, level: int, *, gap: bool) -> bool:
    """Whether a line that opens no field ends the open one, which a heading of ``level`` (0: a label) opened."""
    if line.heading:
        return not level or line.heading <= level
    return _is_other_label(line, level) or (gap and not level and _stands_alone(line))


def _stands_alone(line: RedactedLine) -> bool:
    return bool(line.text.strip()) and not _BULLET.match(line.text) and line.text[:1] not in {" ", "\t", "|", "["}


def _opened(line: RedactedLine, schema: NoteSchema) -> tuple[str | None, RedactedText]:
    """The field this line opens, if any, and what it says after the label."""
    if field := schema.field_of(line.text):
        return field, line.text[len(line.text) :]
    if (match := _INLINE.match(line.text)) and (field := schema.field_of(match.group("label"))):
        rest = line.text[match.end() :]
        # A table's heading row ("Action | Owner | Due") names columns, not a field.
        cells = [cell for cell in str(rest).split("|") if cell.strip()]
        if "|" in match.group(0) and any(schema.column_of(cell) for cell in cells):
            return None, line.text
        return field, rest.trimmed(" \t|")
    return None, line.text


def _is_other_label(line: RedactedLine, level: int) -> bool:
    """Whether a line opens something that is no field: ``Attendees: ...``, where fields are labels and not headings."""
    if level or _BULLET.match(line.text) or line.text[:1] in {" ", "\t", "|"}:
        return False
    match = re.match(r"(?:\*\*)?([A-Z][a-z]+(?: [a-z]+){0,3})(?:\*\*)?:", line.text)
    return match is not None and normal(match.group(1)) in {
        "date", "attendees", "present", "pair", "acceptance criterion", "metric", "next session", "notes", "week",
    }  # fmt: skip


def _is_blank(text: RedactedText, schema: NoteSchema) -> bool:
    plain = _BULLET.sub("", str(text), count=1).strip().casefold()
    return not plain or plain in schema.blank or bool(_RULE.match(text))


def _entries(contents: Sequence[_Content], field: str, schema: NoteSchema) -> Iterator[NoteEntry]:
    own = [(each.text, each.line) for each in contents if each.field == field and not each.held]
    for text, (first, last) in with_wrapped(own, nested=False):
        match = _BULLET.match(text)
        entry = text[match.end() if match else 0 :].trimmed()
        if not schema.says_nothing(entry):
            yield NoteEntry(entry, first, last)


def _field_gaps(schema: NoteSchema, contents: Sequence[_Content], missing: Sequence[str]) -> Iterator[Gap]:
    at = {each.field: each.line.first for each in reversed(contents)}
    return (
        Gap(field.name, at.get(field.name, 0), f"{field.title}: add {field.add}")
        for field in schema.fields
        if field.name in missing
    )


def _commitment_gaps(commitments: Sequence[CommitmentField]) -> Iterator[Gap]:
    for each in commitments:
        if each.missing:
            yield Gap("commitments", each.first, f"line {each.first}: add {', '.join(each.missing)}")
