"""Where a criterion stands with the people it binds: proposed, agreed by the pair, signed off by the sponsor, changed.

Words are appended and never edited. A word is on the text as it read then, without the decision's own note line; when
the text changes, what was said of the older one no longer counts. A sponsor is offered only what both agreed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from copilot.drafts import Criterion
from copilot.errors import Usage
from guards.access import AgreeCriteria, Grant, Role, SignCriteria
from guards.text import RedactedText, house, joined
from guards.tokens import day_text

Mask = Callable[[RedactedText], RedactedText]
_PAIR: Final = (Role.MENTOR_COACH.value, Role.MENTEE.value)


class State(StrEnum):
    """Where a criterion stands."""

    PROPOSED = "proposed"
    AGREED = "agreed by the pair"
    SIGNED = "signed off"
    CHANGED = "changed since sign-off"


class WordKind(StrEnum):
    """What a person said of a criterion."""

    AGREE = "agree"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class CriterionWord:
    """A person's word on a criterion as it read: its parts by name, and the KPI it counts towards."""

    id: str
    pair: str
    criterion: str
    kind: WordKind
    by: str
    role: str
    at: datetime
    day: date
    parts: tuple[tuple[str, RedactedText], ...]
    kpi: str | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A criterion's state, who agreed the text as it reads now, who signed which day, and which parts changed since."""

    state: State
    agreed: tuple[str, ...] = ()
    signed_by: str | None = None
    signed_on: date | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """A text that both of the pair agreed: what a sponsor sees and signs."""

    criterion: str
    parts: tuple[tuple[str, RedactedText], ...]
    kpi: str | None
    agreed_on: date


def parts_of(criterion: Criterion) -> tuple[tuple[str, RedactedText], ...]:
    """What a word is given on; the note line of the decision is the pair's and is left out."""
    due = day_text(criterion.due, year=True) if criterion.due else None
    who = criterion.verified_by if isinstance(criterion.verified_by, RedactedText) else None
    every = (
        ("given", criterion.given), ("when", criterion.when), ("then", criterion.then),
        ("threshold", criterion.threshold), ("source", criterion.source), ("verified by", who), ("date", due),
    )  # fmt: skip
    return tuple((name, text) for name, text in every if text is not None)


def sign_off(criterion: Criterion, words: Iterable[CriterionWord], *, mask: Mask) -> SignOff:
    """The state of a criterion as it reads now. ``mask`` hides in older words what the vault has learnt since."""
    own = [each for each in words if each.criterion in {criterion.id, *criterion.aliases}]
    now = (masked_parts(parts_of(criterion), mask), criterion.kpi)
    same = [each for each in own if (masked_parts(each.parts, mask), each.kpi) == now]
    agreed = tuple(role for role in _PAIR if any(each.kind is WordKind.AGREE and each.role == role for each in same))
    signed = next((each for each in reversed(own) if each.kind is WordKind.SIGN), None)
    if signed is None:
        return SignOff(State.AGREED if len(agreed) == len(_PAIR) else State.PROPOSED, agreed)
    changed = _changed(dict(masked_parts(signed.parts, mask)), dict(now[0]))
    if signed.kpi != criterion.kpi:
        changed = (*changed, "KPI")
    state = State.CHANGED if changed else State.SIGNED
    return SignOff(state, agreed, signed.by, signed.day, changed)


def offered(words: Sequence[CriterionWord]) -> tuple[Offered, ...]:
    """The latest text of each criterion that both of the pair agreed, in the order it was agreed."""
    found: dict[str, Offered] = {}
    agreed: dict[tuple[object, ...], set[str]] = {}
    for each in words:
        if each.kind is WordKind.AGREE:
            roles = agreed.setdefault((each.criterion, each.parts, each.kpi), set())
            roles.add(each.role)
            if roles >= set(_PAIR):
                found[each.criterion] = Offered(each.criterion, each.parts, each.kpi, each.day)
    return tuple(found.values())


def shown_to_sponsor(words: Sequence[CriterionWord]) -> tuple[CriterionWord, ...]:
    """The words on texts that both agreed, and the sponsor's own; a half-agreed text is not theirs to see."""
    open_to = {(each.criterion, each.parts) for each in offered(words)}
    return tuple(each for each in words if each.kind is WordKind.SIGN or (each.criterion, each.parts) in open_to)


def agreement(criterion: Criterion, *, grant: Grant[AgreeCriteria], at: datetime, day: date) -> CriterionWord:
    """The word of one of the pair that they agree the text as it reads now.

    Raises:
        Usage: there is no testable statement in it yet.
    """
    if criterion.then is None:
        raise Usage(f"{criterion.id} says nothing testable yet: answer what it needs in a note, then agree it")
    said = Offered(criterion.id, parts_of(criterion), criterion.kpi, day)
    return _word(said, WordKind.AGREE, grant=grant, at=at)


def signature(
    criterion_id: str, words: Sequence[CriterionWord], *, grant: Grant[SignCriteria], at: datetime, day: date
) -> CriterionWord:
    """The sponsor's word on the text that the pair agreed.

    Raises:
        Usage: the pair has agreed no text of that criterion, or the sponsor signed this one already.
    """
    text = next((each for each in offered(words) if each.criterion == criterion_id), None)
    if text is None:
        raise Usage(
            f"{criterion_id} is not agreed by both of the pair yet, so there is nothing to sign:"
            " each agrees it with coach criteria agree"
        )
    if any(each.kind is WordKind.SIGN and (each.criterion, each.parts, each.kpi) == (criterion_id, text.parts, text.kpi)
           for each in words):  # fmt: skip
        raise Usage(f"{criterion_id} is signed off already as it reads")
    return _word(replace(text, agreed_on=day), WordKind.SIGN, grant=grant, at=at)


def masked_parts(parts: Iterable[tuple[str, RedactedText]], mask: Mask) -> tuple[tuple[str, RedactedText], ...]:
    """The parts with every name masked that is known by now."""
    return tuple((name, mask(text)) for name, text in parts)


def sentence(parts: Mapping[str, RedactedText]) -> RedactedText:
    """An agreed text on one line."""
    given, when = parts.get("given"), parts.get("when")
    said = [joined(" ", [lead, text]) for lead, text in (
        (house("Given"), given), (house("when"), when), (house("then"), parts.get("then")),
        (house("verified by"), parts.get("verified by")), (house("by"), parts.get("date")),
    ) if text]  # fmt: skip
    return joined(", ", said)


def _changed(then: Mapping[str, RedactedText], now: Mapping[str, RedactedText]) -> tuple[str, ...]:
    names = dict.fromkeys([*now, *then])
    return tuple(name for name in names if then.get(name) != now.get(name))


def _word(
    said: Offered, kind: WordKind, *, grant: Grant[AgreeCriteria] | Grant[SignCriteria], at: datetime
) -> CriterionWord:
    who = grant.principal.person
    key = "\x1f".join((grant.pair, said.criterion, kind.value, who, at.isoformat()))
    named = hashlib.sha256(key.encode()).hexdigest()[:16]
    return CriterionWord(
        named, grant.pair, said.criterion, kind, who, grant.role.value, at, said.agreed_on, said.parts, said.kpi
    )
