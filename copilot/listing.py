"""A pair's commitments as somebody may see them on a day: the listing behind ``coach commitments`` and the pages.

Who asks is a principal, and what they get is what their grant reads: the pair its own with the notes behind them, a
sponsor what was shared, bare. Words nothing (``commitment_pages.py`` does) and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from copilot.bootstrap import Copilot
from copilot.calibration import Kept, follow_through
from copilot.commitment_pages import Listing, Shown, aims, masked, visible
from copilot.criterion_board import board
from copilot.ledger import fold, left_notes, orphans
from copilot.ledger_views import as_json, with_owners_gone
from copilot.mentions import Commitment, MentionKind
from copilot.stores.ledger_reading import shown_to
from guards.access import Principal, ReadCommitments, ReadConversation, Role, authorize
from guards.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing, the role it is for, how its texts are shown to them, and the latest word that it knows of.

    ``seen`` is empty where nobody has said anything; it goes with what the viewer says next (``committing.py``).
    """

    listing: Listing
    role: Role
    shown: Shown
    seen: str = ""


def listed(copilot: Copilot, pair: str, *, principal: Principal, as_of: date, every: bool = False) -> Listed:
    """The commitments of a pair that a principal may see; with ``every`` also what is done or dropped.

    Raises:
        NotPermitted: the principal may see none of this pair.
    """
    grant = authorize(principal, ReadCommitments, pair)
    reader = copilot.record.ledger_reader(grant)
    mentions, decisions = reader.mentions(), reader.decisions()
    folded = fold(mentions, decisions, reader.sessions(), as_of=as_of)
    programme = copilot.programme()
    known = programme.pair(pair)
    folded = with_owners_gone(folded, pair=known, programme=programme) if known else folded
    names = {each.id: each.name for each in programme.people}
    some = visible(folded, every=every)
    kpi = known.kpi if known else None
    seen = decisions[-1].id if decisions else ""
    if grant.role is Role.SPONSOR:
        return Listed(Listing(pair, as_of, some, names, kpi=kpi), grant.role, masked, seen)
    reveal = copilot.reveal(pair, principal)
    try:
        told = copilot.record.reader(authorize(principal, ReadConversation, pair)).mentions()
    except NotPermitted:  # somebody withdrew consent: what the viewer owes themself, without the notes behind it
        return Listed(Listing(pair, as_of, some, names, kpi=kpi), grant.role, reveal, seen)
    unparsed = [each for each in mentions if each.kind is MentionKind.UNPARSED and each.session_date <= as_of]
    listing = Listing(
        pair, as_of, some, names, tuple(unparsed), len(orphans(mentions, decisions)), kpi, aims(told),
        left_notes(mentions, reader.superseded(), decisions, as_of=as_of),
    )  # fmt: skip
    return Listed(listing, grant.role, reveal, seen)


def sight(copilot: Copilot, pair: str) -> Mapping[str, Callable[[Commitment], bool]]:
    """Who of a pair sees which of its commitments now, by the rules that their own readers go by."""
    known = copilot.programme().pair(pair)
    found: dict[str, Callable[[Commitment], bool]] = {}
    for person in (known.mentee, known.mentor, known.sponsor) if known else ():
        if person is None or person in found:
            continue
        try:
            shown = shown_to(authorize(copilot.person(person), ReadCommitments, pair))
        except NotPermitted:
            continue
        found[person] = shown or (lambda _: True)
    return found


def served(copilot: Copilot, pair: str, *, principal: Principal, as_of: date) -> Mapping[str, str]:
    """The criterion of each commitment, for those who may read the notes that criteria are drafted from."""
    try:  # notes of the day itself count here, and for a prep of the next day
        found = board(copilot, pair, principal=principal, day=as_of + timedelta(days=1))
    except NotPermitted:
        return {}
    return {each: link.criterion for each, link in found.links.items()}


def shapes(found: Listed, criteria: Mapping[str, str]) -> list[dict[str, object]]:
    """Each commitment in the shape of interfaces.md, in the listing's order."""
    return [
        as_json(each, shown=found.shown, kpi=found.listing.kpi, criterion=criteria.get(each.id))
        for each in found.listing.commitments
    ]


def own_follow_through(copilot: Copilot, *, principal: Principal, as_of: date, pair: str = "") -> tuple[Kept, ...]:
    """What a mentee kept of what they promised, by wording and size, over all their pairs or in one; for nobody else.

    Nothing for somebody who is no mentee: another's is not theirs to see.
    """
    pairs = [each for each, role in principal.roles.items() if role is Role.MENTEE and pair in {"", each}]
    found: list[Commitment] = []
    for each in pairs:
        reader = copilot.record.ledger_reader(authorize(principal, ReadCommitments, each))
        found += fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=as_of)
    return follow_through(found, me=principal.person, on=as_of)
