"""``coach commitments``: what was promised, where it stands, and where it was said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, as_role, pass_run, say, say_json

if TYPE_CHECKING:
    from copilot.bootstrap import Copilot
    from copilot.listing import Listed
    from guards.access import Role


@click.command()
@click.argument("pair")
@as_role
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; else today.")
@click.option("--all", "every", is_flag=True, help="Also what is done or dropped.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@pass_run
def commitments(run: Run, pair: str, viewer: str, day: datetime | None, every: bool, as_json: bool) -> None:
    """List the open commitments of PAIR: owner, due date, ticket, age, and the note line behind each."""
    from copilot.listing import listed, served, shapes
    from guards.access import Role

    as_of = (day or datetime.now(UTC)).date()
    with run.copilot() as copilot:
        principal = copilot.principal(pair, Role(viewer))
        found = listed(copilot, pair, principal=principal, as_of=as_of, every=every)
        if as_json:
            say_json(shapes(found, served(copilot, pair, principal=principal, as_of=as_of)))
            return
        _print(copilot, found, role=Role(viewer))
        if Role(viewer) is Role.MENTEE:
            _private(copilot, found)


def _print(copilot: Copilot, found: Listed, *, role: Role) -> None:
    from copilot.commitment_pages import mentee_page, pair_page, sponsor_page
    from guards.access import Role

    if role is Role.SPONSOR:
        lines = sponsor_page(found.listing)
    elif role is Role.MENTEE:
        me = copilot.principal(found.listing.pair, role).person
        lines = mentee_page(found.listing, me=me, shown=found.shown)
    else:
        lines = pair_page(found.listing, shown=found.shown)
    for line in lines:
        say(line)


def _private(copilot: Copilot, found: Listed) -> None:
    """What the mentee kept of what they promised, by wording and size; printed for nobody else."""
    from copilot.calibration import lines
    from copilot.listing import own_follow_through
    from guards.access import Role

    pair = found.listing.pair
    mentee = copilot.principal(pair, Role.MENTEE)
    told = list(lines(own_follow_through(copilot, principal=mentee, as_of=found.listing.as_of, pair=pair)))
    if told:
        say("")
        say("For you alone: what you agreed and did, by wording and size")
    for line in told:
        say(f"  {line}")
