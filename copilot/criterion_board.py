"""A pair's criteria as they stand: drafted anew from a home, linked to commitments, with who agreed and signed.

What ``coach criteria``, ``coach trace`` and ``coach commitments --json`` share. A sponsor never gets a board: they read
what both of the pair agreed (``offers``), and nothing of the notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from copilot.bootstrap import Copilot
from copilot.criteria import all_criteria
from copilot.criterion_links import Link, links
from copilot.criterion_signing import CriterionWord, Offered, SignOff, masked_parts, offered, sign_off
from copilot.declared import rules_of
from copilot.drafts import Criterion
from copilot.errors import NotFound, Usage
from copilot.ledger import fold
from copilot.snapshot import Request, Snapshot, collect
from copilot.tracing import Trace, trace
from guards.access import Grant, Principal, ReadConversation, ReadCriteria, authorize
from guards.roster_mask import mask_known
from guards.text import RedactedText

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Board:
    """The criteria of a pair on a day: that of the decision at hand, the first one, and what other decisions state."""

    snapshot: Snapshot
    criteria: tuple[Criterion, ...]
    links: Mapping[str, Link]
    signed: Mapping[str, SignOff]
    gone: tuple[CriterionWord, ...] = ()
    """Words on criteria that no note gives any more."""


def board(copilot: Copilot, pair: str, *, principal: Principal, day: date | None = None) -> Board:
    """Draft every criterion of the pair and look up what was said of each.

    Raises:
        NotFound: the programme has no such pair.
        NotPermitted: the principal is not of this pair.
    """
    snapshot = snapshot_for(copilot, Request(pair, day), principal=principal)
    criteria = all_criteria(snapshot, rules=rules_of(snapshot))
    words = copilot.record.criterion_words(authorize(principal, ReadCriteria, pair))
    with copilot.record.vaults.open(pair) as vault:
        signed = {each.id: sign_off(each, words, mask=lambda text: mask_known(text, vault=vault)) for each in criteria}
    known = {alias for each in criteria for alias in (each.id, *each.aliases)}
    gone = {each.criterion: each for each in words if each.criterion not in known}
    return Board(snapshot, criteria, links(snapshot.commitments, criteria), signed, tuple(gone.values()))


def snapshot_for(copilot: Copilot, request: Request, *, principal: Principal) -> Snapshot:
    """What is known about the pair for a day, without an engine or a search.

    Raises:
        NotFound: the programme has no such pair.
        NotPermitted: the principal is not of this pair.
    """
    reader = copilot.record.reader(authorize(principal, ReadConversation, request.pair))
    with copilot.record.vaults.open(request.pair) as vault:
        return collect(
            request, programme=copilot.programme(), reader=reader, vault=vault, corpus=copilot.corpus, fold=fold,
            opted_in=copilot.opted_in(request.pair),
        )  # fmt: skip


def traced(found: Board, *, every: bool = False) -> Trace:
    """The board as a graph."""
    states = {each: signed.state.value for each, signed in found.signed.items()}
    return trace(found.snapshot, found.criteria, found.links, states=states, every=every)


def offers(copilot: Copilot, grant: Grant[ReadCriteria]) -> tuple[tuple[Offered, CriterionWord | None], ...]:
    """What both of the pair agreed, names masked as they are known now, each with the sign-off of that very text."""
    words = copilot.record.criterion_words(grant)
    found: list[tuple[Offered, CriterionWord | None]] = []
    with copilot.record.vaults.open(grant.pair) as vault:

        def mask(text: RedactedText) -> RedactedText:
            return mask_known(text, vault=vault)

        for each in offered(words):
            signs = [one for one in words if one.kind.value == "sign" and one.criterion == each.criterion]
            signed = next((one for one in reversed(signs) if (one.parts, one.kpi) == (each.parts, each.kpi)), None)
            shown = Offered(each.criterion, masked_parts(each.parts, mask), each.kpi, each.agreed_on)
            found.append((shown, signed))
    return tuple(found)


def by_prefix(ids: Mapping[str, tuple[str, ...]], prefix: str) -> str:
    """The one criterion whose id, or one of whose aliases, starts with ``prefix``.

    Raises:
        Usage: the prefix is too short or fits several.
        NotFound: it fits none.
    """
    if len(prefix) < _SHORTEST:
        raise Usage(f"a criterion id needs at least {_SHORTEST} characters; see coach criteria PAIR")
    fits = [each for each, aliases in ids.items() if any(one.startswith(prefix) for one in (each, *aliases))]
    if not fits:
        raise NotFound("no criterion has that id; see coach criteria PAIR")
    if len(fits) > 1:
        raise Usage(f"that id fits {len(fits)} criteria; give more of its characters")
    return fits[0]
