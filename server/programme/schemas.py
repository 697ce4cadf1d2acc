"""The programme in the API: days, categories and counts of small groups hidden; no word of a note, no name."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PaperOut(_Out):
    """A paper; ``signed`` is null where it is not."""

    name: str
    signed: date | None


class BlockerOut(_Out):
    """A blocker whose card the caller may judge, with its age."""

    category: str
    days: int
    card: str
    state: str


class PairRowOut(_Out):
    """Where a pair stands."""

    pair: str
    stage: str
    week: int
    asks: list[str]
    last: date | None
    last_status: str
    next: date | None
    next_reason: str
    overdue_days: int
    papers: list[PaperOut]
    blockers: list[BlockerOut]
    kpi: str
    ended: date | None


class AcrossOut(_Out):
    """A category of blockers over pairs; null where fewer than ten have it."""

    category: str
    pairs: int | None
    middle_days: int | None


class KpiOut(_Out):
    """A KPI as the programme states it; it brings no measured values."""

    id: str
    name: str
    layer: str
    unit: str
    baseline: float | None
    target: float | None
    better: str
    source: str
    window_days: int | None


class ProgrammeOut(_Out):
    """The programme on a day."""

    name: str
    on: date
    week: int
    weeks: int
    week_name: str
    rows: list[PairRowOut]
    across: list[AcrossOut]
    kpis: list[KpiOut]
