"""Weights, thresholds and wording of the stalled flag, from the data file beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Signal(BaseModel):
    """One signal: points per unit, the family it belongs to, its wording, and why it has that weight."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    family: str
    weight: float
    say: str
    reason: str


class Weights(BaseModel):
    """The whole file. ``watch``, ``review`` and ``clears`` are bounds of the score, 0 to 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int
    bias: float
    watch: float
    review: float
    clears: float
    handover_days: int
    least_points: float
    signals: Mapping[str, Signal]


@cache
def stalled_weights() -> Weights:
    """The file that ships with the product."""
    text = files("copilot.flags").joinpath("stalled.yaml").read_text(encoding="utf-8")
    return Weights.model_validate(yaml.safe_load(text))
