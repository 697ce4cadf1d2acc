"""What a run leaves: one row for each case and scorer, metrics over them, digests of what was run. Plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.errors import BadInput


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Frozen):
    """One score. ``unit`` names the scored thing and is the same in every run; ``cluster`` what is alike within.

    ``value`` is ``None`` where the scorer does not apply, or with ``error`` where the case failed: that counts as 0.
    """

    set: str
    scorer: str
    unit: str
    cluster: str
    style: str = ""
    value: float | None = None
    reason: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    error: str = ""
    text: str = ""
    """The scored text, of labelled cases alone: cases are invented, so a report may show them."""
    wanted: str = ""
    got: str = ""


class Metric(_Frozen):
    """A scorer over a set: mean of n values with a 95 % interval that takes a cluster's cases as alike."""

    set: str
    scorer: str
    n: int
    errors: int
    clusters: int
    mean: float
    low: float
    high: float
    bad: int


class Results(_Frozen):
    """A whole run."""

    suite: str
    engine: str
    seed: int
    digests: dict[str, str]
    rows: tuple[Row, ...]
    metrics: tuple[Metric, ...]
    seconds: dict[str, dict[str, float]] = Field(default_factory=dict[str, dict[str, float]])
    """Median and 95th percentile by set and stage; of this machine, for comparison within one report alone."""


def scored(rows: Iterable[Row]) -> list[Row]:
    """The rows that count: a value, or an error."""
    return [each for each in rows if each.value is not None or each.error]


def value_of(row: Row) -> float:
    """An error is a failure, never nothing."""
    return 0.0 if row.error or row.value is None else row.value


def write(results: Results, folder: Path) -> Path:
    """``results.json`` in a folder; the same run writes the same bytes but for ``seconds``."""
    path = folder / "results.json"
    path.write_text(json.dumps(results.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def read(path: Path) -> Results:
    """A run's results, from its folder or file.

    Raises:
        BadInput: there is no such file, or it is no results file.
    """
    file = path / "results.json" if path.is_dir() else path
    try:
        return Results.model_validate_json(file.read_bytes())
    except OSError:
        raise BadInput(f"no results at {file.name}; give the folder that coach eval run wrote") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(each) for each in first["loc"]) or "the file"
        raise BadInput(f"{file.name} is not a results file: {where}: {first['msg']}; run coach eval run anew") from None


def by_metric(rows: Iterable[Row]) -> Mapping[tuple[str, str], list[Row]]:
    """The rows that count by set and scorer, in order of first sight."""
    found: dict[tuple[str, str], list[Row]] = {}
    for each in scored(rows):
        found.setdefault((each.set, each.scorer), []).append(each)
    return found
