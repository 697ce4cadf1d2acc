"""Commitments as the template writes them: check-box bullets or a table, with owner, action, due, ticket or calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from guards.text import RedactedText, joined
from knowledge.note_fields import normal, note_schema
from knowledge.passages import RedactedLine
from knowledge.reading.meta import day_in

_BULLET: Final = re.compile(
    r"\s*(?:(?:[-*+•]|\d{1,2}[.)])\s*)?(?:\[(?P<box>[ xX]?)\]\s*|(?P<sign>[☐☑✓✔])\s*)?(?:ACTION\s*:\s*)?"
)
_OWNER: Final = re.compile(
    r"(?:\*\*)?(?P<owner><PERSON_\d+>|@?[\w.'’-]+(?: [A-Z][\w.'’-]*){0,3})(?:\*\*)?\s*(?::\s*|\s[–—-]\s|\s+(?=to\s|will\s))(?:to\s+|will\s+)?"
)
_TICKET: Final = re.compile(r"(?<![\w<])(?:[A-Z][A-Z0-9]{1,9}-\d{1,6}|#\d{1,6})(?!\w)")
_CALENDAR: Final = re.compile(r"\b(?:calendar(?:\s+(?:entry|invite|hold|slot))?|invite)\b[^,;)]*", re.IGNORECASE)
_DUE: Final = re.compile(r"\b(?:due|by|until|deadline)\b\s*:?\s*(?P<words>[^,;)]+)", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]*)[)\]]\s*\.?\s*$")
_DONE: Final = re.compile(r"\b(?:done|complete[d]?|closed|yes|x|✓)\b", re.IGNORECASE)
_NOBODY: Final = frozenset({"", "tbd", "tbc", "?", "owner", "unassigned", "nobody", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class CommitmentField:
    """One commitment of a note. ``missing`` names what it lacks of owner, due date, and ticket or calendar entry."""

    owner: RedactedText | None
    action: RedactedText
    due: date | None
    due_text: RedactedText | None
    ticket: RedactedText | None
    calendar: RedactedText | None
    done: bool
    first: int
    last: int

    @property
    def missing(self) -> tuple[str, ...]:
        """What to add, in the words of the template."""
        lacks = (
            ("an owner", self.owner is None),
            ("a due date", self.due_text is None),
            ("a ticket or calendar entry", self.ticket is None and self.calendar is None),
        )
        return tuple(name for name, lacking in lacks if lacking)


def commitments_in(lines: Sequence[tuple[RedactedText, RedactedLine]]) -> tuple[CommitmentField, ...]:
    """Every bullet and table row of the field; wrapped and nested lines go with their bullet."""
    found: list[CommitmentField] = []
    columns: Sequence[str | None] = []
    for text, line in _with_wrapped(lines):
        cells = _cells(text)
        if cells and not columns:
            columns = [note_schema().column_of(cell) for cell in cells]
            if "action" in columns:
                continue
            columns = ["owner", "action", "due", "ticket", "done"][: len(cells)]
        parsed = _row(cells, columns, line) if cells else _bullet(text, line)
        columns = columns if cells else []
        if parsed is not None:
            found.append(parsed)
    return tuple(found)


def _with_wrapped(lines: Sequence[tuple[RedactedText, RedactedLine]]) -> Iterator[tuple[RedactedText, tuple[int, int]]]:
    text: RedactedText | None = None
    span = (0, 0)
    for part, line in lines:
        bullet = _BULLET.match(part)
        fresh = (bullet is not None and bullet.end() > 0) or part.lstrip().startswith("|")
        if text is not None and not fresh and part[:1] in {" ", "\t"}:
            text, span = joined(" ", (text, part.trimmed())), (span[0], line.last)
            continue
        if text is not None:
            yield text, span
        text, span = part, (line.first, line.last)
    if text is not None:
        yield text, span


def _cells(text: RedactedText) -> list[RedactedText]:
    if not text.lstrip().startswith("|"):
        return []
    inner = text.trimmed(" \t|")
    bounds = [-1, *(match.start() for match in re.finditer(r"\|", inner)), len(inner)]
    return [inner[start + 1 : end].trimmed() for start, end in zip(bounds, bounds[1:], strict=False)]


def _row(cells: Sequence[RedactedText], columns: Sequence[str | None], span: tuple[int, int]) -> CommitmentField | None:
    given = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
    action = given.get("action")
    if action is None or _is_nothing(action):
        return None
    due = given.get("due")
    link = given.get("ticket")
    ticket = _found(_TICKET, link) if link is not None else _found(_TICKET, action)
    calendar = link if link is not None and ticket is None and not _nobody(link) else None
    done = bool(_DONE.search(given["done"])) if "done" in given else False
    day = day_in(due) if due is not None else None
    owner = given.get("owner")
    return CommitmentField(
        None if owner is None or _nobody(owner) else owner.trimmed("* "),
        action, day, None if due is None or _nobody(due) else due, ticket, calendar, done, *span,
    )  # fmt: skip


def _bullet(text: RedactedText, span: tuple[int, int]) -> CommitmentField | None:
    mark = _BULLET.match(text)
    body = text[mark.end() if mark else 0 :].trimmed()
    if not body or _is_nothing(body):
        return None
    done = bool(mark and ((mark.group("box") or "").casefold() == "x" or (mark.group("sign") or "☐") != "☐"))
    owner_match = _OWNER.match(body)
    owner = None
    if owner_match:
        owner = body[owner_match.start("owner") : owner_match.end("owner")]
        body = body[owner_match.end() :]
    bracket = _BRACKET.search(body)
    facts = body[bracket.start("inner") : bracket.end("inner")] if bracket else body
    known = _DUE.search(facts) or _TICKET.search(facts) or day_in(facts) or _CALENDAR.search(facts)
    action = body[: bracket.start()] if bracket and known else body
    due_text = _due_words(facts) or _due_words(body)
    return CommitmentField(
        None if owner is None or _nobody(owner) else owner,
        action.trimmed(" \t.;,"),
        day_in(due_text) if due_text is not None else None,
        due_text,
        _found(_TICKET, body),
        _found(_CALENDAR, facts),
        done,
        *span,
    )


def _due_words(text: RedactedText) -> RedactedText | None:
    if match := _DUE.search(text):
        return text[match.start("words") : match.end("words")].trimmed(" .")
    iso = re.search(r"(?<![\w-])20\d\d-\d\d-\d\d(?![\w-])", text)
    return text[iso.start() : iso.end()] if iso else None


def _found(pattern: re.Pattern[str], text: RedactedText) -> RedactedText | None:
    match = pattern.search(text)
    return None if match is None else text[match.start() : match.end()].trimmed()


def _nobody(text: RedactedText) -> bool:
    return text.trimmed("* ").casefold() in _NOBODY


def _is_nothing(text: RedactedText) -> bool:
    schema = note_schema()
    plain = normal(text).rstrip(".")
    return plain in {normal(word) for word in (*schema.nothing, *schema.blank)}
