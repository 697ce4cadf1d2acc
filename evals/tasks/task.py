"""What every task is given, and how many cases of a set a suite takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evals.case import SetCard, Suite
from evals.results import Row

T = TypeVar("T")
Tell = Callable[[str, Mapping[str, float]], None]


@dataclass(frozen=True, slots=True)
class Options:
    """``engine`` drafts; ``tell`` hears each case's id and seconds by stage."""

    suite: Suite
    tell: Tell
    engine: str = "rules"


Task = Callable[[SetCard, Options], Iterator[Row]]


def taken(cases: Sequence[T], card: SetCard, options: Options) -> Sequence[T]:
    """Each n-th case, where the suite must be quick; the same ones every time."""
    return cases[:: card.every.get(options.suite, 1)]
