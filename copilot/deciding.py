"""A person's word on commitments: which ones are meant, whether it may be said, and the decisions to append.

Refuses to drop or deny without a reason, to share for anybody but the mentee, and to guess which commitment an id
means. Nothing is written here: either every id holds, or none is decided.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from copilot.errors import Usage
from copilot.ledger_views import by_prefix
from copilot.mentions import Commitment, CommitmentStatus, Decision, DecisionKind
from guards.access import DecideCommitments, Grant, Role
from guards.errors import NotPermitted
from guards.text import RedactedText

NEEDS_REASON: Final = frozenset({DecisionKind.DROP, DecisionKind.DENY})
_SHARING: Final = frozenset({DecisionKind.SHARE, DecisionKind.UNSHARE})
_TAKES_DUE: Final = frozenset({DecisionKind.MOVE, DecisionKind.CONFIRM})


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says: the kind, the day it counts from, and what goes with it. ``reason`` is redacted already."""

    kind: DecisionKind
    day: date
    reason: RedactedText | None = None
    due: date | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A commitment and what is to be appended about it."""

    commitment: Commitment
    decisions: tuple[Decision, ...]


def checked_word(
    kind: DecisionKind, *, has_reason: bool, due: date | None, owner: str | None, known: Iterable[str]
) -> None:
    """Whether the word is complete, before anything is looked up.

    Raises:
        Usage: a reason, a date or a person is missing, unknown or out of place.
    """
    if kind in NEEDS_REASON and not has_reason:
        raise Usage(f"to {kind.value} a commitment, say why: --reason TEXT (it is kept with the pair only)")
    if kind is DecisionKind.MOVE and due is None and owner is None:
        raise Usage("to move a commitment, say when or to whom: --due YYYY-MM-DD or --owner ID")
    if kind not in _TAKES_DUE and (due is not None or owner is not None):
        raise Usage(f"--due and --owner go with move and confirm, not with {kind.value}")
    if owner is not None and owner not in set(known):
        raise Usage("--owner takes a person's id from the programme: see people in programme.yaml")


def decide(
    ids: Sequence[str],
    word: Word,
    *,
    commitments: Sequence[Commitment],
    grant: Grant[DecideCommitments],
    at: datetime,
) -> tuple[Decided, ...]:
    """The decisions for each id or prefix.

    Raises:
        NotPermitted: somebody other than the mentee shares a line.
        NotFound: an id fits no commitment.
        Usage: an id fits several, or the commitment is in no state for this word.
    """
    if word.kind in _SHARING and grant.role is not Role.MENTEE:
        raise NotPermitted(f"{word.kind.value}: lines are the mentee's to share; run it as them, with --as mentee")
    meant = {each.id: each for each in (by_prefix(commitments, one) for one in ids)}
    for each in meant.values():
        _check_state(each, word.kind)
    return tuple(Decided(each, tuple(_decisions(each, word, grant, at))) for each in meant.values())


def _check_state(commitment: Commitment, kind: DecisionKind) -> None:
    if commitment.status is CommitmentStatus.DENIED and kind is not DecisionKind.CONFIRM:
        raise Usage(f"{commitment.id[:8]} was denied: confirm it first if it stands after all")
    closed = commitment.status in {CommitmentStatus.DONE, CommitmentStatus.DROPPED}
    if kind is DecisionKind.MOVE and closed:
        raise Usage(f"{commitment.id[:8]} is {commitment.status.value}: confirm it to open it again, then move it")


def _decisions(commitment: Commitment, word: Word, grant: Grant[DecideCommitments], at: datetime) -> Iterator[Decision]:
    # Who shares a line says that it stands; a finished one must not be opened again by that.
    open_unconfirmed = commitment.status in {CommitmentStatus.OPEN, CommitmentStatus.CANDIDATE}
    if word.kind is DecisionKind.SHARE and open_unconfirmed and not commitment.confirmed:
        yield _decision(commitment, Word(DecisionKind.CONFIRM, word.day), grant, at)
    yield _decision(commitment, word, grant, at)


def _decision(commitment: Commitment, word: Word, grant: Grant[DecideCommitments], at: datetime) -> Decision:
    who = grant.principal.person
    key = "\x1f".join((commitment.pair, commitment.id, word.kind.value, who, at.isoformat()))
    return Decision(
        hashlib.sha256(key.encode()).hexdigest()[:16], commitment.pair, commitment.id, word.kind, who, at,
        max(word.day, commitment.first_agreed), word.reason, word.due, word.owner,
    )  # fmt: skip
