"""``coach egress``: which calls left this machine, and whether their log is whole. Does not need to own the home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, pass_run, say, say_json

if TYPE_CHECKING:
    from guards.call_log import Call


@click.group()
def egress() -> None:
    """The log of calls to models and hosts: what was let out or refused, never the text."""


@egress.command()
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many calls.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def show(run: Run, last: int, as_json: bool) -> None:
    """List the last calls: when, for which pair, where to, how large, and the door's verdict."""
    from dataclasses import asdict

    from copilot.home import egress_log
    from guards.call_log import last_calls

    calls = last_calls(egress_log(run.settings().home), most=last)
    if as_json:
        say_json([asdict(each) for each in calls])
    elif not calls:
        say("No call was made from this home.")
    else:
        for each in calls:
            say(_line(each))


@egress.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def verify(run: Run, as_json: bool) -> None:
    """Check that no line of the log was changed, dropped or put in; exit 1 if one was.

    Lines cut off at the end leave a chain that fits: compare count and head with those you noted before.
    """
    from copilot.home import egress_log
    from guards.call_log import verify as verified

    found = verified(egress_log(run.settings().home))
    if as_json:
        say_json({"lines": found.lines, "head": found.head, "broken": found.broken})
    elif found.broken is None:
        say(f"The log is whole: {found.lines} calls, head {found.head}")
    else:
        say(f"The log is broken at line {found.broken}: it, or the line before, was changed, dropped or put in")
    if found.broken is not None:
        raise click.exceptions.Exit(1)


def _line(call: Call) -> str:
    return f"{call.at}  {call.pair or '-':20} {call.destination:10} {call.size:8} bytes  {call.verdict}"
