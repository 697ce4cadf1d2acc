"""What readers need of the ledger: one by id prefix, whose owner has left, and the JSON shape of interfaces.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from copilot.errors import NotFound, Usage
from copilot.ledger_states import state_of
from copilot.ledger_threads import AT_ONCE
from copilot.mentions import Commitment
from copilot.programme import Pair, Programme
from guards.access import Role
from guards.text import RedactedText, house

OWNER_LEFT: Final = house("Its owner is no longer with this pair: who takes it?")
_OF_PAIRS: Final = frozenset({Role.MENTOR_COACH, Role.MENTEE})
_SHORTEST = 4


def by_prefix(commitments: Iterable[Commitment], prefix: str) -> Commitment:
    """The commitment whose id, or one of whose aliases, starts with ``prefix``.

    Raises:
        Usage: the prefix is shorter than four characters or fits several commitments.
        NotFound: it fits none.
    """
    if len(prefix) < _SHORTEST:
        raise Usage(f"commitment id needs at least {_SHORTEST} characters; see `coach commitments PAIR`")
    fits = [each for each in commitments if any(known.startswith(prefix) for known in (each.id, *each.aliases))]
    if not fits:
        raise NotFound("no commitment has that id; see `coach commitments PAIR --all`")
    if len(fits) > 1:
        raise Usage(f"that id fits {len(fits)} commitments; give more of its characters")
    return fits[0]


def with_owners_gone(commitments: Sequence[Commitment], *, pair: Pair, programme: Programme) -> tuple[Commitment, ...]:
    """The same commitments; one that still runs though its owner has left the pair asks who takes it.

    Nothing of theirs goes: re-pairing is no reason to drop anything. Another question that somebody has to settle about
    it comes first.
    """
    gone = {each.owner for each in commitments if each.owner and _left(each.owner, pair, programme)}
    return tuple(
        replace(each, question=OWNER_LEFT)
        if each.owner in gone and state_of(each.status).running and not (each.unsettled or each.question == AT_ONCE)
        else each
        for each in commitments
    )  # fmt: skip


def _left(owner: str, pair: Pair, programme: Programme) -> bool:
    """Whether somebody was of the pair, or of any pair, and is not any more; others may owe things from outside."""
    if owner in {pair.mentor, pair.mentee, pair.sponsor}:
        return False
    person = programme.person(owner)
    if person is None or owner in {each.previous for each in pair.mentor_changes}:
        return True
    paired = {who for each in programme.pairs for who in (each.mentor, each.mentee)}
    return bool(person.roles) and person.roles <= _OF_PAIRS and owner not in paired


def as_json(
    commitment: Commitment,
    *,
    shown: Callable[[RedactedText], str],
    kpi: str | None = None,
    criterion: str | None = None,
) -> dict[str, object]:
    """The ``Commitment`` shape of interfaces.md. ``shown`` restores names for whoever may see them.

    ``kpi`` is the id of the pair's measure, ``criterion`` that of the criterion it serves for sure. Citations that
    name no source (a sponsor's) are left out.
    """
    owner = shown(commitment.owner_text) if commitment.owner is None and commitment.owner_text else commitment.owner
    return {
        "id": commitment.id,
        "owner": owner,
        "action": shown(commitment.action),
        "due": commitment.due.isoformat() if commitment.due else None,
        "ticket": commitment.ticket,
        "status": commitment.status.value,
        "first_agreed": commitment.first_agreed.isoformat(),
        "age_days": commitment.age_days,
        "times_carried": commitment.times_carried,
        "kpi": kpi,
        "criterion": criterion,
        "citations": [
            {"source": shown(each.source), "line_from": each.first, "line_to": each.last, "quote": shown(each.quote)}
            for each in commitment.citations
            if each.source
        ],
    }
