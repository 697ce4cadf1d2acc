"""Several benches as one table: each with its own figures, one after the other, and one exit status for all.

A block that errs is a failed block and is printed as such; a bench that is not there, or lacks the data it needs,
could not be measured, and is said. Exits 0 when every bound is met, 1 when one is not, and 2 when all that was
measured is met but something could not be measured.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import inspect
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from benchmarks.figures import Figure, show


@dataclass(frozen=True, slots=True)
class Block:
    """One bench. ``needs_data``: its ``figures`` takes the folder of public data as ``data``, and cannot do without."""

    name: str
    module: str
    title: str
    needs_data: bool = False


class Result(Enum):
    """What became of a block."""

    MET = "met"
    NOT_MET = "a bound is not met"
    FAILED = "failed"
    UNMEASURED = "could not be measured"


class Unmeasured(Exception):
    """A block lacks what it needs; the message says what."""


class Measure(Protocol):
    """How a block is measured."""

    def __call__(self, block: Block, *, data: Path | None) -> Sequence[Figure]:
        """The figures."""
        ...


def figures_of(block: Block, *, data: Path | None) -> Sequence[Figure]:
    """The block's figures.

    Raises:
        Unmeasured: the bench is not there, or the data is not.
    """
    if importlib.util.find_spec(block.module) is None:
        raise Unmeasured(f"there is no {block.module} here")
    made: Callable[..., Sequence[Figure]] | None = getattr(importlib.import_module(block.module), "figures", None)
    if made is None:
        raise Unmeasured(f"{block.module} gives no figures")
    takes = inspect.signature(made).parameters
    if block.needs_data and "data" not in takes:
        raise TypeError(f"{block.module} needs data and does not take it")
    if block.needs_data and data is None:
        raise Unmeasured("left out: it needs public data, give its folder with --data")
    return made(data=data) if data is not None and "data" in takes else made()


def run(block: Block, *, data: Path | None, figures: Measure = figures_of) -> Result:
    """Measure one block and print it; whatever goes wrong in it is this block's alone."""
    began = time.monotonic()
    try:
        made = figures(block, data=data)
    except Unmeasured as error:
        print(f"{block.title}\n  NOT MEASURED: {error}")
        return Result.UNMEASURED
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a bench may fail in any way, and the others go on
        place = traceback.extract_tb(error.__traceback__)[-1]
        print(f"{block.title}\n  FAILED: {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}")
        return Result.FAILED
    met = show(f"{block.title} ({time.monotonic() - began:.0f} s)", made)
    if not made:
        print("  NOT MEASURED: the bench gave no figure")
        return Result.UNMEASURED
    return Result.MET if met else Result.NOT_MET


def status(results: Sequence[Result]) -> int:
    """The exit status: 1 before 2, so that a broken bound is never hidden by a missing one."""
    if Result.NOT_MET in results or Result.FAILED in results:
        return 1
    return 2 if Result.UNMEASURED in results or not results else 0


def main(blocks: Sequence[Block], about: str, arguments: Sequence[str] | None = None) -> int:
    """Run the blocks and print a closing line; ``about`` is what ``--help`` says."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument(
        "--only", action="append", choices=[each.name for each in blocks], help="this block; repeatable"
    )
    parser.add_argument("--data", type=Path, help="folder of public data; blocks that need it are left out without")
    options = parser.parse_args(arguments)
    chosen = [each for each in blocks if not options.only or each.name in options.only]
    results: list[Result] = []
    for block in chosen:
        results.append(run(block, data=options.data))
        print(flush=True)
    for block, result in zip(chosen, results, strict=True):
        print(f"{block.name:12} {result.value}")
    return status(results)
