"""Runs a suite: every set's task, rows kept set by set so that a run that was cut off goes on, metrics over all.

A set that fails outright (its file is missing, its home would not open) leaves a row with the error; it never leaves
nothing.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from copilot.errors import BadInput, CopilotError
from evals.case import SetCard, Suite, cards_of
from evals.digests import digests
from evals.results import Metric, Results, Row, by_metric, value_of, write
from evals.statistics import share
from evals.tasks.catalogue import TASKS
from evals.tasks.task import Options
from guards.errors import GuardError
from knowledge.errors import KnowledgeError

Progress = Callable[[str, int], None]
_KEPT: Final = "{}.rows.json"


def run_suite(suite: Suite, folder: Path, *, engine: str = "rules", seed: int = 0, progress: Progress) -> Results:
    """Run a suite into a folder and write ``results.json``.

    Rows of sets that this folder already has from the same files, engine and seed are taken over.

    Raises:
        BadInput: the folder holds another suite's or another state's rows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = {"suite": suite.value, "engine": engine, "seed": str(seed), **digests(suite)}
    _claim(folder, state)
    rows: list[Row] = []
    seconds: dict[str, dict[str, float]] = {}
    for card in cards_of(suite):
        found, took = _set_rows(card, folder, Options(suite, _silent, engine=engine), progress)
        rows += found
        seconds |= {card.name: took} if took else {}
    results = Results(
        suite=suite.value, engine=engine, seed=seed, digests=digests(suite), rows=tuple(rows),
        metrics=metrics_of(rows), seconds=seconds,
    )  # fmt: skip
    write(results, folder)
    return results


def metrics_of(rows: list[Row]) -> tuple[Metric, ...]:
    """A metric for each scorer of each set; an error counts as 0."""
    found: list[Metric] = []
    for (name, scorer), every in by_metric(rows).items():
        values = [value_of(each) for each in every]
        interval = share(values, [each.cluster for each in every])
        found.append(
            Metric(
                set=name, scorer=scorer, n=interval.n, errors=sum(bool(each.error) for each in every),
                clusters=interval.clusters, mean=round(interval.mean, 6), low=round(interval.low, 6),
                high=round(interval.high, 6), bad=sum(each < 1 for each in values),
            )
        )  # fmt: skip
    return tuple(found)


def _silent(unit: str, seconds: Mapping[str, float]) -> None:
    del unit, seconds


def _claim(folder: Path, state: Mapping[str, str]) -> None:
    mark = folder / "state.json"
    text = json.dumps(state, indent=1, sort_keys=True)
    if mark.is_file() and mark.read_text("utf-8") != text:
        raise BadInput(f"{folder.name} holds a run of another state; give another folder, or remove this one")
    mark.write_text(text, "utf-8")


def _set_rows(
    card: SetCard, folder: Path, options: Options, progress: Progress
) -> tuple[list[Row], dict[str, float]]:  # fmt: skip
    kept = folder / _KEPT.format(card.name)
    if kept.is_file():
        read = json.loads(kept.read_text("utf-8"))
        progress(card.name, 0)
        return [Row.model_validate(each) for each in read["rows"]], read["seconds"]
    times: dict[str, list[float]] = defaultdict(list)
    count = 0

    def tell(unit: str, seconds: Mapping[str, float]) -> None:
        nonlocal count
        del unit
        count += 1
        progress(card.name, count)
        for stage, took in seconds.items():
            times[stage].append(took)

    try:
        rows = list(TASKS[card.task](card, Options(options.suite, tell, engine=options.engine)))
        rows = rows or [_failure(card, "no case of this set was run")]
    except (CopilotError, GuardError, KnowledgeError) as error:
        return [_failure(card, f"{type(error).__name__}: {error}")], {}
    took = {
        f"{stage} {name}": round(value, 3)
        for stage, every in sorted(times.items())
        for name, value in (("p50", statistics.median(every)), ("p95", sorted(every)[int(0.95 * (len(every) - 1))]))
    }
    whole = {"rows": [each.model_dump(mode="json") for each in rows], "seconds": took}
    part = kept.with_suffix(".part")
    part.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    part.replace(kept)
    return rows, took


def _failure(card: SetCard, why: str) -> Row:
    return Row(set=card.name, scorer="ran", unit=card.name, cluster=card.name, error=why)
