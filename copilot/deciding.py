"""A person's word on commitments: which ones are meant, whether it may be said, and the decisions to append.

Refuses to drop or deny without a reason, to share for anybody but the mentee, what the table of states refuses
(``ledger_states.py``), and to guess which commitment an id means. Nothing is written here: either every id holds, or
none is decided.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from copilot.errors import Usage
from copilot.ledger_states import NEEDS_REASON, OF_PEOPLE, state_of, step
from copilot.ledger_views import by_prefix
from copilot.mentions import Commitment, Decision, DecisionKind
from guards.access import DecideCommitments, Grant, Role
from guards.errors import NotPermitted
from guards.text import RedactedText

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
    _check_reason(kind, has_reason=has_reason)
    if kind is DecisionKind.MOVE and due is None and owner is None:
        raise Usage("to move a commitment, say when or to whom: --due YYYY-MM-DD or --owner ID")
    if kind not in _TAKES_DUE and (due is not None or owner is not None):
        raise Usage(f"--due and --owner go with move and confirm, not with {kind.value}")
    if owner is not None and owner not in set(known):
        raise Usage("--owner takes a person's id from the programme: see people in programme.yaml")


def _check_reason(kind: DecisionKind, *, has_reason: bool) -> None:
    if OF_PEOPLE[kind] in NEEDS_REASON and not has_reason:
        raise Usage(f"to {kind.value} a commitment, say why: --reason TEXT (it is kept with the pair only)")


def decide(  # noqa: PLR0913 - what a word rests on
    ids: Sequence[str],
    word: Word,
    *,
    commitments: Sequence[Commitment],
    said: Sequence[Decision],
    grant: Grant[DecideCommitments],
    at: datetime,
) -> tuple[Decided, ...]:
    """The decisions for each id or prefix. ``said`` are the words that whoever decides has seen, oldest first.

    Raises:
        NotPermitted: somebody other than the mentee shares a line.
        NotFound: an id fits no commitment.
        Usage: an id fits several, the commitment is in no state for this word, or a reason is missing.
    """
    _check_reason(word.kind, has_reason=bool(word.reason and word.reason.strip()))
    if word.kind in _SHARING and grant.role is not Role.MENTEE:
        raise NotPermitted(f"{word.kind.value}: lines are the mentee's to share; run it as them, with --as mentee")
    meant = {each.id: each for each in (by_prefix(commitments, one) for one in ids)}
    for each in meant.values():
        refused = step(state_of(each.status), OF_PEOPLE[word.kind]).refused
        if refused:
            raise Usage(f"{each.id[:8]} {refused}")
    return tuple(Decided(each, tuple(_decisions(each, word, said, grant, at))) for each in meant.values())


def _decisions(
    commitment: Commitment, word: Word, said: Sequence[Decision], grant: Grant[DecideCommitments], at: datetime
) -> Iterator[Decision]:
    seen = next((each.id for each in reversed(said) if each.commitment in {commitment.id, *commitment.aliases}), "")
    # Who shares a line says that it stands; a finished one must not be opened again by that.
    confirms = step(state_of(commitment.status), OF_PEOPLE[word.kind]).confirms
    if confirms and word.kind is not DecisionKind.CONFIRM and not commitment.confirmed:
        yield _decision(commitment, Word(DecisionKind.CONFIRM, word.day), seen, grant, at)
    yield _decision(commitment, word, seen, grant, at)


def _decision(commitment: Commitment, word: Word, seen: str, grant: Grant[DecideCommitments], at: datetime) -> Decision:
    who = grant.principal.person
    key = "\x1f".join((
        commitment.pair, commitment.id, word.kind.value, who, at.isoformat(), str(word.due), word.owner or "",
    ))  # fmt: skip
    return Decision(
        hashlib.sha256(key.encode()).hexdigest()[:16], commitment.pair, commitment.id, word.kind, who, at,
        max(word.day, commitment.first_agreed), word.reason, word.due, word.owner, seen,
    )  # fmt: skip
