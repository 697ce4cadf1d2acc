"""``coach retention``: what is older than the policy allows goes, class by class."""

from __future__ import annotations

from datetime import datetime

import click

from copilot.cli.output import Run, pass_run, say, say_json


@click.group()
def retention() -> None:
    """How long things are kept: retention.yaml beside programme.yaml says so, and coach ingest takes it over."""


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Say what would go; remove nothing.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Count from this day instead of today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def run_now(run: Run, dry_run: bool, as_of: datetime | None, as_json: bool) -> None:
    """Remove what is older than its class's limit and report each class."""
    from datetime import UTC

    from copilot.retention import run_retention

    day = as_of.date() if as_of else datetime.now(UTC).date()
    with run.copilot() as copilot:
        removed = run_retention(copilot, day, dry_run=dry_run)
    if as_json:
        classes = {
            each.name: {"days": each.days, "before": each.before.isoformat(), "removed": dict(each.counts)}
            for each in removed
        }
        say_json({"as_of": day.isoformat(), "dry_run": dry_run, "classes": classes})
        return
    for each in removed:
        went = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(each.counts.items()))
        say(f"{each.name:<15} older than {each.days} days, before {each.before.isoformat()}: {went or 'nothing'}")
    if not removed:
        say("Everything is kept: no class has a limit. Write days into retention.yaml, then coach ingest.")
    elif dry_run:
        say("Nothing was removed: this was a dry run.")
