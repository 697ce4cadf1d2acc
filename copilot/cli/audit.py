"""``coach audit``: who did what on this home, and whether the log of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from copilot.cli.exits import FOUND
from copilot.cli.output import Run, note, pass_run, say, say_json

if TYPE_CHECKING:
    from guards.audit_restart import Before
    from guards.log_reading import Verified


@click.group()
def audit() -> None:
    """The log of drafts, flags, decisions, grants, consent, exports and erasures: digests, never text."""


@audit.command()
@click.option("--known", default="", help="Digest of logs set aside that you know of; else they are a finding.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def verify(run: Run, known: str, as_json: bool) -> None:
    """Check that no line of the log was changed, dropped, put in or moved; exit 1 if one was.

    What it cannot see: log, seal and keys deleted together, an older copy of all three put back, or what somebody does
    who has the master key. Note count and head elsewhere to see these too.
    """
    from copilot.bootstrap import keyring_of
    from copilot.home import audit_log
    from guards.audit_log import verified
    from guards.audit_restart import before

    settings = run.settings()
    path = audit_log(settings.home)
    found, earlier = verified(path, keyring=keyring_of(settings, settings.home / "keys")), before(path)
    if as_json:
        aside = {"digest": earlier.digest, "logs": earlier.logs, "named": earlier.named} if earlier else None
        say_json({"lines": found.lines, "head": found.head, "broken": found.broken, "cut": found.cut,
                  "unsealed": found.unsealed, "whole": found.whole, "set_aside": aside})  # fmt: skip
    else:
        say(_verdict(found))
        if earlier is not None:
            say(_aside(earlier))
    if not found.whole or (earlier is not None and (not earlier.named or earlier.digest != known)):
        raise click.exceptions.Exit(FOUND)


@audit.command()
@click.option("--as", "person", required=True, help="Who does this: a person's id. It stands in the new log.")
@pass_run
def restart(run: Run, person: str) -> None:
    """Set aside a log that does not verify, and begin a new one whose first line names it.

    Until then nothing that has to be logged can be done. Nothing is deleted, and verify goes on telling of it.
    """
    from copilot.home import audit_log
    from guards.audit_restart import restart as begin_anew

    with run.copilot() as copilot:
        copilot.person(person)
        done = begin_anew(audit_log(copilot.home.path), keyring=copilot.keyring, who=person)
    say(_aside(done))
    note("look into what happened to it; keep it, and note the digest away from this machine")


@audit.command()
@click.option("--as", "person", required=True, help="Who is looking: a person's id.")
@click.option("--last", type=click.IntRange(min=1), default=20, show_default=True, help="How many lines.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_run
def show(run: Run, person: str, last: int, as_json: bool) -> None:
    """List the last acts that a person may see: of their own pair, or as L&D; who was erased stands as a digest."""
    from copilot.auditing import lines_for

    with run.copilot() as copilot:
        lines = lines_for(copilot, person, most=last)
    if as_json:
        say_json(lines)
        return
    for each in lines:
        told = f"{each['act']:<10} {each['detail'] or '-':<12} {each['pair'] or '-':<16} {each['who'] or '-':<16}"
        say(f"{each['at']}  {told} {each['role'] or '-':<13} {each['what'] or each['count']}")
    if not lines:
        say("Nothing here for you to see.")


def _aside(earlier: Before) -> str:
    if not earlier.named:
        return "Logs that were set aside are not as the log names them: one was changed, dropped or put in"
    many = "1 log that did not verify was" if earlier.logs == 1 else f"{earlier.logs} logs that did not verify were"
    return f"Before it {many} set aside (audit.broken-*.jsonl): digest {earlier.digest}"


def _verdict(found: Verified) -> str:
    if found.broken is not None:
        return f"The audit log is broken at line {found.broken}: it was changed, dropped, put in or moved"
    if found.cut:
        return f"The audit log is cut: at its end {found.cut} or more lines that its seal counted are gone"
    if found.unsealed > 1:
        return f"The audit log has {found.unsealed} lines that its seal never counted"
    return f"The audit log is whole: {found.lines} lines, head {found.head}"
