"""Two runs of a suite side by side, whatever their engines: the same cases, paired, with Holm's correction over all.

Says what differs and by how much; the gate alone says whether one may be rolled out.
"""

from __future__ import annotations

from dataclasses import dataclass

from copilot.errors import BadInput
from copilot.holm import holm
from evals.results import Results, by_metric, value_of
from evals.statistics import Difference, difference

_SHOWN: float = 0.05


@dataclass(frozen=True, slots=True)
class Compared:
    """One metric in both: means over the cases that both have, the change, and p after Holm of worse and of better."""

    metric: str
    old: float
    new: float
    change: Difference
    p_worse: float
    p_better: float

    @property
    def word(self) -> str:
        """``worse``, ``better``, or ``-`` where neither is shown at 5 %."""
        return "worse" if self.p_worse < _SHOWN else "better" if self.p_better < _SHOWN else "-"


def compare(old: Results, new: Results) -> tuple[Compared, ...]:
    """Every metric of both runs on the cases that both have, in the order of the new one.

    Raises:
        BadInput: the runs are of different suites, or share no case.
    """
    if old.suite != new.suite:
        raise BadInput(f"one run is of suite {old.suite}, the other of {new.suite}; compare runs of one suite")
    before, after = by_metric(old.rows), by_metric(new.rows)
    made: list[tuple[str, float, float, Difference, Difference]] = []
    for key, rows in after.items():
        left = {each.unit: value_of(each) for each in before.get(key, ())}
        right = {each.unit: value_of(each) for each in rows if each.unit in left}
        left = {unit: left[unit] for unit in right}
        if right:
            clusters = {each.unit: each.cluster for each in rows}
            mean_old, mean_new = (sum(each.values()) / len(each) for each in (left, right))
            made.append(("/".join(key), mean_old, mean_new, difference(left, right, clusters, seed=new.seed),
                         difference(right, left, clusters, seed=new.seed)))  # fmt: skip
    if not made:
        raise BadInput("the two runs share no case; run the same suite on both")
    p = holm([each.p_worse for *_, forth, back in made for each in (forth, back)])
    return tuple(
        Compared(name, a, b, forth, p[2 * at], p[2 * at + 1]) for at, (name, a, b, forth, _) in enumerate(made)
    )
