"""Frozen dataclasses to JSON and back, by their own annotations.

The one module of the stores that mints ``RedactedText``: what was redacted when it was written is redacted when it
is read. Refuses types it does not know, so a new field cannot be stored by accident as something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from copilot.errors import StoreUnavailable
from guards.text import RedactedText, mint_redacted

T = TypeVar("T")
_Decoder = Callable[[Any], Any]


def encoded(value: object) -> str:
    """A dataclass as one line of JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decoded(kind: type[T], text: str) -> T:
    """The dataclass that ``encoded`` wrote.

    Raises:
        StoreUnavailable: the row was written by another version or damaged.
    """
    try:
        return cast("T", _decoder(kind)(json.loads(text)))
    except (KeyError, TypeError, ValueError) as error:
        place = f"a stored {kind.__name__} does not read back ({type(error).__name__})"
        raise StoreUnavailable(f"{place}: the record is damaged or newer than this version") from None


def redacted(text: str) -> RedactedText:
    """A text column of the record, which holds redacted text only."""
    return mint_redacted(text)


def redacted_or_none(text: str | None) -> RedactedText | None:
    """A text column that may be empty."""
    return None if text is None else mint_redacted(text)


def mapped(value: T, change: Callable[[RedactedText], RedactedText]) -> T:
    """The value with every redacted text in it changed, however deep it lies."""
    return cast("T", _mapped(value, change))


def _mapped(value: object, change: Callable[[RedactedText], RedactedText]) -> object:
    if isinstance(value, RedactedText):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _mapped(getattr(value, each.name), change) for each in fields(value)})
    if isinstance(value, tuple):
        return tuple(_mapped(each, change) for each in cast("tuple[object, ...]", value))
    return value


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        items = cast("Mapping[str, object]", value)
        return {str(key): _plain(item) for key, item in items.items()}
    if isinstance(value, tuple | frozenset):
        items = [_plain(item) for item in cast("tuple[object, ...]", value)]
        return items if isinstance(value, tuple) else sorted(items, key=str)
    if value is None or isinstance(value, str | int | float):
        return value
    raise StoreUnavailable(f"{type(value).__name__} cannot be stored: the record has no form for it")


@cache
def _decoder(kind: Any) -> _Decoder:
    origin = get_origin(kind)
    if origin is None:
        return _simple(kind)
    arguments = get_args(kind)
    if origin in (Union, UnionType):
        return _optional(next(each for each in arguments if each is not NoneType))
    if origin is frozenset:
        member = _decoder(arguments[0])
        return lambda items: frozenset(member(item) for item in items)
    if origin is tuple and arguments[-1] is not Ellipsis:
        members = [_decoder(each) for each in arguments]
        return lambda items: tuple(member(item) for member, item in zip(members, items, strict=True))
    if origin is tuple:
        member = _decoder(arguments[0])
        return lambda items: tuple([member(item) for item in items])
    value = _decoder(arguments[1])
    return lambda items: {key: value(item) for key, item in items.items()}


def _optional(kind: Any) -> _Decoder:
    inner = _decoder(kind)
    return lambda value: None if value is None else inner(value)


def _simple(kind: Any) -> _Decoder:
    if kind is RedactedText:
        return mint_redacted
    if is_dataclass(kind):
        return _dataclass(cast("type[Any]", kind))
    if kind in (date, datetime):
        return cast("_Decoder", kind.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (str, int, float, bool):
        return _same
    raise TypeError(f"no stored form for {kind}")


def _dataclass(kind: type[Any]) -> _Decoder:
    hints = get_type_hints(kind)
    members = [(each.name, _decoder(hints[each.name])) for each in fields(kind)]

    def build(row: Mapping[str, Any]) -> Any:
        # A field newer than the row is left to its default; a missing one without default raises TypeError.
        return kind(**{name: read(row[name]) for name, read in members if name in row})

    return build


def _same(value: Any) -> Any:
    return value
