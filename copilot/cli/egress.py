"""``coach egress``: which calls left this machine, and whether their log is whole. Does not need to own the home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, pass_run, say, say_json

if TYPE_CHECKING:
    from guards.log_reading import Call, Verified
    from guards.log_seal import Sealed


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
    from guards.log_reading import last_calls

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

    Lines cut off the end are missed by the seal. What it cannot miss: log and seal deleted together, an older copy of
    both put back, or somebody who has the master key. Note count and head elsewhere to see these too.
    """
    from copilot.home import egress_log
    from guards.log_reading import verify as verified

    found = verified(egress_log(run.settings().home), sealed=_seal(run))
    if as_json:
        say_json({"lines": found.lines, "head": found.head, "broken": found.broken, "removed": found.removed,
                  "cut": found.cut, "unsealed": found.unsealed})  # fmt: skip
    else:
        say(_verdict(found))
    if not found.whole:
        raise click.exceptions.Exit(1)


def _seal(run: Run) -> Sealed | None:
    """What the home's seal says; a home without one is left as it is."""
    from copilot.home import egress_log
    from guards.log_seal import SEALER, read_seal, seal_path

    settings = run.settings()
    log = egress_log(settings.home)
    if not seal_path(log).exists():
        return None
    from copilot.bootstrap import keyring_of

    return read_seal(log, key=keyring_of(settings, settings.home / "keys").key(SEALER))


def _verdict(found: Verified) -> str:
    if found.broken is not None:
        return f"The log is broken at line {found.broken}: it, or the line before, was changed, dropped or put in"
    if found.cut:
        return f"The log is cut: at its end {found.cut} or more of the calls that its seal counted are gone"
    if found.unsealed > 1:
        return f"The log is not this program's: {found.unsealed} calls stand in it that its seal never counted"
    before = f", {found.removed} older ones removed" if found.removed else ""
    return f"The log is whole: {found.lines} calls{before}, head {found.head}"


def _line(call: Call) -> str:
    held = f"{call.size:8} bytes {call.texts:3} texts {call.placeholders:4} placeholders"
    return f"{call.at}  {call.pair or '-':20} {call.destination:10} {held}  {call.policy or '-':24} {call.verdict}"
