"""``coach eval``: the evaluation, run as the program of the room above, which this one may not import."""

from __future__ import annotations

import subprocess
import sys

import click


@click.command(
    "eval", context_settings={"ignore_unknown_options": True, "help_option_names": ["--about"]}, add_help_option=True
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def eval_(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    r"""Score the production pipeline on labelled cases, and say whether it may be rolled out.

    \b
    coach eval run --suite smoke|rollout   run a suite, write results.json and report.html
    coach eval gate --run DIR              0 pass, 1 a reason not to roll out, 2 too few cases
    coach eval report DIR                  write the report anew
    coach eval compare DIR --against DIR   two runs, any engines, case by case
    coach eval cases --as PERSON           decided flags become cases, without words of notes
    Each has --help. The cases are of a source checkout; docs/evals.md says how to add one.
    """
    # -P: a folder of that name where somebody stands is not ours and is not run
    done = subprocess.run([sys.executable, "-P", "-m", "evals", *(arguments or ("--help",))], check=False)  # noqa: S603
    ctx.exit(done.returncode)
