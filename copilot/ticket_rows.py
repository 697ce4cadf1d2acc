"""Reads the table that a ticket tool exports (CSV) into rows: id, state, assignee, due and resolved day.

Header names and words of state are data (``ticket_words.yaml``). Refuses a file that is too large, is not UTF-8 or
UTF-16, or has no column for id and state; a cell that does not read is named as such and never guessed. No text of a
cell goes into a message, and no formula is run: only known words, days and ids count.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict

from copilot.errors import BadInput

MOST_BYTES: Final = 64 << 20
MOST_ROWS: Final = 200_000
_TICKET: Final = re.compile(r"#?[0-9]{1,6}|[A-Z][A-Z0-9]{1,9}-[0-9]{1,6}")
"""As notes name tickets; a bare number is what trackers write for ``#12``."""
_ID: Final = re.compile(r"[0-9a-f]{8,64}")
_MARK: Final = re.compile(r"\bCommitment ([0-9a-f]{8})\.(?=\s|$)")
"""What ``coach export`` writes at the end of a ticket's body."""
_MARK_WITHIN: Final = 20_000
_DELIMITERS: Final = (",", ";", "\t", "|")
_NEEDED: Final = "status"
_DAYS: Final = ("%d/%b/%y", "%d/%b/%Y", "%d %b %Y", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d")
"""Days that read in one way only; of 03/04/2026 nobody knows which it is."""
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class TicketState(StrEnum):
    """What a row says of its ticket. ``CLOSED`` says not how; ``UNKNOWN`` is a word that no list has."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    MOVED = "moved"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One row. ``number`` counts the file's lines from 1, ``unread`` names columns whose cell does not read."""

    number: int
    ticket: str
    commitment: str
    state: TicketState
    assignee: str = ""
    due: date | None = None
    resolved: date | None = None
    unread: tuple[str, ...] = ()

    @property
    def says(self) -> tuple[object, ...]:
        """What it says, apart from where it stands."""
        return self.state, self.assignee.casefold(), self.due, self.resolved, self.unread


@dataclass(frozen=True, slots=True)
class TicketTable:
    """The rows that name a ticket or a commitment, and the numbers of those that name none."""

    rows: tuple[TicketRow, ...]
    nameless: tuple[int, ...] = ()


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    headers: Mapping[str, tuple[str, ...]]
    states: Mapping[str, tuple[str, ...]]
    resolutions: Mapping[str, tuple[str, ...]]


@cache
def _words() -> _Words:
    text = files("copilot").joinpath("ticket_words.yaml").read_text(encoding="utf-8")
    return _Words.model_validate(yaml.safe_load(text))


@cache
def _state_of() -> Mapping[str, TicketState]:
    return {word: TicketState(state) for state, words in _words().states.items() for word in words}


@cache
def _resolution_of() -> Mapping[str, TicketState | None]:
    told = _words().resolutions.items()
    return {word: None if state == "none" else TicketState(state) for state, words in told for word in words}


def read_tickets(data: bytes) -> TicketTable:
    """Read a tool's export.

    Raises:
        BadInput: it is no table that could be compared with a ledger; the line says what to change.
    """
    text = _decoded(data)
    header, delimiter, skipped = _header(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, nameless = list[TicketRow](), list[int]()
    for number, cells in _cells(reader, skipped):
        row = _row(number, {name: cells[at] for name, at in header.items() if at < len(cells)})
        if row.ticket or row.commitment:
            rows.append(row)
        else:
            nameless.append(number)
    return TicketTable(tuple(rows), tuple(nameless))


def ticket_id(text: str) -> str:
    """The id as it is compared: upper case, a bare number with its ``#``; empty where it is no id."""
    plain = _cell(text).upper()
    if not _TICKET.fullmatch(plain):
        return ""
    return f"#{plain}" if plain.isdigit() else plain


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise BadInput(f"the ticket file is over {MOST_BYTES >> 20} MB: export only this project's tickets")
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"the ticket file is not {encoding.upper()} from byte {error.start}: save it as CSV in UTF-8"
        ) from None
    if "\x00" in text:
        raise BadInput("the ticket file holds zero bytes, so it is no CSV: export it as CSV in UTF-8")
    if not text.strip():
        raise BadInput("the ticket file is empty: export tickets with their id and status")
    return text


def _header(text: str) -> tuple[Mapping[str, int], str, int]:
    """Which column is what, the delimiter, and how many rows the header takes."""
    lines = text.lstrip("\ufeff")
    skipped = 1
    if lines[:4].casefold() == "sep=":  # what Excel writes to tell itself the delimiter
        lines, skipped = lines.partition("\n")[2], 2
    found = {each: _columns(_first_row(lines, each)) for each in _DELIMITERS}
    delimiter = max(found, key=lambda each: len(found[each]))
    columns = found[delimiter]
    if _NEEDED not in columns or not {"ticket", "commitment"} & columns.keys():
        raise BadInput(
            "the ticket file needs a column for the ticket's id (such as Issue key or Ticket) and one for its Status in"
            " its first row: known names are in copilot/ticket_words.yaml"
        )
    return columns, delimiter, skipped


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), list[str]())
    except csv.Error:
        return []


def _columns(cells: Sequence[str]) -> Mapping[str, int]:
    names = [_cell(each).casefold() for each in cells]
    often = Counter(names)
    found: dict[str, int] = {}
    for field, known in _words().headers.items():
        name = next((each for each in known if often[each]), None)
        if name is None:
            continue
        if often[name] > 1 and field != "description":
            raise BadInput(f"the ticket file has {often[name]} columns that could be its {field}: leave one of them")
        found[field] = names.index(name)
    return found


def _cells(reader: Iterator[list[str]], skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number in the file, blank ones left out."""
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise BadInput(f"the ticket file has over {MOST_ROWS} rows: export only this project's tickets")
            if number > skipped and any(each.strip() for each in cells):
                yield number, cells
    except csv.Error:
        raise BadInput(
            f"the ticket file does not read as CSV after row {number} (a quote is not closed, or a cell is too long):"
            " export it anew"
        ) from None


def _row(number: int, cells: Mapping[str, str]) -> TicketRow:
    unread: list[str] = []

    def day(field: str) -> date | None:
        text = _cell(cells.get(field, ""))
        found = _day(text)
        if text and found is None:
            unread.append(field)
        return found

    mark = _MARK.search(cells.get("description", "")[-_MARK_WITHIN:])
    commitment = _cell(cells.get("commitment", "")).casefold()
    named = commitment if _ID.fullmatch(commitment) else mark.group(1) if mark else ""
    due, resolved = day("due"), day("resolved")
    state = _state(_cell(cells.get("status", "")), _cell(cells.get("resolution", "")))
    ticket = ticket_id(cells.get("ticket", ""))
    return TicketRow(number, ticket, named, state, _cell(cells.get("assignee", "")), due, resolved, tuple(unread))


@lru_cache(1024)
def _state(status: str, resolution: str) -> TicketState:
    """A resolution says how something was closed; one that contradicts the status leaves it unknown."""
    state = _state_of().get(_word(status), TicketState.UNKNOWN)
    how = _resolution_of().get(_word(resolution), TicketState.UNKNOWN)
    if how is None or state is TicketState.UNKNOWN:
        return state
    if state is TicketState.CLOSED or (state is TicketState.DONE and how is TicketState.DROPPED):
        return how
    return state if state is how else TicketState.UNKNOWN


def _word(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


@lru_cache(4096)
def _day(text: str) -> date | None:
    """A day that reads in one way; the time behind it is left out."""
    head = re.split(r"[T ](?=[0-9]{1,2}:[0-9]{2})", text, maxsplit=1)[0].strip()
    try:
        return date.fromisoformat(head)
    except ValueError:
        pass
    return next((found for form in _DAYS if (found := _parsed(head, form)) is not None), None)


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _cell(text: str) -> str:
    """The cell without the apostrophe with which a table keeps a formula from running."""
    plain = text.strip()
    return plain[1:].strip() if plain[:1] == "'" and plain[1:2] in set("=+-@") else plain
