"""The gate: a run beside a baseline, and why it may or may not be rolled out.

Pass needs every gated metric to hold, so each is tested at 5 % by itself (an intersection-union test, Berger 1982);
that a metric got worse is claimed after Holm's correction over all. Errors and cases that are gone count as failures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from copilot.errors import BadInput
from copilot.holm import holm
from evals.results import Results, Row, by_metric, value_of
from evals.statistics import Difference, difference, share, upper_bound

POLICY: Final = Path(__file__).parent / "gate.yaml"
_SHOWN_WORSE: Final = 0.05


class Verdict(IntEnum):
    """The exit status too: 0 pass, 1 a reason not to roll out, 2 too few cases to say."""

    PASS = 0
    REFUSED = 1
    TOO_FEW = 2


class Bound(BaseModel):
    """What is wanted of one metric; see ``gate.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    dangerous: bool = False
    limit: float | None = Field(default=None, gt=0, le=1)
    floor: float | None = Field(default=None, ge=0, le=1)
    margin: float | None = Field(default=None, gt=0, le=1)
    least_n: int = Field(default=1, ge=1)
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One gated metric: where it stands, and why it fails if it does."""

    metric: str
    n: int
    errors: int
    mean: float
    low: float
    high: float
    base: float | None = None
    change: Difference | None = None
    p_holm: float | None = None
    too_few: str = ""
    reasons: tuple[str, ...] = ()
    dangerous: bool = False
    """Errors that end us; the others are cheap, and judged by floors and margins."""


@dataclass(frozen=True, slots=True)
class Gated:
    """The verdict with its findings, the failing ones first."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    changed: tuple[str, ...] = ()
    """Parts whose digest differs from the baseline's."""
    notes: tuple[str, ...] = field(default=())


def policy_of(path: Path = POLICY) -> Mapping[str, Bound]:
    """The bounds by ``set/scorer``."""
    return TypeAdapter(dict[str, Bound]).validate_python(yaml.safe_load(path.read_text("utf-8")))


def gate(baseline: Results | None, run: Results, *, policy: Mapping[str, Bound] | None = None) -> Gated:
    """Judge a run.

    Args:
        baseline: an accepted run of the same suite and engine; ``None`` judges by floors and limits alone.
        run: what is to be rolled out.
        policy: bounds by ``set/scorer``; those of ``gate.yaml`` where none are given.

    Raises:
        BadInput: the two are of different suites or engines, or nothing in the run is gated.
    """
    bounds = policy_of() if policy is None else policy
    _same_kind(baseline, run)
    new = by_metric(run.rows)
    old = by_metric(baseline.rows if baseline else ())
    wanted = [name for name in bounds if _key(name) in new or _key(name) in old]
    if not wanted:
        raise BadInput(f"nothing in this run of suite {run.suite} is gated; run the whole suite")
    found = [
        _finding(name, bounds[name], old.get(_key(name), []), new.get(_key(name), []), run.seed) for name in wanted
    ]
    found = _corrected(found) + _unrun(run.rows)
    failed = [each for each in found if each.reasons]
    few = [each for each in found if each.too_few]
    verdict = Verdict.REFUSED if failed else Verdict.TOO_FEW if few else Verdict.PASS
    order = sorted(found, key=lambda each: (not each.reasons, not each.dangerous, not each.too_few))
    changed = tuple(
        name for name, digest in run.digests.items() if baseline and baseline.digests.get(name) != digest
    )  # fmt: skip
    notes = () if baseline else ("no baseline was given: floors and limits alone were held",)
    return Gated(verdict, tuple(order), changed, notes)


def _same_kind(baseline: Results | None, run: Results) -> None:
    if baseline and (baseline.suite, baseline.engine) != (run.suite, run.engine):
        raise BadInput(
            f"the baseline is of suite {baseline.suite} on {baseline.engine}, the run of {run.suite} on {run.engine}; "
            "compare runs of one kind"
        )


def _key(name: str) -> tuple[str, str]:
    first, _, second = name.partition("/")
    return first, second


def _values(rows: Sequence[Row]) -> dict[str, float]:
    return {each.unit: value_of(each) for each in rows}


def _finding(name: str, bound: Bound, old: Sequence[Row], new: Sequence[Row], seed: int) -> Finding:
    before, after = _values(old), _values(new)
    gone = [] if bound.conditional else [unit for unit in before if unit not in after]
    before = {unit: value for unit, value in before.items() if unit in after} if bound.conditional else before
    whole = {**after, **dict.fromkeys(gone, 0.0)}
    clusters = {each.unit: each.cluster for each in (*old, *new)}
    interval = share(list(whole.values()), [clusters[each] for each in whole])
    errors = sum(bool(each.error) for each in new) + len(gone)
    change = difference(before, after, clusters, seed=seed) if before else None
    reasons = list(_reasons(bound, whole, interval.counted, interval.mean, change))
    if gone:
        reasons.append(f"{len(gone)} cases of the baseline were not run; they count as failures")
    few = f"{interval.n} cases, at least {bound.least_n} are needed" if interval.n < bound.least_n else ""
    return Finding(
        metric=name, n=interval.n, errors=errors, mean=interval.mean, low=interval.low, high=interval.high,
        base=sum(_values(old).values()) / len(old) if old else None, change=change, too_few=few,
        reasons=tuple(reasons), dangerous=bound.dangerous,
    )  # fmt: skip


def _reasons(
    bound: Bound, values: Mapping[str, float], counted: int, mean: float, change: Difference | None
) -> list[str]:  # fmt: skip
    found: list[str] = []
    bad = sum(each < 1 for each in values.values())
    if bound.dangerous and bad:
        found.append(f"{bad} dangerous errors of {len(values)}, none is allowed")
    if bound.limit is not None:
        rate = upper_bound(round(bad * counted / max(1, len(values))), counted)
        if rate > bound.limit:
            found.append(f"up to {rate:.3f} may be wrong (95 % limit), the limit is {bound.limit:g}")
    if bound.floor is not None and mean < bound.floor:
        found.append(f"{mean:.3f} is under the floor {bound.floor:g}")
    if bound.margin is not None and change is not None and change.low < -bound.margin:
        found.append(f"may be {-change.low:.3f} under the baseline, the margin is {bound.margin:g}")
    return found


def _corrected(found: Sequence[Finding]) -> list[Finding]:
    """Adds what got worse beyond chance, over all metrics together."""
    tested = [each for each in found if each.change is not None]
    corrected = dict(zip((each.metric for each in tested), holm([_p(each) for each in tested]), strict=True))
    made: list[Finding] = []
    for each in found:
        p = corrected.get(each.metric)
        worse = p is not None and p < _SHOWN_WORSE and each.change is not None
        said = f"worse than the baseline in {each.change.worse} cases, better in {each.change.better}" if (
            worse and each.change
        ) else ""  # fmt: skip
        reasons = (*each.reasons, said) if said else each.reasons
        made.append(replace(each, p_holm=p, reasons=reasons))
    return made


def _p(finding: Finding) -> float:
    return finding.change.p_worse if finding.change else 1.0


def _unrun(rows: Sequence[Row]) -> list[Finding]:
    """Sets that failed as a whole."""
    return [
        Finding(f"{each.set}/{each.scorer}", 0, 1, 0.0, 0.0, 1.0, reasons=(f"the set was not run: {each.error}",))
        for each in rows
        if each.scorer == "ran" and each.error
    ]
