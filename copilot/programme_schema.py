"""The schema of ``programme.yaml``: rows as a person writes them, before ids are checked against each other.

Refuses unknown keys, dates in any form but ``2026-09-07``, and text with control characters. Knows nothing of
files; ``programme_file.py`` turns rows into the core's types.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, model_validator

from copilot.programme import SessionStatus, Stage
from guards.access import Role
from guards.language import known_languages

_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_BROKEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_STAGE_SPELLINGS: Final = {"modeling": "modelling", "validation": "model_validation", "gating": "deployment_gating"}


def _day(value: object) -> object:
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        raise ValueError("is not a date; write it as 2026-09-07")
    return value


def _line(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("should be text; put it in quotes")  # noqa: TRY004 - pydantic collects ValueError alone
    text = str(value).strip()
    if _BROKEN.search(text):
        raise ValueError("holds a line break or control character; write it on one line")
    return text


def _language(value: object) -> object:
    code = str(value).strip().lower()
    if code not in known_languages():
        raise ValueError(f"is no language code known here; known are {', '.join(sorted(known_languages()))}")
    return code


def _stage(value: object) -> object:
    plain = str(value).strip().lower().replace("-", "_").replace(" ", "_")
    return _STAGE_SPELLINGS.get(plain, plain)


Day = Annotated[date, BeforeValidator(_day)]
Line = Annotated[str, Field(min_length=1, max_length=300), BeforeValidator(_line)]
Language = Annotated[str, BeforeValidator(_language)]
Word = Annotated[str, Field(min_length=2, max_length=100), BeforeValidator(_line)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"), BeforeValidator(_line)]
Number = StrictFloat
"""A whole number is one too; text never is."""


class Row(BaseModel):
    """A mapping of the file: unknown keys are refused, values are never coerced in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, value: object) -> object:
        """A key with nothing after it says nothing: ``sessions:`` with only a comment below it is fine."""
        if not isinstance(value, dict):
            return value
        return {key: item for key, item in cast("dict[object, object]", value).items() if item is not None}


class PeriodRow(Row):
    """``{from, to}``, both days included."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    name: Line | None = None
    logged: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> PeriodRow:
        if self.end < self.start:
            raise ValueError("ends before it starts; swap from and to")
        return self


class ProgrammeRow(Row):
    """The programme itself."""

    id: Id
    name: Line
    start: Day
    weeks: StrictInt = Field(default=12, ge=1, le=520)
    cadence_days: StrictInt = Field(default=7, ge=1, le=120)
    blueprint: Id = "session-60"
    holidays: list[PeriodRow] = []


class PersonRow(Row):
    """Somebody a note may name."""

    id: Id
    name: Line
    also: list[Line] = []
    roles: list[Role] = []
    away: list[PeriodRow] = []


class KpiRow(Row):
    """A measure with its owner and source."""

    id: Id
    name: Line
    layer: Literal["people", "delivery", "financial"]
    unit: Line
    baseline: Number | None = None
    target: Number | None = None
    better: Literal["lower", "higher"]
    owner: Id
    source: Line
    window_days: StrictInt | None = Field(default=None, ge=1, le=730)


class ChemistryRow(Row):
    """The week-one human check of a pair."""

    due: Day | None = None
    done: Day | None = None


class EscalationRow(Row):
    """Rules of engagement of the mentor agreement; ``authority`` is the coach charter's."""

    authority: StrictBool = False
    to: Id | None = None
    after_days: StrictInt = Field(default=14, ge=0, le=365)
    how: Line | None = None
    then: Id | None = None


class MentorChangeRow(Row):
    """A change of mentor; ``from`` and ``to`` are people, where known."""

    day: Day = Field(alias="date")
    previous: Id | None = Field(default=None, alias="from")
    next: Id | None = Field(default=None, alias="to")
    logged: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_date(cls, value: object) -> object:
        return {"date": value} if isinstance(value, str) else value


class PairRow(Row):
    """A mentor coach, a mentee and what stands round them."""

    id: Id
    mentor: Id
    mentee: Id
    sponsor: Id | None = None
    kpi: Id | None = None
    started: Day | None = None
    ended: Day | None = None
    stage: Annotated[Stage, BeforeValidator(_stage)] | None = None
    cadence_days: StrictInt | None = Field(default=None, ge=1, le=120)
    blueprint: Id | None = None
    signed: dict[Id, Day] = {}
    chemistry_check: ChemistryRow = ChemistryRow()
    pauses: list[PeriodRow] = []
    mentor_changes: list[MentorChangeRow] = []
    escalation: EscalationRow | None = None


class SessionRow(Row):
    """A session that left no note."""

    pair: Id
    day: Day = Field(alias="date")
    status: SessionStatus
    cancelled_by: Literal["mentor", "mentee", "sponsor", "mentor_coach"] | None = None
    logged: Day | None = None


class CommitmentImportRow(Row):
    """A commitment kept elsewhere until now."""

    id: Id | None = None
    pair: Id
    owner: Id | None = None
    action: Annotated[str, Field(min_length=1, max_length=2000), BeforeValidator(_line)]
    due: Day | None = None
    ticket: Line | None = None
    status: Literal["open", "done", "dropped"] = "open"
    opened: Day | None = None
    moved: list[Day] = []
    moved_to: list[Day] = []
    closed: Day | None = None
    logged: Day | None = None

    @model_validator(mode="after")
    def _moves_match(self) -> CommitmentImportRow:
        if self.moved and self.moved_to and len(self.moved) != len(self.moved_to):
            raise ValueError("moved and moved_to have different lengths; give one new date for each move")
        return self


class PulseRow(Row):
    """One rating of 1 to 5."""

    pair: Id
    by: Id
    day: Day = Field(alias="date")
    rating: StrictInt = Field(ge=1, le=5)
    logged: Day | None = None


class FileRow(Row):
    """The whole file."""

    programme: ProgrammeRow
    people: list[PersonRow] = Field(min_length=1)
    kpis: list[KpiRow] = []
    pairs: list[PairRow] = Field(min_length=1)
    sessions: list[SessionRow] = []
    commitments: list[CommitmentImportRow] = []
    pulses: list[PulseRow] = []
    mask_words: list[Word] = []
    keep_words: list[Word] = []
    languages: list[Language] = ["en"]


class UpdateRow(Row):
    """A file that updates a programme already there: every section may be left out."""

    programme: ProgrammeRow | None = None
    people: list[PersonRow] = []
    kpis: list[KpiRow] = []
    pairs: list[PairRow] = []
    sessions: list[SessionRow] = []
    commitments: list[CommitmentImportRow] = []
    pulses: list[PulseRow] = []
    mask_words: list[Word] = []
    keep_words: list[Word] = []
    languages: list[Language] = []
