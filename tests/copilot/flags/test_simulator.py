"""The simulator and its bench: the same for a seed, and judged by the state alone."""

from __future__ import annotations

from benchmarks.flags import latched, runs, tally
from evals.simulator import WEEKS, Life, Stress, cohort


def test_a_seed_gives_the_same_lives_and_another_gives_others() -> None:
    assert cohort(seed=5, pairs=9) == cohort(seed=5, pairs=9)
    assert [each.lives for each in cohort(seed=5, pairs=9)] != [each.lives for each in cohort(seed=6, pairs=9)]


def test_every_stress_is_in_a_cohort_and_no_life_is_cut_short() -> None:
    made = cohort(seed=5, pairs=18)
    assert {each.stress for each in made} == set(Stress)
    assert {len(each.lives) for each in made} == {WEEKS}


def test_a_flag_in_a_stall_is_right_and_one_in_an_active_week_false() -> None:
    pair = next(each for each in cohort(seed=5, pairs=90) if each.lives.count(Life.STALLED) > 4)
    stall = [life is Life.STALLED for life in pair.lives]
    exact = tally(pair, stall)
    assert (exact.right, exact.false, exact.found) == (exact.stalls, 0, exact.stalls)
    early = [at == 1 for at in range(WEEKS)]
    assert (tally(pair, early).right, tally(pair, early).false) == (0, 1)
    assert runs([True, True, False, True]) == [(0, 1), (3, 3)]


def test_a_raised_flag_stays_until_under_the_lower_bound() -> None:
    assert latched([0.1, 0.5, 0.3, -1.0, 0.3, 0.1], watch=0.4, clears=0.2) == [False, True, True, False, True, False]
