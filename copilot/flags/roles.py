"""Role guards: an approval or engineering task in the coach's place, no authority to escalate, caseload over the cap.

Counts commitments and pairs; says nothing of how anybody works. A cap or a charter that is not on file is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from copilot.flags.flag import Flag
from copilot.flags.record import PairRecord
from copilot.flags.signals import Reading
from copilot.flags.weighing import weigh
from copilot.flags.words import begins, hits, words
from copilot.mentions import Commitment, CommitmentStatus


def roles(record: PairRecord) -> Iterator[Flag]:
    """Every role guard on one pair."""
    if record.over:
        return
    for flag in (
        _written(record, "approval"), _written(record, "execution"), _authority(record), _caseload(record),
    ):  # fmt: skip
        if flag is not None:
            yield flag


def is_approval(action: str) -> bool:
    """Whether an action is to approve or sign something off; not to ask for it, nor to sign the coach's own papers."""
    return begins(action, words().approves) and not hits(action, words().approves_not)


def is_engineering(action: str) -> bool:
    """Whether an action is to make, mend or run a piece of software, and not a sheet, a question or a plan."""
    return (
        begins(action, words().engineers)
        and bool(hits(action, words().engineered))
        and not hits(action, words().engineers_not)
    )


def _written(record: PairRecord, category: str) -> Flag | None:
    fits = is_approval if category == "approval" else is_engineering
    mine = [each for each in record.commitments or () if _of_coach(record, each) and fits(str(each.action))]
    if not mine:
        return None
    first, sure = min(each.first_agreed for each in mine), sum(each.confirmed for each in mine)
    found = [Reading("written", min(len(mine), 3), len(mine), first), Reading("confirmed", min(sure, 3), sure)]
    return weigh(category, found, pair=record.pair.id, as_of=record.on, since=first)


def _of_coach(record: PairRecord, each: Commitment) -> bool:
    return each.owner == record.pair.mentor and each.status is CommitmentStatus.OPEN


def _authority(record: PairRecord) -> Flag | None:
    rules = record.pair.escalation
    if rules is None or rules.authority:
        return None
    recent = set(record.met[-2:])
    old = [
        each
        for each in record.blockers or ()
        if each.category is not None and each.cleared is None and each.last in recent
        and (record.on - each.since).days > rules.after_days
    ]  # fmt: skip
    found = [
        Reading("none", 1.0),
        Reading("blocked", min(len(old), 3), len(old), None, rules.after_days),
    ]
    since = min((each.since for each in old), default=record.started)
    return weigh("authority", found, pair=record.pair.id, as_of=record.on, since=since)


def _caseload(record: PairRecord) -> Flag | None:
    cap = record.caseload_cap
    if cap is None or record.pairs_of_coach <= cap:
        return None
    over = Reading("over", min(record.pairs_of_coach - cap, 3), record.pairs_of_coach, None, cap)
    return weigh("caseload", [over], pair=record.pair.id, as_of=record.on, since=record.started)
