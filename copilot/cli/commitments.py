"""``coach commitments``: what was promised, where it stands, and where it was said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copilot.cli.output import Run, as_role, pass_run, say, say_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from copilot.bootstrap import Copilot
    from copilot.commitment_pages import Listing, Shown
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
    from guards.access import Role

    as_of = (day or datetime.now(UTC)).date()
    with run.copilot() as copilot:
        role = Role(viewer)
        listing, shown = _listing(copilot, pair, role=role, as_of=as_of, every=every)
        if as_json:
            say_json(_shapes(listing, shown, _served(copilot, pair, role=role, as_of=as_of)))
            return
        _print(copilot, listing, shown, role=role)
        if role is Role.MENTEE:
            _private(copilot, listing)


def _listing(copilot: Copilot, pair: str, *, role: Role, as_of: date, every: bool) -> tuple[Listing, Shown]:
    from copilot.commitment_pages import Listing, aims, masked, visible
    from copilot.ledger import fold, left_notes, orphans
    from copilot.ledger_views import with_owners_gone
    from copilot.mentions import MentionKind
    from guards.access import ReadCommitments, ReadConversation, Role, authorize
    from guards.errors import NotPermitted

    principal = copilot.principal(pair, role)
    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, pair))
    mentions, decisions = reader.mentions(), reader.decisions()
    folded = fold(mentions, decisions, reader.sessions(), as_of=as_of)
    programme = copilot.programme()
    known = programme.pair(pair)
    folded = with_owners_gone(folded, pair=known, programme=programme) if known else folded
    names = {each.id: each.name for each in programme.people}
    shown_to = visible(folded, every=every)
    if role is Role.SPONSOR:
        return Listing(pair, as_of, shown_to, names, kpi=known.kpi if known else None), masked
    reveal = copilot.reveal(pair, principal)
    try:
        told = copilot.record.reader(authorize(principal, ReadConversation, pair)).mentions()
    except NotPermitted:  # somebody withdrew consent: what the viewer owes themself, without the notes behind it
        return Listing(pair, as_of, shown_to, names, kpi=known.kpi if known else None), reveal
    unparsed = [each for each in mentions if each.kind is MentionKind.UNPARSED and each.session_date <= as_of]
    return Listing(
        pair, as_of, shown_to, names, tuple(unparsed), len(orphans(mentions, decisions)),
        known.kpi if known else None, aims(told),
        left_notes(mentions, reader.superseded(), decisions, as_of=as_of),
    ), reveal  # fmt: skip


def _served(copilot: Copilot, pair: str, *, role: Role, as_of: date) -> Mapping[str, str]:
    """The criterion of each commitment, for those who may read the notes that criteria are drafted from."""
    from datetime import timedelta

    from copilot.criterion_board import board
    from guards.errors import NotPermitted

    try:  # notes of the day itself count here, and for a prep of the next day
        found = board(copilot, pair, principal=copilot.principal(pair, role), day=as_of + timedelta(days=1))
    except NotPermitted:
        return {}
    return {each: link.criterion for each, link in found.links.items()}


def _shapes(listing: Listing, shown: Shown, served: Mapping[str, str]) -> list[dict[str, object]]:
    from copilot.ledger_views import as_json

    return [as_json(each, shown=shown, kpi=listing.kpi, criterion=served.get(each.id)) for each in listing.commitments]


def _print(copilot: Copilot, listing: Listing, shown: Shown, *, role: Role) -> None:
    from copilot.commitment_pages import mentee_page, pair_page, sponsor_page
    from guards.access import Role

    if role is Role.SPONSOR:
        lines = sponsor_page(listing)
    elif role is Role.MENTEE:
        lines = mentee_page(listing, me=copilot.principal(listing.pair, role).person, shown=shown)
    else:
        lines = pair_page(listing, shown=shown)
    for line in lines:
        say(line)


def _private(copilot: Copilot, listing: Listing) -> None:
    """What the mentee kept of what they promised, by wording and size; printed for nobody else."""
    from copilot.calibration import follow_through, lines
    from copilot.ledger import fold
    from guards.access import ReadCommitments, Role, authorize

    principal = copilot.principal(listing.pair, Role.MENTEE)
    reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, listing.pair))
    folded = fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=listing.as_of)
    found = list(lines(follow_through(folded, me=principal.person, on=listing.as_of)))
    if found:
        say("")
        say("For you alone: what you agreed and did, by wording and size")
    for line in found:
        say(f"  {line}")
