"""``coach commit``: a person's word on commitments: confirm, deny, done, drop, share, unshare, move."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, pass_run, say

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot
    from copilot.committing import Taken
    from copilot.mentions import DecisionKind
    from guards.access import Principal

_KINDS = ["confirm", "deny", "done", "drop", "share", "unshare", "move"]


@click.command()
@click.argument("what", type=click.Choice(_KINDS))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--reason", help="Why; needed to drop or deny. Names in it are masked before it is kept.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="The new due date, with move or confirm.")
@click.option("--owner", help="Who takes it: a person's id, with move or confirm.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it counts from; else today.")
@click.option("--as", "viewer", type=click.Choice(["mentor_coach", "mentee"]), default="mentor_coach",
              show_default=True, help="Who says so.")  # fmt: skip
@pass_run
def commit(
    run: Run, what: str, ids: tuple[str, ...], reason: str | None, due: datetime | None, owner: str | None,
    day: datetime | None, viewer: str,
) -> None:  # fmt: skip
    """Say what became of commitments. ID is the start of one, as ``coach commitments`` prints it."""
    from copilot.committing import Said, check_said, pair_of, take
    from copilot.mentions import DecisionKind
    from guards.access import Role

    now = datetime.now(UTC)
    kind, until = DecisionKind(what), due.date() if due else None
    spoken = Said(kind, now, day.date() if day else now.date(), reason, until, owner)
    with run.copilot() as copilot:
        check_said(copilot, spoken)
        pair, principal = pair_of(copilot, ids, Role(viewer))
        taken = take(copilot, pair, ids, spoken, principal=principal)
        _report(copilot, pair, principal, taken, kind=kind, due=until)


def _report(
    copilot: Copilot, pair: str, principal: Principal, taken: Taken, *, kind: DecisionKind, due: date | None
) -> None:  # fmt: skip
    shown = copilot.reveal(pair, principal)
    for one in taken.decided:
        until = f", due {due.isoformat()}" if due else ""
        say(f"{kind.value} {one.commitment.id[:8]}{until}: {shown(one.commitment.action)}")
    for each in taken.at_once:
        say(f"note: {each[:8]} was decided on by somebody else meanwhile; both words are kept: coach commitments")
