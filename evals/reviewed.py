"""People's decisions on flags as cases: what was weighed, in numbers and days, and what a person said of it.

A case holds no word of a note, no name and no reason that was written: only days moved to another year, counts, signals
of the product's own list and fixed terms. Taken from pairs whose two people both allow evaluation; the log says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from copilot.bootstrap import Copilot
from copilot.errors import BadInput
from copilot.flagging import known_histories
from copilot.flags.flag import Flag, FlagKind, State
from copilot.flags.history import History
from copilot.flags.signals import Reading
from copilot.flags.stalled import stalled
from copilot.flags.weighing import scales, weigh
from copilot.programme import SessionStatus
from copilot.raising import MADE, category_of, raised
from copilot.review import Card
from copilot.reviewing import board, grants_of
from guards.access import Role
from guards.audit_log import Act, Entry
from guards.consent import Purpose

_ANCHOR: Final = date(2001, 1, 1)
"""A Monday: days are moved by whole weeks, since a flag looks back from Monday to Monday."""
_TERMS: Final = frozenset({*map(str, SessionStatus), *map(str, Role), "mentor", "mentee"})


class Reviewed(BaseModel):
    """One decided flag. ``day`` is when it was judged, in the moved calendar of ``history``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    kind: FlagKind
    category: str
    label: Literal["confirmed", "dismissed"]
    by_role: str
    day: date
    signals: Mapping[str, float]
    history: Mapping[str, Any] | None = None

    def raised_now(self) -> bool:
        """Whether today's rule, weights and bounds would raise it from the same record."""
        if self.history is not None:
            return stalled(TypeAdapter(History).validate_python(self.history), as_of=self.day) is not None
        known = scales().get(self.category)
        found = [Reading(name, value) for name, value in self.signals.items() if known and name in known.signals]
        return (
            known is not None and weigh(self.category, found, pair=self.id, as_of=self.day, since=self.day) is not None
        )


def learnt(copilot: Copilot, person: str) -> tuple[tuple[Reviewed, ...], int]:
    """The cases of what somebody may review and what was decided there, and how many could not be rebuilt.

    Raises:
        NotFound: the programme has no such person.
    """
    roles = {grant.pair: grant.role.value for grant in grants_of(copilot, person)}
    made: dict[str, list[Reviewed]] = {}
    lost = 0
    for card in board(copilot, person).cards:
        if card.state not in {State.CONFIRMED, State.DISMISSED} or not _allowed(copilot, card.finding.pair):
            continue
        case = _case(copilot, card)
        lost += case is None
        if case is not None:
            made.setdefault(card.finding.pair, []).append(case)
    for pair, cases in made.items():
        copilot.audit.append(Entry(Act.EXPORT, pair, person, roles[pair], detail="review-cases", count=len(cases)))
    return tuple(each for cases in made.values() for each in cases), lost


def _allowed(copilot: Copilot, pair: str) -> bool:
    known = copilot.programme().pair(pair)
    return known is not None and copilot.consents.pair_allows((known.mentor, known.mentee), Purpose.EVALUATION)


def _case(copilot: Copilot, card: Card) -> Reviewed | None:
    """The case of a card, from the record as it was on the day of its evidence; none where the flag is not there."""
    one, day = card.finding, card.finding.seen or card.finding.as_of
    flag = _flag(copilot, one.pair, one.kind, one.category, day)
    if flag is None:
        return None
    name = hashlib.sha256(f"review case\x1f{one.pair}\x1f{one.id}".encode()).hexdigest()[:16]
    history = next(iter(_histories(copilot, one.pair, day)), None) if one.kind is FlagKind.STALLED else None
    label: Literal["confirmed", "dismissed"] = "confirmed" if card.state is State.CONFIRMED else "dismissed"
    start = history.started if history else day
    return Reviewed(
        id=name, kind=one.kind, category=one.category, label=label, by_role=card.words[-1].role, day=_moved(day, start),
        signals=dict(_signals(flag)), history=bare(history, name=name) if history else None,
    )  # fmt: skip


def _flag(copilot: Copilot, pair: str, kind: FlagKind, category: str, day: date) -> Flag | None:
    if kind not in MADE:
        return None
    found = raised(copilot, days=[day], kinds={kind}, remark=lambda _: None, seen=lambda each, _: each == pair)[day]
    return next((each for each in found if each.pair == pair and category_of(each) == category), None)


def _histories(copilot: Copilot, pair: str, day: date) -> tuple[History, ...]:
    every = known_histories(copilot, as_of=day, remark=lambda _: None, seen=lambda each: each == pair)
    return tuple(each.seen_on(day) for each in every)


def _signals(flag: Flag) -> Iterator[tuple[str, float]]:
    """Each signal's value, from its points; ``stalled`` is judged from its history and needs none."""
    known = scales().get(flag.category)
    for each in flag.evidence:
        if known and each.source is not None and each.source in known.signals:
            yield each.source, each.points / known.signals[each.source].weight


def bare(history: History, *, name: str) -> Mapping[str, Any]:
    """A history as plain values: days moved, the pair under another name, and of strings fixed terms alone."""
    start = history.started

    def clean(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {str(at): clean(each, str(at)) for at, each in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        if isinstance(value, list | tuple):
            return [clean(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
        if isinstance(value, date):
            return _moved(value, start).isoformat()
        if isinstance(value, str):
            return name if key == "pair" else str(value) if str(value) in _TERMS else ""
        return value

    return clean(TypeAdapter(History).dump_python(history))


def _moved(day: date, start: date) -> date:
    return day - timedelta(days=(start - _ANCHOR).days // 7 * 7)


def read_cases(path: Path) -> tuple[Reviewed, ...]:
    """The cases of a file, a line each.

    Raises:
        BadInput: a line is no such case.
    """
    try:
        return tuple(
            Reviewed.model_validate_json(each) for each in path.read_text("utf-8").splitlines() if each.strip()
        )
    except ValidationError as error:
        where = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"])) or "the line"
        raise BadInput(f"{path.name}: a case does not fit at {where}; write it with coach eval cases") from None


def add_cases(path: Path, cases: tuple[Reviewed, ...]) -> int:
    """Add cases to a file; one that is there already takes the newer decision. Returns how many the file holds."""
    whole = {each.id: each for each in (*(read_cases(path) if path.is_file() else ()), *cases)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(each.model_dump_json() + "\n" for _, each in sorted(whole.items())), "utf-8")
    return len(whole)
