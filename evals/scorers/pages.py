"""A session prep as JSON: shape without repair, citations, literal facts, blueprint, placeholders, length.

Written against ``interfaces.md`` and not against the code that makes the page, so that a wrong page cannot pass by
agreeing with itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.score import NOT_APPLICABLE, Score, passed

WORDS_OF_A_PAGE: Final = 700
"""Words that one printed page holds at 10 points in one column, all boxes and footnotes counted."""
_PLACEHOLDER: Final = re.compile(r"<[A-Z][A-Z_]*_\d+>")
_LITERAL: Final = re.compile(
    r"\b[A-Z][A-Z0-9]+-\d+\b|\b\d{4}-\d\d-\d\d\b|\d+(?:[.,]\d+)*\s?%|\b\d+(?:[.,]\d+)+\b|\b\d{3,}\b"
)
"""Tickets, ISO dates, shares, decimal and long numbers: what a page may only say when a source does."""


class _Loose(BaseModel):
    model_config = ConfigDict(strict=True)


class _Citation(_Loose):
    source: str
    line_from: int = Field(ge=1)
    line_to: int = Field(ge=1)
    quote: str


class _Item(_Loose):
    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    kind: str = Field(pattern="^(fact|suggestion|needs)$")
    citations: list[_Citation]


class _Box(_Loose):
    title: str = Field(min_length=1)
    from_min: int = Field(ge=0)
    to_min: int = Field(gt=0)
    items: list[_Item]


class _Page(_Loose):
    draft: str
    pair: str
    date: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    engine: str
    blueprint: str
    boxes: list[_Box] = Field(min_length=1)
    carried: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    commitments: list[dict[str, Any]]
    needs: list[str]
    dropped: list[dict[str, Any]]
    audience: list[str] = Field(min_length=1)
    provenance: dict[str, Any]


def shape(page: Mapping[str, object]) -> Score:
    """The page has the published shape, without repair."""
    try:
        _Page.model_validate(page)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        return Score(0.0, f"{'.'.join(str(each) for each in first['loc'])}: {first['type']}")
    return Score(1.0)


def facts_cited(page: Mapping[str, object]) -> Score:
    """Every fact has a citation with a quote."""
    bare = [each for each in _items(page) if each.kind == "fact" and not any(c.quote.strip() for c in each.citations)]
    return passed(not bare, f"{len(bare)} facts without a quote")


def literal(page: Mapping[str, object]) -> Score:
    """Dangerous when 0: a ticket, date, share or number of a fact stands in none of its quotes nor in the ledger."""
    known = _numbers(str([page.get(key) for key in ("carried", "commitments", "criteria", "provenance", "date")]))
    for item in _items(page):
        if item.kind != "fact":
            continue
        said = known | {each for citation in item.citations for each in _numbers(citation.quote)}
        for found in _LITERAL.finditer(item.text):
            if _plain(found.group()) not in said:
                return Score(0.0, "not in any source", (found.span(),))
    return Score(1.0)


def blueprint(page: Mapping[str, object], *, minutes: int = 60) -> Score:
    """The boxes follow one another without gap from 0 to the end."""
    boxes = _boxes(page)
    ends = [0, *(each.to_min for each in boxes)]
    good = bool(boxes) and [each.from_min for each in boxes] == ends[:-1] and ends[-1] == minutes
    return passed(good, "boxes do not fill the time")


def no_placeholder(page: Mapping[str, object]) -> Score:
    """Dangerous when 0: somebody reads ``<PERSON_1>`` instead of a name."""
    for text in _texts(page.get("boxes")):
        if found := _PLACEHOLDER.search(text):
            return Score(0.0, "a placeholder is left", (found.span(),))
    return Score(1.0)


def one_page(page: Mapping[str, object]) -> Score:
    """The words of all items fit a page."""
    words = sum(len(each.text.split()) for each in _items(page))
    return passed(words <= WORDS_OF_A_PAGE, f"{words} words") if words else NOT_APPLICABLE


def one_to_three(page: Mapping[str, object]) -> Score:
    """One to three micro-commitments are proposed, or a line says what is needed for one."""
    box = next((each for each in _boxes(page) if "commit" in each.title.lower()), None)
    return passed(box is not None and bool(box.items), "no micro-commitments and no word on why")


def _boxes(page: Mapping[str, object]) -> list[_Box]:
    boxes = page.get("boxes")
    try:
        return [_Box.model_validate(each) for each in boxes] if isinstance(boxes, list) else []  # pyright: ignore[reportUnknownVariableType]
    except ValidationError:
        return []


def _items(page: Mapping[str, object]) -> list[_Item]:
    return [item for box in _boxes(page) for item in box.items]


def _numbers(text: str) -> set[str]:
    return {_plain(each.group()) for each in _LITERAL.finditer(text)}


def _plain(number: str) -> str:
    return number.replace(" ", "").casefold()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(each)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        for each in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(each)  # pyright: ignore[reportUnknownArgumentType]
