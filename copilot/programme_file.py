"""Reads ``programme.yaml`` (or JSON) into the core's programme, or says in one line each what is wrong with it.

Imported commitments come out as typed rows for the ledger; their words are raw until a redactor has seen them.
Refuses to guess: an id that points nowhere, a date in another form or an unknown key stops the whole file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, cast

from pydantic import ValidationError

from copilot.errors import BadInput, ProgrammeInvalid
from copilot.plain_data import read_plain
from copilot.programme import (
    CommitmentDates,
    Escalation,
    Kpi,
    MentorChange,
    Pair,
    Period,
    Person,
    Programme,
    Pulse,
    SessionRecord,
)
from copilot.programme_merge import Counts, Plain, completed, counts, merged, rows_of
from copilot.programme_problems import SHOWN, reference_problems, schema_problems
from copilot.programme_schema import CommitmentImportRow, FileRow, KpiRow, PairRow, PeriodRow, SessionRow, UpdateRow
from guards.access import Role
from guards.text import RawText

NAMES: Final = ("programme.yaml", "programme.yml", "programme.json")
_CANCELLED_BY: Final = {
    "mentor": Role.MENTOR_COACH,
    "mentor_coach": Role.MENTOR_COACH,
    "mentee": Role.MENTEE,
    "sponsor": Role.SPONSOR,
}


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment kept elsewhere until now. ``row`` counts from 0 in the file's list.

    ``moves`` pairs the day of each move with the new due date, either of which the file may leave out.
    ``status`` is ``open``, ``done`` or ``dropped``. ``action`` is a person's own words: redact before storing.
    """

    row: int
    pair: str
    action: RawText
    status: str
    id: str | None = None
    owner: str | None = None
    due: date | None = None
    ticket: str | None = None
    opened: date | None = None
    moves: tuple[tuple[date | None, date | None], ...] = ()
    closed: date | None = None
    logged: date | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What a programme file says: the programme, and commitments to import."""

    programme: Programme
    commitments: tuple[CommitmentRow, ...] = ()


def find_programme(path: Path) -> Path | None:
    """The programme file in ``path`` (or its folder) or the nearest folder above; ``None`` if there is none.

    The search ends at the user's home folder or at the root of the file system.
    """
    start = path.resolve()
    folder = start if start.is_dir() else start.parent
    home = Path.home().resolve()
    for each in (folder, *folder.parents):
        for name in NAMES:
            if (each / name).is_file():
                return each / name
        if each == home:
            return None
    return None


def load_programme(path: Path) -> ProgrammeFile:
    """Read and check a programme file.

    Raises:
        BadInput: the file cannot be read as plain YAML or JSON.
        ProgrammeInvalid: it breaks the schema or points nowhere; one line for each problem.
    """
    plain = read_plain(path)
    if not isinstance(plain, dict):
        raise ProgrammeInvalid(f"{path.name}: should start with `programme:`; `coach init DIR` writes an example")
    try:
        rows = FileRow.model_validate(plain)
    except ValidationError as error:
        raise _invalid(path, schema_problems(error)) from None
    if problems := reference_problems(rows):
        raise _invalid(path, problems)
    return ProgrammeFile(_programme(rows), tuple(_commitments(rows.commitments)))


def load_update(path: Path, home: Programme) -> tuple[ProgrammeFile, dict[str, Counts]]:
    """Read a programme file, whole or in part, merged into the home's programme; and what its rows change.

    Raises:
        BadInput: the file cannot be read, or is of another programme.
        ProgrammeInvalid: it or the outcome breaks the schema or points nowhere; one line for each problem.
    """
    plain = read_plain(path)
    if not isinstance(plain, dict) or not plain:
        raise ProgrammeInvalid(f"{path.name}: should start with `programme:`, `pairs:` or another section")
    update, before = cast("Plain", plain), rows_of(home)
    try:
        UpdateRow.model_validate(completed(before, update))
        after = merged(before, update)
        rows = FileRow.model_validate(after)
    except ValidationError as error:
        raise _invalid(path, schema_problems(error)) from None
    if rows.programme.id != home.id:
        raise BadInput(f"{path.name}: is of another programme than this home's {home.id}: use another --home for it")
    if problems := reference_problems(rows):
        raise _invalid(path, problems)
    programme = _programme(rows)
    file = ProgrammeFile(programme, tuple(_commitments(rows.commitments)))
    return file, counts(before, rows_of(programme), update)


def _invalid(path: Path, problems: list[str]) -> ProgrammeInvalid:
    lines = [f"{path.name}: {problem}" for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"{path.name}: and {len(problems) - SHOWN} more; mend these first")
    return ProgrammeInvalid("\n".join(lines))


def _programme(rows: FileRow) -> Programme:
    head = rows.programme
    return Programme(
        id=head.id,
        name=head.name,
        start=head.start,
        weeks=head.weeks,
        cadence_days=head.cadence_days,
        blueprint=head.blueprint,
        people=tuple(
            Person(row.id, row.name, tuple(row.also), frozenset(row.roles), _periods(row.away)) for row in rows.people
        ),
        pairs=tuple(_pair(row) for row in rows.pairs),
        kpis=tuple(_kpi(row) for row in rows.kpis),
        sessions=tuple(_session(row) for row in rows.sessions),
        holidays=_periods(head.holidays),
        pulses=tuple(Pulse(row.pair, row.by, row.day, row.rating, row.logged) for row in rows.pulses),
        mask_words=tuple(rows.mask_words),
        keep_words=tuple(rows.keep_words),
        languages=tuple(rows.languages),
        work=tuple(_dates(row, start=head.start) for row in rows.commitments),
    )


def _dates(row: CommitmentImportRow, *, start: date) -> CommitmentDates:
    opened = row.opened or row.logged or start
    moves = tuple((on or opened, to) for on, to in _moves(row))
    return CommitmentDates(row.pair, opened, row.due, moves, row.status != "open", row.closed, row.logged)


def _periods(rows: list[PeriodRow]) -> tuple[Period, ...]:
    return tuple(Period(row.start, row.end, row.name or "", row.logged) for row in rows)


def _kpi(row: KpiRow) -> Kpi:
    return Kpi(
        id=row.id,
        name=row.name,
        layer=row.layer,
        unit=row.unit,
        baseline=row.baseline,
        target=row.target,
        better=row.better,
        owner=row.owner,
        source=row.source,
        window_days=row.window_days,
    )


def _pair(row: PairRow) -> Pair:
    return Pair(
        id=row.id,
        mentor=row.mentor,
        mentee=row.mentee,
        sponsor=row.sponsor,
        kpi=row.kpi,
        started=row.started,
        ended=row.ended,
        stage=row.stage,
        cadence_days=row.cadence_days,
        blueprint=row.blueprint,
        signed=tuple(sorted(row.signed.items())),
        chemistry_due=row.chemistry_check.due,
        chemistry_done=row.chemistry_check.done,
        pauses=_periods(row.pauses),
        mentor_changes=tuple(
            MentorChange(change.day, change.previous, change.next, change.logged) for change in row.mentor_changes
        ),
        escalation=Escalation(**row.escalation.model_dump()) if row.escalation else None,
    )


def _session(row: SessionRow) -> SessionRecord:
    by = _CANCELLED_BY[row.cancelled_by] if row.cancelled_by else None
    return SessionRecord(row.pair, row.day, row.status, by, row.logged)


def _commitments(rows: list[CommitmentImportRow]) -> Iterator[CommitmentRow]:
    for at, row in enumerate(rows):
        yield CommitmentRow(
            row=at,
            pair=row.pair,
            action=RawText(row.action),
            status=row.status,
            id=row.id,
            owner=row.owner,
            due=row.due,
            ticket=row.ticket,
            opened=row.opened,
            moves=_moves(row),
            closed=row.closed,
            logged=row.logged,
        )


def _moves(row: CommitmentImportRow) -> tuple[tuple[date | None, date | None], ...]:
    count = max(len(row.moved), len(row.moved_to))
    days: list[date | None] = [*row.moved] or [None] * count
    to: list[date | None] = [*row.moved_to] or [None] * count
    return tuple(zip(days, to, strict=True))
