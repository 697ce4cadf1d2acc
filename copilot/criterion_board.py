"""A pair's criteria as they stand: drafted anew from a home, linked to commitments, with who agreed and signed.

What ``coach criteria``, ``coach trace`` and ``coach commitments --json`` share. A sponsor never gets a board: they read
what both of the pair agreed (``offers``), and nothing of the notes.
"""

from __future__ import annotations

from datetime import date

from copilot.bootstrap import Copilot
from copilot.criteria import all_criteria
from copilot.criterion_links import links
from copilot.criterion_signing import CriterionWord, Offered, masked_parts, offered, sign_off
from copilot.criterion_views import Board
from copilot.declared import rules_of
from copilot.ledger import fold
from copilot.snapshot import Request, Snapshot, collect
from guards.access import Grant, Principal, ReadConversation, ReadCriteria, authorize
from guards.roster_mask import mask_known
from guards.text import RedactedText


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
