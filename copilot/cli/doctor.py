"""``coach doctor``: what is installed, what is wrong and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, pass_run, say, say_json

if TYPE_CHECKING:
    from copilot.home_health import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def doctor(run: Run, as_json: bool) -> None:
    """Say what works here, what does not, and how to mend it."""
    from copilot.health import examine

    findings = examine(run.settings())
    if as_json:
        say_json([{"what": each.what, "ok": each.ok, "says": each.says, "mend": each.mend} for each in findings])
    else:
        for each in findings:
            say(_line(each))
    if not all(each.ok for each in findings):
        raise click.exceptions.Exit(1)


def _line(finding: Finding) -> str:
    mend = f"; to mend: {finding.mend}" if finding.mend else ""
    return f"{'ok ' if finding.ok else 'BAD'}  {finding.what}: {finding.says}{mend}"
