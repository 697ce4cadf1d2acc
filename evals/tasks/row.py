"""The row of one score; its text and labels stand where it failed, and never where the set is kept apart."""

from __future__ import annotations

from evals.case import SetCard
from evals.results import Row
from evals.score import Score


def row_of(  # noqa: PLR0913 - a row's fields
    card: SetCard, scorer: str, unit: str, score: Score, *, cluster: str = "", style: str = "", text: str = "",
    wanted: str = "", got: str = "",
) -> Row:  # fmt: skip
    """A row; ``cluster`` is the unit up to its first slash where none is given."""
    shown = not card.kept_apart and score.value is not None and score.value < 1
    return Row(
        set=card.name, scorer=scorer, unit=unit, cluster=cluster or unit.partition("/")[0], style=style,
        value=score.value, reason=score.reason, spans=score.spans if shown else (), text=text if shown else "",
        wanted=wanted if shown else "", got=got if shown else "",
    )  # fmt: skip
