"""Box 5: one to three micro-commitments: the open ones, then rough promises to confirm, then suggestions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from copilot.boxes.lines import (
    Line,
    action_slot,
    by_rule,
    fact,
    history_slot,
    late_slot,
    needs,
    number_slot,
    of_the_pair,
    open_ones,
    owner_slot,
    sources_of,
    suggest,
    ticket_slot,
)
from copilot.boxes.spoken import bare_action, cut, is_status
from copilot.engines.wording import Wording
from copilot.errors import BadInput
from copilot.extraction.verbs import opens_task
from copilot.mentions import Commitment, CommitmentStatus, ReadBy
from copilot.snapshot import Snapshot
from guards.grounding import Basis, Slot
from guards.text import RedactedText, composed, house
from guards.tokens import day_text

SHOWN: Final = 3
WEEK: Final = timedelta(days=7)
"""What may be promised at once (mission S7 and K2: small, a week or less)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The lines of the box and the commitments that they are: one to three, or the prep is refused.

    Raises:
        BadInput: there are none, or more than three.
    """

    lines: tuple[Line, ...]
    commitments: tuple[Commitment, ...]

    def __post_init__(self) -> None:
        count = len(self.commitments)
        if not 1 <= count <= SHOWN:
            raise BadInput(f"a prep needs one to {SHOWN} micro-commitments, not {count}: see coach commitments")


def build(snapshot: Snapshot, engine: Wording) -> Chosen:
    """Never none and never more than three; what is open beyond that is counted and kept in ``carried``."""
    everyone = sorted(open_ones(snapshot), key=lambda each: is_status(each.action))
    own = [each for each in everyone if of_the_pair(snapshot, each)]
    ranked = own + [each for each in everyone if each not in own]
    rough = [
        each for each in snapshot.commitments if each.status is CommitmentStatus.CANDIDATE and _fresh(snapshot, each)
    ]
    shown = (own or ranked)[:SHOWN]
    more = ranked[len(shown) :]
    offered = rough[-(SHOWN - len(shown)) :] if len(shown) < SHOWN else []
    lines = [_open(snapshot, each, engine) for each in shown] + [_rough(snapshot, each) for each in offered]
    made = [*shown, *offered]
    if not made:
        made.append(_proposal(snapshot))
        lines.append(_suggested(snapshot, made[0]))
    lines += [needs(smaller(snapshot, each)) for each in shown if too_big(snapshot, each)]
    if more:
        cited = [each.citations[-1] for each in more if each.citations][:1]
        lines.append(fact("{n} more open: see `coach commitments`.", snapshot, cited,
                          n=number_slot(len(more), "count", *(each.id for each in more))))  # fmt: skip
    return Chosen(tuple(lines), tuple(made))


def asks(snapshot: Snapshot, each: Commitment) -> tuple[RedactedText, ...]:
    """What a commitment lacks, as questions to somebody."""
    mentee = snapshot.people[snapshot.pair.mentee]
    asked = snapshot.who(each.owner) or mentee
    made: list[RedactedText] = []
    what = cut(bare_action(each), limit=60)
    if each.owner is None and each.owner_text is None:
        made.append(composed("[needs: owner of “{what}” - ask {who}]", what=what, who=mentee))
    if each.due is None:
        made.append(composed("[needs: date for “{what}” - ask {who}]", what=what, who=asked))
    if not opens_task(what):
        made.append(composed("[needs: a verb to start “{what}”: what will be done? - ask {who}]", what=what, who=asked))
    return tuple(made)


def too_big(snapshot: Snapshot, each: Commitment) -> bool:
    """Whether it is due more than a week after the session: too long to be a micro-commitment."""
    return each.due is not None and each.due > snapshot.day + WEEK


def smaller(snapshot: Snapshot, each: Commitment) -> RedactedText:
    """The question that makes a big commitment small: which part can be done within a week of the session."""
    who = snapshot.who(each.owner) or snapshot.people[snapshot.pair.mentee]
    what, day = cut(bare_action(each), limit=60), day_text(snapshot.day + WEEK)
    return composed("[needs: what part of “{what}” can be done by {day} - ask {who}]", what=what, day=day, who=who)


def serves(snapshot: Snapshot, each: Commitment) -> RedactedText:
    """The question for a commitment that is linked to no criterion for sure."""
    who = snapshot.who(each.owner) or snapshot.people[snapshot.pair.mentee]
    what = cut(bare_action(each), limit=60)
    return composed("[needs: the criterion that “{what}” serves - ask {who}]", what=what, who=who)


def _fresh(snapshot: Snapshot, each: Commitment) -> bool:
    return snapshot.last is not None and each.first_agreed >= snapshot.last


def _open(snapshot: Snapshot, each: Commitment, engine: Wording) -> Line:
    what = _worded(each, engine)
    late, ticket, history, cited = late_slot(snapshot, each), ticket_slot(each), history_slot(each), sources_of(each)
    if each.owner is None and each.owner_text is None:
        asked = by_rule(snapshot.people[snapshot.pair.mentee], "person", snapshot.pair.mentee)
        line = fact("Owner? Ask {asked}: {what} · {late} · {ticket} · {history}", snapshot, cited,
                    asked=asked, what=what, late=late, ticket=ticket, history=history)  # fmt: skip
    else:
        line = fact("{who}: {what} · {late} · {ticket} · {history}", snapshot, cited,
                    who=owner_slot(snapshot, each), what=what, late=late, ticket=ticket, history=history)  # fmt: skip
    return replace(line, worded_by=engine.name, original=what.of) if what.basis is Basis.WORDED else line


def _worded(each: Commitment, engine: Wording) -> Slot:
    """The engine's imperative of the same facts; the check puts the note's own words back where it isn't one.

    What the template gives is an action already, and a model call costs a second.
    """
    slot = action_slot(each)
    if engine.name == "rules" or each.read_by is ReadBy.TEMPLATE:
        return slot
    said = engine.imperative(slot.text)
    if said is None or said == slot.text:
        return slot
    return Slot(said, Basis.WORDED, of=slot.text, fallback=slot.text)


def _rough(snapshot: Snapshot, each: Commitment) -> Line:
    return fact("Heard, not agreed: {who}: “{what}” Confirm or strike?", snapshot, sources_of(each),
                who=owner_slot(snapshot, each), what=action_slot(each))  # fmt: skip


def _suggested(snapshot: Snapshot, each: Commitment) -> Line:
    who, due = snapshot.people[snapshot.pair.mentee], day_text(_next(snapshot))
    return suggest(composed("{who}: {what} · due {due} · calendar entry", who=who, what=each.action, due=due))


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
