"""Says in one line each what is wrong with a programme file: schema errors and ids that point nowhere.

Ids and keys of the file are named when they are plain words; no other value is ever repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from copilot.plain_data import shown_key
from copilot.programme_schema import FileRow, PairRow

SHOWN: Final = 20
"""How many problems are listed at once; a file with more is told how many more."""
_LISTED: Final = 12
_PLAIN_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_SAID: Final[Mapping[str, str]] = {
    "missing": "is missing; add it",
    "list_type": "should be a list; start each row with a dash",
    "dict_type": "should be a mapping of keys to values",
    "model_type": "should be a mapping of keys to values",
    "model_attributes_type": "should be a mapping of keys to values",
    "int_type": "should be a whole number, without quotes",
    "float_type": "should be a number, without quotes",
    "string_too_short": "is empty or too short; write it out or leave the key away",
    "string_too_long": "is too long for one line; shorten it",
    "string_pattern_mismatch": "is not an id; use letters, digits, dots, dashes and underscores",
    "too_short": "needs at least one row",
    "finite_number": "should be a finite number",
}


def schema_problems(error: ValidationError) -> list[str]:
    """One line for each thing the schema refused, in the file's order, without repeats."""
    details = error.errors(include_input=False, include_url=False)
    return list(dict.fromkeys(_schema_problem(detail) for detail in details))


def _schema_problem(detail: ErrorDetails) -> str:
    # A union (int or float) adds its branch to the path, and a dict its "[key]": neither is a place in the file.
    loc = tuple(part for part in detail["loc"] if part not in {"int", "float", "[key]"})
    if detail["type"] == "extra_forbidden":
        return f"{_place(loc[:-1])}: {_unknown_key(loc)}"
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        said = str(context.get("error", "is not valid"))
    elif "expected" in context:
        said = f"should be one of {str(context['expected']).replace(chr(39), '')}"
    elif detail["type"].endswith(("_than", "_than_equal")):
        said = _bound(detail["type"], context)
    elif detail["type"].startswith("date"):
        said = "is not a date; write it as 2026-09-07"
    else:
        said = _SAID.get(detail["type"], "is not of the right kind")
    return f"{_place(loc)}: {said}"


def _bound(kind: str, context: Mapping[str, object]) -> str:
    side = "at least" if kind.startswith("greater") else "at most"
    return f"should be {side} {context.get('ge', context.get('le'))}"


def _place(loc: Sequence[str | int]) -> str:
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if _PLAIN_ID.fullmatch(part) else ".(a key)"
    return text.removeprefix(".") or "the file"


def _unknown_key(loc: Sequence[str | int]) -> str:
    known = sorted(_keys(_model_at(loc[:-1])))
    near = get_close_matches(str(loc[-1]).lower(), known, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"keys here are {', '.join(known)}"
    return f"unknown key {shown_key(loc[-1])}; {hint}"


def _keys(model: type[BaseModel]) -> Iterable[str]:
    return (field.alias or name for name, field in model.model_fields.items())


def _model_at(loc: Sequence[str | int]) -> type[BaseModel]:
    model: type[BaseModel] = FileRow
    for part in loc:
        for name, field in model.model_fields.items():
            if part in {name, field.alias}:
                model = next(_models_in(field.annotation), model)
                break
    return model


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(cast("object", inner))


def reference_problems(rows: FileRow) -> list[str]:
    """One line for each id that stands twice or points nowhere."""
    people = [person.id for person in rows.people]
    pairs = [pair.id for pair in rows.pairs]
    kpis = [kpi.id for kpi in rows.kpis]
    person, pair, kpi = _resolver("person", people), _resolver("pair", pairs), _resolver("kpi", kpis)
    found: list[str | None] = [
        *_repeats("people", people),
        *_repeats("pairs", pairs),
        *_repeats("kpis", kpis),
        *(person(f"kpis[{at}].owner", row.owner) for at, row in enumerate(rows.kpis)),
    ]
    for at, row in enumerate(rows.pairs):
        found += _pair_problems(f"pairs[{at}]", row, person=person, kpi=kpi)
    for at, session in enumerate(rows.sessions):
        found.append(pair(f"sessions[{at}].pair", session.pair))
    for at, commitment in enumerate(rows.commitments):
        found.append(pair(f"commitments[{at}].pair", commitment.pair))
        found.append(person(f"commitments[{at}].owner", commitment.owner))
    for at, pulse in enumerate(rows.pulses):
        found += [pair(f"pulses[{at}].pair", pulse.pair), person(f"pulses[{at}].by", pulse.by)]
    return [problem for problem in found if problem]


def _pair_problems(
    place: str,
    row: PairRow,
    *,
    person: Callable[[str, str | None], str | None],
    kpi: Callable[[str, str | None], str | None],
) -> list[str | None]:
    same = f"{place}.mentee: is the mentor too; a pair needs two people" if row.mentor == row.mentee else None
    found = [
        person(f"{place}.mentor", row.mentor),
        person(f"{place}.mentee", row.mentee),
        person(f"{place}.sponsor", row.sponsor),
        kpi(f"{place}.kpi", row.kpi),
        same,
    ]
    if row.escalation is not None:
        found.append(person(f"{place}.escalation.to", row.escalation.to))
        found.append(person(f"{place}.escalation.then", row.escalation.then))
    for at, change in enumerate(row.mentor_changes):
        found.append(person(f"{place}.mentor_changes[{at}].from", change.previous))
        found.append(person(f"{place}.mentor_changes[{at}].to", change.next))
    return found


def _repeats(section: str, ids: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for at, each in enumerate(ids):
        if each in seen:
            yield f'{section}[{at}].id: "{each}" stands twice; give each row its own id'
        seen.add(each)


def _resolver(kind: str, known: Sequence[str]) -> Callable[[str, str | None], str | None]:
    ids = frozenset(known)
    plural = {"person": "people", "pair": "pairs", "kpi": "kpis"}[kind]

    def problem(place: str, wanted: str | None) -> str | None:
        if wanted is None or wanted in ids:
            return None
        if not known:
            return f'{place}: no {kind} with id "{wanted}"; the file lists no {plural}'
        near = get_close_matches(wanted, known, n=_LISTED, cutoff=0.0) if len(known) > _LISTED else list(known)
        more = f" and {len(known) - len(near)} more" if len(known) > len(near) else ""
        return f'{place}: no {kind} with id "{wanted}"; {plural} are {", ".join(near)}{more}'

    return problem
