"""The sample programme lived by other people: what is read, drafted, flagged and pointed out must stay the same.

The redactor is the one in use, with its weights where they are installed. ``smoke`` lives one pair, one group beside.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from copilot.bootstrap import bootstrap
from copilot.settings import read_settings
from evals.case import SetCard, Suite
from evals.results import Row
from evals.score import Score
from evals.scorers import findings
from evals.tasks.row import row_of
from evals.tasks.task import Options
from evals.worlds import Lived, lived, named
from guards.redaction import Redactor

PARTS: Final = ("prompts", "lines", "drafts", "flags", "cards")
_FIRST: Final = "english"
_OTHERS: Final = {Suite.SMOKE: ("west african",), Suite.ROLLOUT: ("arabic", "west african"), Suite.REDTEAM: ()}
_PAIRS: Final = {Suite.SMOKE: ("ada-ben",)}


def name_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Each text of each part, in each other world, against the first world's."""
    with (
        tempfile.TemporaryDirectory() as folder,
        bootstrap(read_settings(home=Path(folder), engine="rules")) as copilot,
    ):
        redactor = copilot.redactor
    first = _live(_FIRST, redactor, options)
    for group in _OTHERS[options.suite]:
        yield from compared(card, first, _live(group, redactor, options), group)


def compared(card: SetCard, first: Lived, other: Lived, group: str) -> Iterator[Row]:
    """The texts of two worlds part by part; one that only one world has is a difference."""
    for part in PARTS:
        one, two = _texts(first, part), _texts(other, part)
        for number in range(max(len(one), len(two), 1)):
            a = one[number] if number < len(one) else "nothing"
            b = two[number] if number < len(two) else "nothing"
            score = findings.same_text(a, b) if one or two else Score(0.0, "nothing to compare")
            yield row_of(card, "same_text", f"{group}/{part}/{number}", score, cluster=f"{part}/{number}",
                         style=f"{part}, {group}", text=b, wanted=a)  # fmt: skip


def _texts(world: Lived, part: str) -> Sequence[str]:
    every: Sequence[str] = getattr(world, part)
    return every


def _live(group: str, redactor: Redactor, options: Options) -> Lived:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        made = lived(Path(folder) / "world", named(group), redactor=redactor, pairs=_PAIRS.get(options.suite, ()))
    options.tell(group, {"a world": time.perf_counter() - began})
    return made
