"""Weighs what a kind's module read: signed points, two bounds, and words from the data file beside this module.

Every kind but ``stalled`` is weighed here, so all of them show the same parts. Refuses to raise anything on too few
families of evidence; a module that knows nothing gives no reading, and no reading is no flag.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from copilot.flags.flag import Alternative, Evidence, Flag, FlagKind, Tier
from copilot.flags.signals import Reading
from copilot.flags.weights import Signal


class Scale(BaseModel):
    """One category: points, bounds of the score (0 to 1), and everything a card says besides its evidence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: FlagKind
    bias: float
    watch: float
    review: float
    families: int = 1
    signals: Mapping[str, Signal]
    alternatives: Mapping[str, str]
    clears_when: str
    next_step: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    categories: Mapping[str, Scale]


@cache
def scales() -> Mapping[str, Scale]:
    """Every category that ships with the product."""
    text = files("copilot.flags").joinpath("kinds.yaml").read_text(encoding="utf-8")
    return _File.model_validate(yaml.safe_load(text)).categories


def weigh(  # noqa: PLR0913 - what a flag is made of
    category: str, found: Iterable[Reading], *, pair: str, as_of: date, since: date,
    tested: Mapping[str, str] | None = None,
) -> Flag | None:  # fmt: skip
    """The flag of a category, or none where the points stay under ``watch`` or come from too few families.

    ``tested`` says, by an alternative's key, what the record says of it; the rest are unknown.
    """
    scale = scales()[category]
    told = sorted(
        (_evidence(each, scale.signals[each.signal]) for each in found if each.value),
        key=lambda each: (-each.points, each.source or ""),
    )
    score = 1 / (1 + math.exp(-scale.bias - sum(each.points for each in told)))
    if score < scale.watch or len({each.family for each in told if each.points > 0}) < scale.families:
        return None
    return Flag(
        pair=pair, kind=scale.kind, tier=Tier.REVIEW if score >= scale.review else Tier.WATCH, as_of=as_of,
        since=min(since, as_of), score=score, evidence=tuple(told),
        alternatives=tuple(
            Alternative(text, (tested or {}).get(key, "unknown")) for key, text in scale.alternatives.items()
        ),
        clears_when=scale.clears_when, next_step=scale.next_step, category=category,
    )  # fmt: skip


def _evidence(each: Reading, signal: Signal) -> Evidence:
    day = each.day.isoformat() if each.day else "an unknown day"
    text = signal.say.format(n=each.n, days=each.n, of=each.of, day=day)
    return Evidence(text, signal.family, signal.weight * each.value, each.signal, each.day)
