"""``coach bench``: the benchmarks, each a process of its own, figures side by side in one run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from copilot.cli.exits import FOUND, OUR_FAULT, TOO_FEW
from copilot.cli.output import note

_ALONE = ("cold_start", "ingest_throughput", "redaction_speed", "prep_latency", "engine_tasks")
"""Those that need no data from outside, in the order in which they run when none is named."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def bench(ctx: click.Context, name: str | None, arguments: tuple[str, ...]) -> None:
    """Run the benchmark NAME with its ARGUMENTS, or every one that needs no data from outside.

    Exits 1 where a bound is not met, 2 where something could not be measured.

    Benchmarks live in the folder ``benchmarks`` of the source checkout; they are not installed.
    """
    from copilot.errors import Usage

    root = Path(__file__).resolve().parents[2]
    known = sorted(
        path.stem for path in (root / "benchmarks").glob("[a-z]*.py") if "__main__" in path.read_text("utf-8")
    )
    if not known:
        raise Usage("no benchmarks here: run this from a source checkout")
    if name is not None and name not in known:
        raise Usage(f"no benchmark {name}: there are {', '.join(known)}")
    met: set[int] = set()
    for each in (name,) if name else tuple(each for each in _ALONE if each in known):
        note(f"== {each}")
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{each}", *arguments], cwd=root, check=False)  # noqa: S603
        met.add(done.returncode if done.returncode in {0, FOUND, TOO_FEW} else OUR_FAULT)
    ctx.exit(next((each for each in (OUR_FAULT, FOUND, TOO_FEW) if each in met), 0))
