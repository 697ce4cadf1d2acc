"""Flags that people decided on, raised anew from the same record by today's rules."""

from __future__ import annotations

from collections.abc import Iterator

from evals.case import SetCard, case_file
from evals.results import Row
from evals.reviewed import read_cases
from evals.scorers import findings
from evals.tasks.row import row_of
from evals.tasks.task import Options, taken


def reviewed_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Each decided flag: whether one that is raised now was confirmed, and whether a confirmed one still is."""
    for case in taken(read_cases(case_file(card)), card, options):
        now = case.raised_now()
        options.tell(case.id, {})
        for name, score in (
            ("raised_was_confirmed", findings.raised_was_confirmed(raised=now, label=case.label)),
            ("confirmed_still_raised", findings.confirmed_still_raised(raised=now, label=case.label)),
        ):
            yield row_of(card, name, case.id, score, style=f"{case.kind.value}: {case.category}", wanted=case.label,
                         got="raised" if now else "not raised")  # fmt: skip
