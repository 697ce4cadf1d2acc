"""Merges a programme file, whole or in part, into the programme of a home: rows by id, nothing dropped.

A row that the file leaves out stays; so does a field that a row leaves out, and every entry of a list such as leave or
pauses. A session is known by pair and day, a pulse by pair, person and day, a period by its days. Works on plain rows
as a person writes them, so that the file's own schema judges the outcome.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from copilot.programme import Pair, Period, Person, Programme, SessionRecord
from guards.access import Role

Plain = dict[str, object]

_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("id",), "kpis": ("id",), "pairs": ("id",),
    "sessions": ("pair", "date"), "pulses": ("pair", "by", "date"),
    "away": ("from", "to"), "pauses": ("from", "to"), "holidays": ("from", "to"), "mentor_changes": ("date",),
}  # fmt: skip
"""What makes a row the same row."""
SECTIONS: Final = ("people", "kpis", "pairs", "sessions", "pulses")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a file's rows of one section did, and how many rows it left out stay as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0


def merged(before: Plain, update: Plain) -> Plain:
    """The rows of a home with those of a file on top; what is no row is left for the schema to refuse."""
    return cast("Plain", _merge_values("", before, update))


def completed(before: Plain, update: Plain) -> Plain:
    """The file's own rows in the file's order, each filled up from the row of the home that it updates."""
    return {
        name: _filled(name, _rows(before.get(name)), cast("list[object]", value))
        if name in SECTIONS and isinstance(value, list)
        else value
        if isinstance(value, list)
        else _merge_values(name, before.get(name), value)
        for name, value in update.items()
    }


def counts(before: Plain, after: Plain, update: Plain) -> dict[str, Counts]:
    """What each section's rows did; a section without a row anywhere is left out."""
    found: dict[str, Counts] = {}
    for name in SECTIONS:
        rows = _rows(update.get(name))
        key = _key_of(name, _rows(before.get(name)), rows)
        old, new = ({key(row): row for row in _rows(each.get(name))} for each in (before, after))
        named = {key(row) for row in rows}
        fresh = sum(each not in old for each in named)
        changed = sum(each in old and old[each] != new.get(each) for each in named)
        told = Counts(fresh, changed, len(named) - fresh - changed, len(set(old) - named))
        if told != Counts():
            found[name] = told
    return found


def rows_of(programme: Programme) -> Plain:
    """The programme as rows of a file; commitments live in the ledger and are not among them."""
    head: Plain = {
        "id": programme.id, "name": programme.name, "start": programme.start.isoformat(), "weeks": programme.weeks,
        "cadence_days": programme.cadence_days, "blueprint": programme.blueprint,
        "holidays": [_period(each) for each in programme.holidays],
    }  # fmt: skip
    kpis = [
        {"id": each.id, "name": each.name, "layer": each.layer, "unit": each.unit, "baseline": each.baseline,
         "target": each.target, "better": each.better, "owner": each.owner, "source": each.source,
         "window_days": each.window_days}
        for each in programme.kpis
    ]  # fmt: skip
    pulses = [
        {"pair": each.pair, "by": each.by, "date": str(each.day), "rating": each.rating, "logged": _day(each.logged)}
        for each in programme.pulses
    ]
    return {
        "programme": _said(head),
        "people": [_person(each) for each in programme.people],
        "kpis": [_said(each) for each in kpis],
        "pairs": [_pair(each) for each in programme.pairs],
        "sessions": [_session(each) for each in programme.sessions],
        "pulses": [_said(each) for each in pulses],
        "mask_words": list(programme.mask_words),
        "keep_words": list(programme.keep_words),
        "languages": list(programme.languages),
    }


def _merge_values(name: str, old: object, new: object) -> object:
    if new is None:  # a key with nothing after it says nothing
        return old
    if isinstance(old, dict) and isinstance(new, dict):
        mine, theirs = cast("Plain", old), cast("Plain", new)
        return {**mine, **{key: _merge_values(key, mine.get(key), value) for key, value in theirs.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return _merge_lists(name, cast("list[object]", old), cast("list[object]", new))
    return new


def _merge_lists(name: str, old: list[object], new: list[object]) -> list[object]:
    if name not in _BY:
        return [*old, *(each for each in new if each not in old)]
    filled = _filled(name, _rows(old), new)
    key = _key_of(name, _rows(old), _rows(filled))
    by_key = {key(row): row for row in _rows(filled)}
    known = {key(row) for row in _rows(old)}
    # What is no row, or twice the same id, is left in, for the schema to refuse.
    by_id = _BY[name] == ("id",)

    def fresh(row: object) -> bool:
        if not isinstance(row, dict):
            return True
        mine = key(cast("Plain", row))
        return mine not in known or (by_id and by_key[mine] is not row)

    return [*(by_key.get(key(row), row) for row in _rows(old)), *filter(fresh, filled)]


def _filled(name: str, old: Sequence[Plain], new: list[object]) -> list[object]:
    key = _key_of(name, old, _rows(new))
    known = {key(row): row for row in old}
    return [
        _merge_values("", known.get(key(cast("Plain", row)), {}), cast("Plain", row)) if isinstance(row, dict) else row
        for row in new
    ]


def _key_of(name: str, old: Sequence[Plain], new: Sequence[Plain]) -> Callable[[Plain], str]:
    """How rows are told apart; two sessions of one day, and the like, by all that they say."""
    counted = [Counter(_key(name, row) for row in rows) for rows in (old, new)]
    often = {each for counter in counted for each, count in counter.items() if count > 1}

    def key(row: Plain) -> str:
        short = _key(name, row)
        whole = short in often and _BY[name] != ("id",)
        return json.dumps(_said(row) if whole else short, sort_keys=True, default=str)

    return key


def _rows(value: object) -> list[Plain]:
    rows = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("Plain", each) for each in rows if isinstance(each, dict)]


def _key(name: str, row: Plain) -> tuple[str, ...]:
    return tuple(str(row.get(each)) for each in _BY[name])


def _said(row: Mapping[str, object]) -> Plain:
    return {key: value for key, value in row.items() if value not in (None, [], {})}


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _period(each: Period) -> Plain:
    row: Plain = {"from": str(each.start), "to": str(each.end), "name": each.name or None, "logged": _day(each.logged)}
    return _said(row)


def _person(each: Person) -> Plain:
    roles = sorted(role.value for role in each.roles)
    row: Plain = {"id": each.id, "name": each.name, "also": list(each.also), "roles": roles}
    return _said({**row, "away": [_period(one) for one in each.away]})


def _pair(each: Pair) -> Plain:
    changes = [
        _said({"date": str(one.day), "from": one.previous, "to": one.next, "logged": _day(one.logged)})
        for one in each.mentor_changes
    ]
    rules = each.escalation
    row: Plain = {
        "id": each.id, "mentor": each.mentor, "mentee": each.mentee, "sponsor": each.sponsor, "kpi": each.kpi,
        "started": _day(each.started), "ended": _day(each.ended), "stage": each.stage.value if each.stage else None,
        "cadence_days": each.cadence_days, "blueprint": each.blueprint,
        "signed": {name: str(day) for name, day in each.signed},
        "chemistry_check": _said({"due": _day(each.chemistry_due), "done": _day(each.chemistry_done)}),
        "pauses": [_period(one) for one in each.pauses], "mentor_changes": changes,
        "escalation": rules and _said({
            "authority": rules.authority, "to": rules.to, "after_days": rules.after_days, "how": rules.how,
            "then": rules.then,
        }),
    }  # fmt: skip
    return _said(row)


def _session(each: SessionRecord) -> Plain:
    by = {Role.MENTOR_COACH: "mentor"}.get(each.cancelled_by, each.cancelled_by.value) if each.cancelled_by else None
    row: Plain = {"pair": each.pair, "date": str(each.day), "status": each.status.value, "cancelled_by": by}
    return _said({**row, "logged": _day(each.logged)})
