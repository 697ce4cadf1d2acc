"""Commitments as the template writes them: bullets or a table, with owner, action, due, ticket or calendar entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from guards.text import RedactedText, joined
from knowledge.note_fields import note_schema
from knowledge.passages import RedactedLine
from knowledge.reading.labels import plausible_name
from knowledge.reading.meta import day_in
from knowledge.wrapping import continues

State = Literal["open", "done", "moved", "dropped"]

_BULLET: Final = re.compile(
    r"(?P<indent>\s*)(?:(?:[-*+•]|\d{1,2}[.)])\s+)?(?:\[(?P<box>[ xX]?)\]\s*|(?P<sign>[☐☑✓✔])\s*)?(?:ACTION\s*:\s*)?"
)
_STATES: Final[tuple[tuple[State, re.Pattern[str]], ...]] = (
    ("done", re.compile(r"\W*(?:done|completed?|closed|finished|yes|x|✓)\b", re.IGNORECASE)),
    ("moved", re.compile(r"\W*(?:moved|carried(?: over)?|postponed|delayed)\b", re.IGNORECASE)),
    ("dropped", re.compile(r"\W*(?:dropped|cancell?ed|withdrawn)\b", re.IGNORECASE)),
    ("open", re.compile(r"\W*(?:open|new)\b", re.IGNORECASE)),
)
_STATE_LABEL: Final = re.compile(r"(?:\*\*)?(?P<word>[A-Za-z]+(?: over)?)(?:\*\*)?\s*:(?:\*\*)?\s+")
_MARKED: Final = re.compile(r"(?:\*\*)?(?P<owner><PERSON_\d+>)(?:\*\*)?\s*(?::(?:\*\*)?\s*|\s[–—-]\s|\s)\s*")
_NAMED: Final = re.compile(r"(?:\*\*)?(?P<owner>[^:*()<>]{1,40}?)(?:\*\*)?\s*(?::(?:\*\*)?\s+|\s[–—-]\s+)")
_VERB_SIGN: Final = re.compile(r"(?:to|will)\s+")
_TICKET: Final = re.compile(r"(?<![\w<-])(?:[A-Z][A-Z0-9]{1,9}-\d{1,6}|#\d{1,6})(?!\w)")
_CALENDAR: Final = re.compile(
    r"\b(?:calendar(?:\s+(?:entry|invite|hold|slot))?|invite)\b(?:[^,;.)]|\.(?!\s|$))*", re.IGNORECASE
)
_DUE: Final = re.compile(
    r"\b(?:due(?!\s+to\b)|by|until|deadline|to)\b\s*:?\s*(?:on\s+)?(?P<words>[^,;()]+?)(?=[,;)(]|\.\s+[A-Z]|\.?\s*$)",
    re.IGNORECASE,
)
_DAY: Final = (
    r"(?:\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|next\b|end of\b|tomorrow)"
)
_FACTS: Final = re.compile(
    r"\s*[(\[](?=[^()\[\]]*(?:\b(?:due|by|until|deadline|calendar|invite)\b|[A-Z]-\d|#\d|20\d\d-))"
    r"|[.;,]\s+(?=(?:due|deadline|ticket|calendar)\b|[A-Z][A-Z0-9]{1,9}-\d|#\d)"
    rf"|[,;]?\s+(?=(?:by|due|until|deadline)\s*:?\s*(?:on\s+)?{_DAY})|\s+(?=to\s+20\d\d-)",
    re.IGNORECASE,
)
"""Where the words of the action end: a bracket with facts, a clause that starts with one, or "by" and a day."""
_ISO: Final = re.compile(r"(?<![\w-])20\d\d-\d\d-\d\d(?![\w-])")
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
    state: State
    first: int
    last: int

    @property
    def done(self) -> bool:
        """Whether the note says it is done."""
        return self.state == "done"

    @property
    def missing(self) -> tuple[str, ...]:
        """What to add to an open one, in the words of the template; others say what became of one agreed before."""
        lacks = (
            ("an owner", self.owner is None),
            ("a due date", self.due_text is None),
            ("a ticket or calendar entry", self.ticket is None and self.calendar is None),
        )
        return tuple(name for name, lacking in lacks if lacking and self.state == "open")


def commitments_in(lines: Sequence[tuple[RedactedText, RedactedLine]]) -> tuple[CommitmentField, ...]:
    """Every bullet and table row of the field; wrapped and nested lines go with their bullet."""
    found: list[CommitmentField] = []
    columns: Sequence[str | None] = []
    for text, span in with_wrapped(lines, nested=True):
        cells = _cells(text)
        if cells and not columns:
            columns = [note_schema().column_of(cell) for cell in cells]
            if "action" in columns:
                continue
            columns = ["owner", "action", "due", "ticket", "done"][: len(cells)]
        parsed = _row(cells, columns, span) if cells else _bullet(text, span)
        columns = columns if cells else []
        if parsed is not None:
            found.append(parsed)
    return tuple(found)


def with_wrapped(
    lines: Sequence[tuple[RedactedText, RedactedLine]], *, nested: bool
) -> Iterator[tuple[RedactedText, tuple[int, int]]]:
    """Lines with their hard-wrapped rest (and, with ``nested``, the bullets indented under them), and their span."""
    text: RedactedText | None = None
    first = last = 0
    for part, line in lines:
        if text is not None and line.first <= last + 1:
            if _wraps(text, part):
                text, last = joined(" ", (text, part.trimmed())), line.last
                continue
            if nested and _is_under(text, part):
                text, last = joined("; ", (text.trimmed(".;, "), _without_bullet(part))), line.last
                continue
        if text is not None:
            yield text, (first, last)
        text, first, last = part, line.first, line.last
    if text is not None:
        yield text, (first, last)


def _wraps(text: RedactedText, part: RedactedText) -> bool:
    if _is_item(part):
        return False
    return part[:1] in {" ", "\t"} or continues(text, part)


def _is_item(part: RedactedText) -> bool:
    return part.trimmed().startswith("|") or _mark_of(part).end() > _indent(part)


def _is_under(text: RedactedText, part: RedactedText) -> bool:
    mark = _mark_of(part)
    boxed = mark.group("box") is not None or mark.group("sign") is not None
    return not boxed and _is_item(text) and _indent(part) > _indent(text) and not part.trimmed().startswith("|")


def _without_bullet(part: RedactedText) -> RedactedText:
    return part[_mark_of(part).end() :].trimmed()


def _indent(text: RedactedText) -> int:
    return len(text) - len(text.lstrip())


def _mark_of(text: RedactedText) -> re.Match[str]:
    match = _BULLET.match(text)
    assert match is not None, "every part of the pattern may be empty"  # noqa: S101
    return match


def _cells(text: RedactedText) -> list[RedactedText]:
    if not text.lstrip().startswith("|"):
        return []
    inner = text.trimmed()
    ends = [match.start() for match in re.finditer(r"(?<!\\)\|", inner)]
    bounds = ends if inner.endswith("|") else [*ends, len(inner)]
    return [inner[start + 1 : end].trimmed() for start, end in pairwise(bounds)]


def _row(cells: Sequence[RedactedText], columns: Sequence[str | None], span: tuple[int, int]) -> CommitmentField | None:
    given = {name: cell for name, cell in zip(columns, cells, strict=False) if name and not _nobody(cell)}
    action = given.get("action")
    if action is None or note_schema().says_nothing(action):
        return None
    due, link = given.get("due"), given.get("ticket")
    ticket = _found(_TICKET, action if link is None else link)
    return CommitmentField(
        owner=_clean_owner(given.get("owner")),
        action=action,
        due=day_in(due) if due is not None else None,
        due_text=due,
        ticket=ticket,
        calendar=link if ticket is None else None,
        state=_state(given.get("done")) or "open",
        first=span[0],
        last=span[1],
    )


def _bullet(text: RedactedText, span: tuple[int, int]) -> CommitmentField | None:
    mark = _mark_of(text)
    body = text[mark.end() :].trimmed()
    if not body or note_schema().says_nothing(body):
        return None
    said, body = _state_label(body)
    ticked = (mark.group("box") or "").casefold() == "x" or (mark.group("sign") or "☐") != "☐"
    owner, body = _owner(body)
    start = _FACTS.search(body)
    action, facts = (body[: start.start()], body[start.start() :]) if start else (body, body[len(body) :])
    due = _due_words(facts)
    return CommitmentField(
        owner=_in_facts(facts) if owner is None else _clean_owner(owner),
        action=action.trimmed(" \t.;,"),
        due=day_in(due) if due is not None else None,
        due_text=due,
        ticket=_found(_TICKET, facts) or _found(_TICKET, body),
        calendar=_found(_CALENDAR, facts),
        state=said or ("done" if ticked else "open"),
        first=span[0],
        last=span[1],
    )


def _state(text: RedactedText | None) -> State | None:
    return next((state for state, pattern in _STATES if text is not None and pattern.match(text)), None)


def _state_label(body: RedactedText) -> tuple[State | None, RedactedText]:
    """``Done: …`` and ``Moved: …`` before the owner."""
    match = _STATE_LABEL.match(body)
    state = _state(body[: match.end("word")]) if match else None
    return (state, body[match.end() :]) if match and state else (None, body)


def _owner(body: RedactedText) -> tuple[RedactedText | None, RedactedText]:
    """The owner before the action; one without a placeholder needs a colon or dash after it and must read as a name."""
    match = _MARKED.match(body) or _NAMED.match(body)
    if match is None:
        return None, body
    owner = body[match.start("owner") : match.end("owner")]
    if not owner.startswith("<PERSON_") and not _nobody(owner) and not plausible_name(owner):
        return None, body
    rest = body[match.end() :]
    sign = _VERB_SIGN.match(rest)
    return owner, rest[sign.end() if sign else 0 :]


def _in_facts(facts: RedactedText) -> RedactedText | None:
    """An owner named among the facts: ``(CLM-127, <PERSON_5>)``."""
    match = re.search(r"[(\[,;]\s*(?:owner:?\s*)?(<PERSON_\d+>)\s*(?=[,;)\]])", facts)
    return facts[match.start(1) : match.end(1)] if match else None


def _due_words(facts: RedactedText) -> RedactedText | None:
    for match in _DUE.finditer(facts):
        words = facts[match.start("words") : match.end("words")].trimmed(" .")
        if match.group(0)[:2].casefold() != "to" or day_in(words):
            return _iso_day(words, anywhere=False) or words
    return _iso_day(facts, anywhere=True)


def _iso_day(text: RedactedText, *, anywhere: bool) -> RedactedText | None:
    match = _ISO.search(text) if anywhere else _ISO.match(text)
    return text[match.start() : match.end()] if match else None


def _found(pattern: re.Pattern[str], text: RedactedText) -> RedactedText | None:
    match = pattern.search(text)
    return None if match is None else text[match.start() : match.end()].trimmed()


def _clean_owner(owner: RedactedText | None) -> RedactedText | None:
    return None if owner is None or _nobody(owner) else owner.trimmed("* ")


def _nobody(text: RedactedText) -> bool:
    return text.trimmed("* ").casefold() in _NOBODY
