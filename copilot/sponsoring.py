"""What the sponsor of a pair sees, and signs: lines shared with them, what waits for them, the KPI, agreed criteria.

Everything comes by the sponsor's own grants: what those do not read cannot get in. Refuses a sign-off of a text other
than the one that was shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from copilot.bootstrap import Copilot
from copilot.criterion_board import offers
from copilot.criterion_signing import CriterionWord, Offered, sentence, signature
from copilot.errors import Usage
from copilot.listing import Listed, listed
from copilot.mentions import Commitment, CommitmentStatus
from copilot.programme import Kpi
from copilot.rendering.criteria import bare
from guards.access import Grant, Principal, ReadCriteria, SignCriteria, authorize
from guards.audit_log import Act, Entry
from guards.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Offer:
    """A criterion that both of the pair agreed. ``mark`` stands for its text as shown, ``signed`` is on that text."""

    criterion: str
    text: str
    kpi: str | None
    offered: Offered
    mark: str
    signed: CriterionWord | None


@dataclass(frozen=True, slots=True)
class Sponsored:
    """A pair as its sponsor sees it. ``criteria`` is ``None`` while somebody's withdrawn consent closes them."""

    pair: str
    listed: Listed
    waiting: tuple[Commitment, ...]
    shared: tuple[Commitment, ...]
    kpi: Kpi | None
    criteria: tuple[Offer, ...] | None


def sponsored(copilot: Copilot, pair: str, *, principal: Principal) -> Sponsored:
    """A pair for its sponsor, as of today.

    Raises:
        NotPermitted: the principal is not the sponsor of this pair.
    """
    authorize(principal, SignCriteria, pair)
    found = listed(copilot, pair, principal=principal, as_of=copilot.today, every=True)
    programme = copilot.programme()
    known = programme.pair(pair)
    kpi = next((each for each in programme.kpis if known and each.id == known.kpi), None)
    mine = [
        each for each in found.listing.commitments
        if each.owner == principal.person and each.status is CommitmentStatus.OPEN
    ]  # fmt: skip
    rest = tuple(each for each in found.listing.commitments if each not in mine)
    waiting = tuple(sorted(mine, key=lambda each: -each.age_days))
    return Sponsored(pair, found, waiting, rest, kpi, _criteria(copilot, pair, principal))


def sign(copilot: Copilot, criterion: str, *, grant: Grant[SignCriteria], mark: str, at: datetime) -> CriterionWord:
    """Sign off a criterion as it was shown.

    Raises:
        Usage: the pair agreed another text since, none at all, or this one is signed already.
        AuditUnwritable: the audit log cannot be kept; nothing is signed.
    """
    reading = authorize(grant.principal, ReadCriteria, grant.pair)
    words = copilot.record.criterion_words(reading)
    word = signature(criterion, words, grant=grant, at=at, day=copilot.today)
    shown = next(each for each in _offers(copilot, reading) if each.criterion == criterion)
    if shown.mark != mark:
        raise Usage(f"{criterion}: the pair agreed another text since you read it: load it again, then sign")
    copilot.audit.append(Entry(Act.CRITERION, grant.pair, word.by, word.role, word.id, word.kind.value))
    copilot.record.append_criterion_word(word, grant)
    return word


def _criteria(copilot: Copilot, pair: str, principal: Principal) -> tuple[Offer, ...] | None:
    try:
        return _offers(copilot, authorize(principal, ReadCriteria, pair))
    except NotPermitted:
        return None


def _offers(copilot: Copilot, grant: Grant[ReadCriteria]) -> tuple[Offer, ...]:
    return tuple(
        Offer(each.criterion, bare(sentence(dict(each.parts))), each.kpi, each, _mark(each), signed)
        for each, signed in offers(copilot, grant)
    )


def _mark(each: Offered) -> str:
    said = "\x1f".join([each.criterion, each.kpi or "", *(f"{name}\x1e{text}" for name, text in each.parts)])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
