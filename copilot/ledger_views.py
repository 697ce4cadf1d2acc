"""What commands need of the ledger: one commitment by id prefix, and the JSON shape of interfaces.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from copilot.errors import NotFound, Usage
from copilot.mentions import Commitment
from guards.text import RedactedText

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
