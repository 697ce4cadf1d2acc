"""The cases of an evaluation: typed, with origin and licence, the dangerous error named, a kept split frozen by hash.

A set is a card in ``sets.yaml``: what it measures, its limits, which file holds its cases. A file that was changed
after it was frozen is refused, so that a figure is never of other cases than it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from copilot.errors import BadInput

ROOT: Final = Path(__file__).parents[1]
_CARDS: Final = Path(__file__).parent / "sets.yaml"


class Suite(StrEnum):
    """``smoke`` runs on every change, ``rollout`` before a rollout, ``redteam`` against notes that mean harm."""

    SMOKE = "smoke"
    ROLLOUT = "rollout"
    REDTEAM = "redteam"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Strict):
    """Somebody of a case's roster; ``role`` is free text that names a role."""

    id: str
    name: str
    also: tuple[str, ...] = ()
    role: str = "other"


class Document(_Strict):
    """A note of a case as it is written to disk."""

    name: str
    kind: str
    date: date
    text: str


def _day_or_none(value: Any) -> Any:
    """Words such as "end of sprint" are no date."""
    if isinstance(value, str):
        return date.fromisoformat(value) if value[:2] == "20" else None
    return value


class Expected(_Strict):
    """A commitment that a careful reader finds: who owes it (``None``: the text does not say), by when, and where."""

    document: str
    line: int = Field(ge=1)
    words: str = ""
    owner: str | None = None
    due: Annotated[date | None, BeforeValidator(_day_or_none)] = None
    ticket: str | None = None
    status: str = "open"
    names_owner: bool = True
    """Whether the label says anything of the owner; an optional item may not."""


class DraftingCase(_Strict):
    """Records of one invented pair and what they commit to."""

    id: str
    pair: str
    style: str
    origin: str
    difficulty: tuple[str, ...] = ()
    roster: tuple[Person, ...]
    as_of: date
    documents: tuple[Document, ...]
    expect: tuple[Expected, ...] = ()
    optional: tuple[Expected, ...] = ()


class SetCard(_Strict):
    """What a set of cases is: its task, what it measures and what not, its origin, which error ends us."""

    name: str
    task: str
    suites: tuple[Suite, ...]
    file: str | None = None
    measures: str
    limits: str
    origin: str
    licence: str = "Apache-2.0"
    dangerous: str
    kept_apart: bool = False
    sha256: str | None = None
    optional: bool = False
    """A set that may have no file: people make its cases, and a checkout may have none."""
    every: dict[Suite, int] = Field(default_factory=dict[Suite, int])
    """Takes each n-th case in a suite that must be quick; 1 where a suite is not named."""


@cache
def set_cards(path: Path = _CARDS) -> tuple[SetCard, ...]:
    """Every set, in the order of the file."""
    return TypeAdapter(tuple[SetCard, ...]).validate_python(yaml.safe_load(path.read_text("utf-8")))


def cards_of(suite: Suite) -> tuple[SetCard, ...]:
    """The sets of a suite, without those that may be missing and are."""
    return tuple(each for each in set_cards() if suite in each.suites and not _absent(each))


def _absent(card: SetCard) -> bool:
    return card.optional and card.file is not None and not (ROOT / card.file).is_file()


def case_file(card: SetCard, *, root: Path = ROOT) -> Path:
    """The file of a set, held against its hash where it is frozen.

    Raises:
        BadInput: the file is missing, or differs from the one that was frozen.
    """
    if card.file is None:
        raise BadInput(f"evaluation set {card.name} has no file of cases: its task makes them")
    path = root / card.file
    if not path.is_file():
        raise BadInput(f"evaluation set {card.name}: no file {card.file} here; run this from a source checkout")
    if card.sha256 is not None and hashlib.sha256(path.read_bytes()).hexdigest() != card.sha256:
        raise BadInput(
            f"evaluation set {card.name} was frozen and {card.file} is another file now; "
            "restore it, or freeze it again in evals/sets.yaml and say why"
        )
    return path


def drafting_cases(path: Path) -> tuple[DraftingCase, ...]:
    """The drafting cases of a YAML file: a list, or a mapping that holds one under ``cases``.

    Raises:
        BadInput: the file is no such list; says which case and field.
    """
    read: Any = yaml.safe_load(path.read_text("utf-8"))
    rows: Any = read.get("cases") if isinstance(read, dict) else read  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if not isinstance(rows, list) or not rows:
        raise BadInput(f"{path.name} holds no cases; give a YAML list of cases")
    try:
        return tuple(DraftingCase.model_validate(_named(each)) for each in rows)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(f"{path.name}: a case does not fit; {_where(error)}") from None


def _where(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        return f"mend {'.'.join(str(each) for each in first['loc'])}: {first['msg']}"
    return "see docs/evals.md for the form of a case"


def _named(case: Mapping[str, Any]) -> dict[str, Any]:
    """A label names its document, or counts it from 1 in the order of the case; people of one roster are one pair."""
    names = [str(each["name"]) for each in case["documents"]]
    pair = "+".join(str(each["id"]) for each in case["roster"])
    said: Any = case.get("difficulty") or ()
    return {
        "pair": pair,
        "origin": "synthetic",
        **case,
        "difficulty": (said,) if isinstance(said, str) else said,
        **{key: [_label(each, names) for each in case.get(key) or ()] for key in ("expect", "optional")},
        "roster": [
            {**each, "also": each.get("also") or (), "role": each.get("role") or "other"} for each in case["roster"]
        ],
    }


def _label(label: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    said: Any = label["document"]
    known = {key: label[key] for key in Expected.model_fields if key in label}
    return {
        **known, "document": names[said - 1] if isinstance(said, int) else said, "words": label.get("words") or "",
        "names_owner": "owner" in label, "status": label.get("status") or "open",
    }  # fmt: skip
