"""How well a question or a tool fits: cue words of the evidence at hand, stage, and signals of the pair's process."""

from __future__ import annotations

import re
from collections.abc import Sequence


def cue_score(text: str, cues: Sequence[str]) -> int:
    """How many cues stand in the text as whole words; a cue of several words counts double."""
    low = text.casefold()
    return sum(1 + (" " in cue) for cue in cues if cue.casefold() in low and _whole(cue.casefold(), low))


def _whole(cue: str, low: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", low) is not None


def stage_score(stage: str | None, stages: Sequence[str]) -> int:
    """Two for a stage that fits, minus two for one that doesn't, nothing where either is silent."""
    if not stages or stage is None:
        return 0
    return 1 if stage in stages else -2
