"""Who may have what erased where people sign in, and a pair's two words for it.

A person has their own person erased. A pair is erased when both of its people asked for it: the first word is kept,
the second is carried out. Nobody else asks: whoever owns the home may erase at any rate, as with ``coach erase``.
Papers and consent close nothing here: to have one's own material erased is a right, not a view.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

from copilot.bootstrap import Copilot
from copilot.erasure_records import Target, write_whole
from copilot.errors import BadInput, NotFound
from copilot.programme import Pair
from guards.errors import NotPermitted

GOOD_DAYS: Final = 14
"""Days for which the first word of a pair waits for the second; two weekly sessions lie within (our choice)."""
_FILE: Final = "erasures-asked.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """The first word of a pair: who asked on which day, and whose word is missing."""

    pair: str
    by: str
    day: date
    waits_for: str

    @property
    def until(self) -> date:
        """The last day on which the second word counts."""
        return self.day + timedelta(days=GOOD_DAYS)


def ask(copilot: Copilot, target: Target, *, by: str, typed: str) -> Asked | None:
    """A person's word that something be erased; ``None`` where it may be erased now.

    Raises:
        NotPermitted: it is not theirs to have erased; what is not there reads the same.
        BadInput: the id that they typed to confirm is another.
    """
    if target.kind == "person":
        if target.id != by or copilot.programme().person(by) is None:
            raise _not_theirs()
        _confirmed(target, typed)
        return None
    pair = _own_pair(copilot, target.id, by)
    _confirmed(target, typed)
    standing = _standing(copilot)
    first = standing.get(pair.id)
    if first is not None and first[0] != by and first[0] in {pair.mentor, pair.mentee}:
        return None
    _keep(copilot, {**standing, pair.id: (by, copilot.today)})
    return _asked(pair, by, copilot.today)


def asked_of(copilot: Copilot, person: str) -> tuple[Asked, ...]:
    """The words that wait in a person's own pairs."""
    standing = _standing(copilot)
    own = [each for each in copilot.programme().pairs if person in {each.mentor, each.mentee}]
    return tuple(_asked(each, *standing[each.id]) for each in own if each.id in standing)


def take_back(copilot: Copilot, pair_id: str, *, by: str) -> None:
    """Let a pair's first word count no more: whoever gave it thought better, or the other says no.

    Raises:
        NotFound: nothing of theirs waits.
    """
    pair = _own_pair(copilot, pair_id, by)
    standing = _standing(copilot)
    if pair.id not in standing:
        raise NotFound("nothing waits for this pair: it was taken back, or its time is over")
    _keep(copilot, {name: word for name, word in standing.items() if name != pair.id})


def done(copilot: Copilot, target: Target) -> None:
    """Forget the word of a pair that was erased, or that somebody gave who was."""
    standing = _standing(copilot)
    kept = {pair: word for pair, word in standing.items() if target.id not in {pair, word[0]}}
    if kept != standing:
        _keep(copilot, kept)


def _own_pair(copilot: Copilot, pair_id: str, person: str) -> Pair:
    pair = copilot.programme().pair(pair_id)
    if pair is None or person not in {pair.mentor, pair.mentee}:
        raise _not_theirs()
    return pair


def _not_theirs() -> NotPermitted:
    return NotPermitted("a person has their own person erased, and both of a pair their pair: this is neither")


def _confirmed(target: Target, typed: str) -> None:
    if typed.strip() != target.id:
        raise BadInput(f"type {target.id} to confirm: something else was typed, and nothing was erased")


def _asked(pair: Pair, by: str, day: date) -> Asked:
    other = pair.mentee if by == pair.mentor else pair.mentor
    return Asked(pair.id, by, day, other)


def _standing(copilot: Copilot) -> dict[str, tuple[str, date]]:
    path = copilot.home.path / _FILE
    if not path.is_file():
        return {}
    shape = cast("Mapping[str, list[str]]", json.loads(path.read_text("utf-8")))
    since = copilot.today - timedelta(days=GOOD_DAYS)
    words = {pair: (by, date.fromisoformat(day)) for pair, (by, day) in shape.items()}
    return {pair: word for pair, word in words.items() if word[1] >= since}


def _keep(copilot: Copilot, standing: Mapping[str, tuple[str, date]]) -> None:
    shape = {pair: [by, day.isoformat()] for pair, (by, day) in sorted(standing.items())}
    write_whole(copilot.home.path / _FILE, json.dumps(shape).encode())
