"""The committed baselines are of this state, and the smoke suite still passes beside its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.baselines import FOLDER, baseline_of
from evals.case import Suite
from evals.digests import digests
from evals.gate import Verdict, gate
from evals.results import read
from evals.running import run_suite

KEPT = sorted(FOLDER.glob("*.json"))


def test_there_is_a_baseline_of_each_suite_on_rules() -> None:
    assert {path.stem for path in KEPT} >= {f"{suite.value}-rules" for suite in Suite}


@pytest.mark.parametrize("path", KEPT, ids=[path.stem for path in KEPT])
def test_a_change_asks_for_a_new_baseline(path: Path) -> None:
    """A prompt, rule, threshold, pin or case was changed: run ``coach eval run --suite S --accept`` and read it."""
    kept = read(path)
    now = digests(Suite(kept.suite))
    assert [name for name in now if kept.digests.get(name) != now[name]] == []


def silent(name: str, count: int) -> None:
    del name, count


@pytest.mark.weights
def test_smoke_passes_beside_its_baseline(tmp_path: Path) -> None:
    run = run_suite(Suite.SMOKE, tmp_path, progress=silent)
    gated = gate(baseline_of("smoke", "rules"), run)
    assert gated.verdict is Verdict.PASS, [(each.metric, each.reasons, each.too_few) for each in gated.findings][:5]
