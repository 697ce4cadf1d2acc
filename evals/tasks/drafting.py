"""Commitments and session preps of labelled records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from evals.case import DraftingCase, SetCard, case_file, drafting_cases
from evals.matching import Found, Matched, match
from evals.outcomes import Outcomes
from evals.results import Row
from evals.score import Score
from evals.scorers import commitments, pages
from evals.tasks.records import run_cases
from evals.tasks.task import Options, taken

_OF_A_LABEL: Final[Mapping[str, Callable[[Found], Score]]] = {
    "no_wrong_owner": commitments.no_wrong_owner,
    "owner_right_when_named": commitments.owner_right_when_named,
    "attribution": commitments.attribution,
    "open_found": commitments.open_found,
    "owner_and_due_right": commitments.owner_and_due_right,
    "nothing_lost": commitments.nothing_lost,
    "finished_not_listed": commitments.finished_not_listed,
}
_OF_A_CASE: Final[Mapping[str, Callable[[Matched], Score]]] = {
    "nothing_made_up": commitments.nothing_made_up,
    "no_extra": commitments.no_extra,
}
_OF_A_PAGE: Final[Mapping[str, Callable[[Mapping[str, object]], Score]]] = {
    "shape": pages.shape,
    "facts_cited": pages.facts_cited,
    "literal": pages.literal,
    "blueprint": pages.blueprint,
    "no_placeholder": pages.no_placeholder,
    "one_page": pages.one_page,
    "one_to_three": pages.one_to_three,
}


def commitment_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Owner, date, status and extras of each labelled commitment."""
    for outcome in run_cases(taken(drafting_cases(case_file(card)), card, options), engine=options.engine):
        options.tell(outcome.case.id, outcome.seconds or {})
        if outcome.error or outcome.refused:
            yield from _failed(card, outcome, (*_OF_A_LABEL, *_OF_A_CASE))
            continue
        matched, rows = match(outcome), _Rows(card, outcome.case)
        for number, found in enumerate(matched.found):
            for name, scorer in _OF_A_LABEL.items():
                yield rows.row(f"{outcome.case.id}/{number}", name, scorer(found), _told(found))
        extra = "; ".join(f"{each.of.owner}: {each.action}" for each in matched.extra)
        for name, scorer in _OF_A_CASE.items():
            yield rows.row(outcome.case.id, name, scorer(matched), ("nothing beyond the labels", extra))


def page_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """The session prep of each case."""
    for outcome in run_cases(taken(drafting_cases(case_file(card)), card, options), engine=options.engine, pages=True):
        options.tell(outcome.case.id, outcome.seconds or {})
        if outcome.error or outcome.refused or outcome.page is None:
            yield from _failed(card, outcome, tuple(_OF_A_PAGE))
            continue
        for name, scorer in _OF_A_PAGE.items():
            score = scorer(outcome.page)
            shown = json.dumps(outcome.page.get("boxes"), ensure_ascii=False)[:4000] if score.value == 0 else ""
            yield _Rows(card, outcome.case).row(outcome.case.id, name, score, ("", shown))


def _told(found: Found) -> tuple[str, str]:
    label, seen = found.label, found.seen
    wanted = f"{label.owner} | {label.words} | {label.due} | {label.status}"
    return wanted, f"{seen.of.owner} | {seen.action} | {seen.of.due} | {seen.of.status.value}" if seen else "nothing"


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of one case; texts stand on those that failed, and never where the set is kept apart."""

    card: SetCard
    case: DraftingCase

    def row(self, unit: str, scorer: str, score: Score, told: tuple[str, str]) -> Row:
        shown = not self.card.kept_apart and score.value is not None and score.value < 1
        text = "\n\n".join(f"{each.name}\n{each.text}" for each in self.case.documents) if shown else ""
        return Row(
            set=self.card.name, scorer=scorer, unit=unit, cluster=self.case.pair, style=self.case.style,
            value=score.value, reason=score.reason, text=text, wanted=told[0] if shown else "",
            got=told[1] if shown else "",
        )  # fmt: skip


def _failed(card: SetCard, outcome: Outcomes, scorers: tuple[str, ...]) -> Iterator[Row]:
    """A case that production refused fails every scorer, once each."""
    why = outcome.error or (f"{outcome.refused} of its files refused" if outcome.refused else "no page")
    case = outcome.case
    for scorer in scorers:
        yield Row(set=card.name, scorer=scorer, unit=case.id, cluster=case.pair, style=case.style, error=why)
