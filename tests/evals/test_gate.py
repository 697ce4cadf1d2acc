"""The gate says no when it must: errors, missing cases, too few, dangerous errors, regressions; and yes to noise."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from copilot.errors import BadInput
from evals.gate import Bound, Verdict, gate, policy_of
from evals.results import Results, Row
from evals.running import metrics_of

POLICY = {"s/right": Bound(floor=0.8, margin=0.06, least_n=50)}
DANGER = {"s/safe": Bound(dangerous=True, limit=0.02, least_n=50)}


def run_of(
    values: Mapping[str, float | None], *, scorer: str = "right", suite: str = "smoke", size: int = 4
) -> Results:
    rows = [
        Row(
            set="s",
            scorer=scorer,
            unit=unit,
            cluster=str(n // size),
            value=value,
            error="" if value is not None else "broke",
        )
        for n, (unit, value) in enumerate(values.items())
    ]
    return Results(
        suite=suite, engine="rules", seed=0, digests={"prompts": "1"}, rows=tuple(rows), metrics=metrics_of(rows)
    )


def all_good(n: int) -> dict[str, float | None]:
    return {str(each): 1.0 for each in range(n)}


def drawn(chance: np.random.Generator, n: int, p: float) -> dict[str, float | None]:
    return {str(each): float(value) for each, value in enumerate(chance.random(n) < p)}


def test_same_run_passes() -> None:
    assert gate(run_of(all_good(100)), run_of(all_good(100)), policy=POLICY).verdict is Verdict.PASS


def test_errors_are_failures() -> None:
    broken = {**all_good(100), **dict.fromkeys(map(str, range(30)), None)}
    found = gate(run_of(all_good(100)), run_of(broken), policy=POLICY)
    assert found.verdict is Verdict.REFUSED
    assert found.findings[0].errors == 30


def test_cases_that_were_not_run_are_failures() -> None:
    found = gate(run_of(all_good(100)), run_of(all_good(60)), policy=POLICY)
    assert found.verdict is Verdict.REFUSED
    assert "40 cases of the baseline were not run" in " ".join(found.findings[0].reasons)


def test_what_the_product_no_longer_says_is_no_failure_where_that_is_stated() -> None:
    """Owners it named and flags it raised: to abstain is counted elsewhere, and too few is still too few."""
    said = {"s/right": Bound(floor=0.8, margin=0.06, least_n=50, conditional=True)}
    assert gate(run_of(all_good(100)), run_of(all_good(60)), policy=said).verdict is Verdict.PASS
    assert gate(run_of(all_good(100)), run_of(all_good(40)), policy=said).verdict is Verdict.TOO_FEW
    worse = {**all_good(60), **dict.fromkeys(map(str, range(30)), 0.0)}
    assert gate(run_of(all_good(100)), run_of(worse), policy=said).verdict is Verdict.REFUSED


def test_dangerous_errors_are_told_apart() -> None:
    found = gate(None, run_of({**all_good(100), "3": 0.0}, scorer="safe"), policy=DANGER)
    assert found.findings[0].dangerous
    assert not gate(None, run_of(all_good(100)), policy=POLICY).findings[0].dangerous


def test_a_metric_that_vanished_is_a_failure() -> None:
    found = gate(run_of(all_good(100)), run_of(all_good(100), scorer="other"), policy=POLICY)
    assert found.verdict is Verdict.REFUSED


def test_too_few_cases_is_its_own_answer() -> None:
    found = gate(run_of(all_good(20)), run_of(all_good(20)), policy=POLICY)
    assert found.verdict is Verdict.TOO_FEW
    assert int(found.verdict) == 2
    assert "20 cases, at least 50" in found.findings[0].too_few


def test_one_dangerous_error_is_enough() -> None:
    bad = {**all_good(400), "7": 0.0}
    assert gate(None, run_of(bad, scorer="safe"), policy=DANGER).verdict is Verdict.REFUSED
    assert gate(None, run_of(all_good(400), scorer="safe"), policy=DANGER).verdict is Verdict.PASS


def test_no_error_among_too_few_is_no_proof() -> None:
    found = gate(None, run_of(all_good(100), scorer="safe"), policy=DANGER)
    assert found.verdict is Verdict.REFUSED
    assert "up to 0.030 may be wrong" in found.findings[0].reasons[0]


def test_a_set_that_did_not_run_is_a_failure() -> None:
    good = run_of(all_good(100))
    failed = Row(set="t", scorer="ran", unit="t", cluster="t", error="no file")
    found = gate(good, good.model_copy(update={"rows": (*good.rows, failed)}), policy=POLICY)
    assert found.verdict is Verdict.REFUSED


def test_runs_of_two_kinds_are_not_compared() -> None:
    with pytest.raises(BadInput, match="compare runs of one kind"):
        gate(run_of(all_good(100)), run_of(all_good(100), suite="rollout"), policy=POLICY)
    with pytest.raises(BadInput, match="gated"):
        gate(None, run_of(all_good(100), scorer="other"), policy=POLICY)


def test_what_changed_is_named() -> None:
    base = run_of(all_good(100))
    found = gate(base, base.model_copy(update={"digests": {"prompts": "2"}}), policy=POLICY)
    assert found.changed == ("prompts",)


def _simulated(true_drop: float, *, runs: int, n: int = 400) -> float:
    """The share of runs that pass, where each case gets worse by chance at the rate of the drop.

    As much noise goes both ways: 2 % of the cases turn good and 2 % turn bad by themselves.
    """
    chance = np.random.default_rng(11)
    passed = 0
    for _ in range(runs):
        old = drawn(chance, n, 0.93)
        new: dict[str, float | None] = {}
        for unit, value in old.items():
            flips = 0.02 / 0.93 + true_drop / 0.93 if value else 0.02 / 0.07
            new[unit] = 1 - (value or 0) if chance.random() < flips else value
        passed += gate(run_of(old, size=1), run_of(new, size=1), policy=POLICY).verdict is Verdict.PASS
    return passed / runs


def test_noise_alone_passes() -> None:
    assert _simulated(0.0, runs=200) >= 0.95


def test_a_regression_of_the_stated_size_is_caught() -> None:
    """A true drop of the margin may pass in 5 % of the runs, by the test's level."""
    assert _simulated(0.06, runs=200) <= 0.10


def test_the_bundled_policy_is_whole() -> None:
    policy = policy_of()
    assert all("/" in name for name in policy)
    assert all(bound.floor is not None or bound.dangerous for bound in policy.values())
    assert all(bound.limit is not None for bound in policy.values() if bound.dangerous)
