"""Box 5: one to three micro-commitments: the open ones, then rough promises to confirm, then suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from copilot.boxes.lines import (
    Line,
    action_slot,
    day_slot,
    due_slot,
    fact,
    number_slot,
    open_ones,
    overdue,
    owner_slot,
    sources_of,
    suggest,
    ticket_slot,
    words,
)
from copilot.mentions import Commitment, CommitmentStatus
from copilot.snapshot import Snapshot
from guards.text import composed, house
from guards.tokens import day_text

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lines of the box and the commitments that they are."""

    lines: tuple[Line, ...]
    commitments: tuple[Commitment, ...]


def build(snapshot: Snapshot) -> Chosen:
    """Never none and never more than three; what is open beyond that is counted and kept in ``carried``."""
    open_now = open_ones(snapshot)
    rough = [
        each for each in snapshot.commitments if each.status is CommitmentStatus.CANDIDATE and _fresh(snapshot, each)
    ]
    shown, offered = open_now[:SHOWN], rough[-max(0, SHOWN - len(open_now)) :] if len(open_now) < SHOWN else []
    lines = [_open(snapshot, each) for each in shown] + [_rough(snapshot, each) for each in offered]
    made = [*shown, *offered]
    if not made:
        proposal = _proposal(snapshot)
        lines.append(
            suggest(
                composed(
                    "Suggested: {who}: {what}, due {due}, calendar entry",
                    what=proposal.action,
                    who=snapshot.people[snapshot.pair.mentee],
                    due=day_text(_next(snapshot)),
                )
            )
        )
        made.append(proposal)
    if len(open_now) > SHOWN:
        more = open_now[SHOWN:]
        lines.append(fact("{n} more carried: see `coach commitments`.", snapshot,
                          [each.citations[-1] for each in more if each.citations],
                          n=number_slot(len(more), "count", *(each.id for each in more))))  # fmt: skip
    return Chosen(tuple(lines), tuple(made))


def _fresh(snapshot: Snapshot, each: Commitment) -> bool:
    return snapshot.last is not None and each.first_agreed >= snapshot.last


def _open(snapshot: Snapshot, each: Commitment) -> Line:
    first = day_slot(each.first_agreed.isoformat(), day_text(each.first_agreed))
    late = words(house("overdue since")) if overdue(snapshot, each) else words(house("due"))
    template_slots = {"who": owner_slot(snapshot, each), "what": action_slot(each), "late": late,
                      "due": due_slot(snapshot, each), "ticket": ticket_slot(each), "first": first}  # fmt: skip
    if each.times_carried:
        return fact(
            "{who}: {what} · {late} {due} · {ticket} · agreed {first}, carried {n}x",
            snapshot,
            sources_of(each),
            n=number_slot(each.times_carried, "carried", each.id),
            **template_slots,
        )
    return fact(
        "{who}: {what} · {late} {due} · {ticket} · agreed {first}", snapshot, sources_of(each), **template_slots
    )


def _rough(snapshot: Snapshot, each: Commitment) -> Line:
    return fact("Heard, not agreed: {who}: “{what}” Confirm or strike?", snapshot, sources_of(each),
                who=owner_slot(snapshot, each), what=action_slot(each))  # fmt: skip


def _next(snapshot: Snapshot) -> date:
    return snapshot.day + timedelta(days=snapshot.cadence_days)


def _proposal(snapshot: Snapshot) -> Commitment:
    """The product's own proposal where nothing is open: due one cadence after the session, a declared rule."""
    action = house("bring one page: milestone, measure, today's value, who verifies it")
    if snapshot.mentions:
        action = house("write the decision of this session and its measure on one page")
    return Commitment(
        id=f"suggested-{snapshot.pair.id}-{snapshot.day}", pair=snapshot.pair.id, action=action,
        status=CommitmentStatus.CANDIDATE, first_agreed=snapshot.day, owner=snapshot.pair.mentee, owner_text=None,
        due=_next(snapshot), due_text=None, ticket=None, age_days=0, times_carried=0,
    )  # fmt: skip
