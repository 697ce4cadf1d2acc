"""A pair's criteria as they stand, with links and sign-offs, and one of them by the start of its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from copilot.criterion_links import Link
from copilot.criterion_signing import CriterionWord, SignOff
from copilot.drafts import Criterion
from copilot.errors import NotFound, Usage
from copilot.snapshot import Snapshot
from copilot.tracing import Trace, trace

_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Board:
    """The criteria of a pair on a day: that of the decision at hand, the first one, and what other decisions state."""

    snapshot: Snapshot
    criteria: tuple[Criterion, ...]
    links: Mapping[str, Link]
    signed: Mapping[str, SignOff]
    gone: tuple[CriterionWord, ...] = ()
    """Words on criteria that no note gives any more."""


def traced(found: Board, *, as_of: date, every: bool = False) -> Trace:
    """The board as a graph."""
    states = {each: signed.state.value for each, signed in found.signed.items()}
    return replace(trace(found.snapshot, found.criteria, found.links, states=states, every=every), as_of=as_of)


def by_prefix(ids: Mapping[str, tuple[str, ...]], prefix: str) -> str:
    """The one criterion whose id, or one of whose aliases, starts with ``prefix``.

    Raises:
        Usage: the prefix is too short or fits several.
        NotFound: it fits none.
    """
    if len(prefix) < _SHORTEST:
        raise Usage(f"a criterion id needs at least {_SHORTEST} characters; see coach criteria PAIR")
    fits = [each for each, aliases in ids.items() if any(one.startswith(prefix) for one in (each, *aliases))]
    if not fits:
        raise NotFound("no criterion has that id; see coach criteria PAIR")
    if len(fits) > 1:
        raise Usage(f"that id fits {len(fits)} criteria; give more of its characters")
    return fits[0]
