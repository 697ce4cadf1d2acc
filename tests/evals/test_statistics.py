"""Intervals and tests hold what their names promise, also at the ends of their range."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.holm import holm
from evals.statistics import design_effect, difference, share, upper_bound

VALUES = st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from("abcdefgh")), min_size=1, max_size=80)


@given(VALUES)
def test_an_interval_holds_its_mean_and_stays_in_range(rows: list[tuple[float, str]]) -> None:
    found = share([value for value, _ in rows], [cluster for _, cluster in rows])
    assert 0 <= found.low <= found.mean <= found.high <= 1
    assert 1 <= found.counted <= found.n


def test_known_intervals() -> None:
    found = share([1.0] * 81 + [0.0] * 19, [str(each) for each in range(100)])
    assert (round(found.low, 3), round(found.high, 3)) == (0.722, 0.875)  # Wilson, as in any table
    assert upper_bound(0, 300) == pytest.approx(0.009936, abs=1e-5)  # one-sided: 1 - 0.05 ** (1 / 300)
    assert upper_bound(0, 0) == 1


def test_nothing_is_no_evidence() -> None:
    assert (share([], []).low, share([], []).high) == (0, 1)
    assert difference({}, {}, {}).low == -1


def test_clusters_that_agree_within_count_for_less() -> None:
    alike = [1.0] * 10 + [0.0] * 10 + [1.0] * 10 + [0.0] * 10
    names = [str(each // 10) for each in range(40)]
    assert design_effect(alike, names) > 5
    assert design_effect([1.0, 0.0] * 20, names) == 1
    assert share(alike, names).high - share(alike, names).low > share(alike, [str(n) for n in range(40)]).high - 0.34


def test_a_case_that_is_gone_counts_as_a_failure() -> None:
    old = dict.fromkeys("abcd", 1.0)
    found = difference(old, {"a": 1.0}, {each: each for each in old})
    assert (found.worse, found.better) == (3, 0)
    assert found.change == -0.75


def test_same_runs_do_not_differ() -> None:
    old = {str(each): float(each % 2) for each in range(50)}
    found = difference(old, old, {each: each for each in old})
    assert (found.change, found.low, found.p_worse) == (0, 0, 1)
    assert found.detectable > 0


def test_the_limit_of_a_change_holds_as_often_as_it_says() -> None:
    """Of 200 simulated pairs of runs with a true drop of 5 points, the one-sided 95 % limit lies under it in most."""
    chance = np.random.default_rng(5)
    held = 0
    for draw in range(200):
        old = {str(n): float(value) for n, value in enumerate(chance.random(150) < 0.9)}
        new = {unit: value * float(chance.random() > 0.05 / 0.9) for unit, value in old.items()}
        held += difference(old, new, {unit: unit for unit in old}, seed=draw).low <= -0.05
    assert held / 200 >= 0.9


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_never_lowers_and_keeps_the_order(p: list[float]) -> None:
    found = holm(p)
    assert all(a <= b <= 1 for a, b in zip(p, found, strict=True))
    pairs = sorted(zip(p, found, strict=True))
    assert [each for _, each in pairs] == sorted(each for _, each in pairs)


def test_holm_as_in_the_book() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
