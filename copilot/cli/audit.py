"""``coach audit``: who did what on this home, and whether the log of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from copilot.cli.exits import FOUND
from copilot.cli.output import Run, pass_run, say, say_json

if TYPE_CHECKING:
    from guards.log_reading import Verified


@click.group()
def audit() -> None:
    """The log of drafts, flags, decisions, grants, consent, exports and erasures: digests, never text."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def verify(run: Run, as_json: bool) -> None:
    """Check that no line of the log was changed, dropped, put in or moved; exit 1 if one was.

    What it cannot see: log, seal and keys deleted together, an older copy of all three put back, or what somebody does
    who has the master key. Note count and head elsewhere to see these too.
    """
    from copilot.bootstrap import keyring_of
    from copilot.home import audit_log
    from guards.audit_log import verified

    settings = run.settings()
    found = verified(audit_log(settings.home), keyring=keyring_of(settings, settings.home / "keys"))
    if as_json:
        say_json({"lines": found.lines, "head": found.head, "broken": found.broken, "cut": found.cut,
                  "unsealed": found.unsealed, "whole": found.whole})  # fmt: skip
    else:
        say(_verdict(found))
    if not found.whole:
        raise click.exceptions.Exit(FOUND)


@audit.command()
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many lines.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def show(run: Run, last: int, as_json: bool) -> None:
    """List the last acts; who was erased stands as a digest that nobody can resolve."""
    from copilot.home import audit_log
    from guards.audit_log import shown

    with run.copilot() as copilot:
        programme = copilot.record.programmes.load()
        pairs = [each.id for each in programme.pairs] if programme else []
        people = [each.id for each in programme.people] if programme else []
        path = audit_log(copilot.home.path)
        lines = shown(path, keyring=copilot.keyring, pairs=pairs, people=people, most=last)
    if as_json:
        say_json(lines)
        return
    for each in lines:
        told = f"{each['act']:<10} {each['detail'] or '-':<12} {each['pair'] or '-':<16} {each['who'] or '-':<16}"
        say(f"{each['at']}  {told} {each['role'] or '-':<13} {each['what'] or each['count']}")
    if not lines:
        say("Nothing was done in this home yet.")


def _verdict(found: Verified) -> str:
    if found.broken is not None:
        return f"The audit log is broken at line {found.broken}: it was changed, dropped, put in or moved"
    if found.cut:
        return f"The audit log is cut: at its end {found.cut} or more lines that its seal counted are gone"
    if found.unsealed > 1:
        return f"The audit log has {found.unsealed} lines that its seal never counted"
    return f"The audit log is whole: {found.lines} lines, head {found.head}"
