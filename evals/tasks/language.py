"""Sentences and acceptance criteria through the linters that people see: ``coach lint``'s, and the criterion's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from copilot.bootstrap import bootstrap
from copilot.criterion_lint import VAGUE, CriterionLinter
from copilot.criterion_parts import Part
from copilot.linting import lint
from copilot.settings import read_settings
from evals.case import SetCard, case_file
from evals.results import Row
from evals.scorers import findings
from evals.tasks.row import row_of
from evals.tasks.task import Options, taken
from evals.tasks.texts import lines_of
from guards.roster import Roster
from knowledge.corpus_files import load_corpus

_LETTERS: Final = dict(zip("mctusdv", Part, strict=True))
"""How a label writes the parts that a criterion has."""


def language_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Each sentence: ``category`` names the card it deserves and ``at`` the words; ``none`` is harmless."""
    with (
        tempfile.TemporaryDirectory() as folder,
        bootstrap(read_settings(home=Path(folder), engine="rules")) as copilot,
    ):
        redactor, nobody = copilot.redactor, Roster(())
        for number, line in enumerate(taken(lines_of(case_file(card)), card, options)):
            text, at, unit = str(line["text"]), str(line["at"]), str(line.get("id", number))
            wanted = None if line["category"] == "none" else str(line["category"])
            cards = lint(text, name=unit, redactor=redactor, roster=nobody).cards
            options.tell(unit, {})
            start = text.casefold().find(at.casefold()) if at else -1
            every = {each.category.value for each in cards}
            touching = {each.category.value for each in cards if each.start < start + len(at) and start < each.end}
            scored = [
                ("card_raised", unit, findings.card_raised(wanted=wanted, touching=touching)),
                ("harmless_left_alone", unit, findings.harmless_left_alone(wanted=wanted, cards=every)),
                *(
                    ("card_right", f"{unit}/{each}", findings.card_right(card=each, wanted=wanted, touching=touching))
                    for each in sorted(every)
                ),
            ]
            for name, one, score in scored:
                yield row_of(card, name, one, score, style=wanted or "harmless", text=text, wanted=f"{wanted}: {at}",
                             got=", ".join(sorted(every)) or "no card")  # fmt: skip


def criterion_rows(card: SetCard, options: Options) -> Iterator[Row]:
    """Each criterion: ``has`` holds a letter for each part that it has, ``vague`` the words that no test settles."""
    linter = CriterionLinter.of(load_corpus().criterion_words)
    cases = yaml.safe_load(case_file(card).read_text("utf-8"))
    for number, line in enumerate(taken(cases, card, options)):
        text, unit = str(line["text"]), str(number)
        has = {_LETTERS[each] for each in line["has"]}
        linted = linter.lint(text)
        options.tell(unit, {})
        found = {text[each.start : each.end].lower() for each in linted.cards if each.category == VAGUE}
        vague = [str(each).lower() for each in line["vague"]]
        scored = [
            (name, f"{unit}/{part.value}", scorer(has=part in has, read=part in linted.parts))
            for part in Part
            for name, scorer in (
                ("part_found", findings.part_found), ("part_not_invented", findings.part_not_invented),
            )
        ]  # fmt: skip
        scored += [("vague_found", f"{unit}/{word}", findings.vague_found(word=word, found=found)) for word in vague]
        lacks = len(has) < len(Part)
        questioned = findings.untestable_questioned(lacks=lacks, vague=bool(vague), cards=len(linted.cards))
        for name, one, score in [*scored, ("untestable_questioned", unit, questioned)]:
            yield row_of(card, name, one, score, style=one.rpartition("/")[2] if "/" in one else "", text=text,
                         wanted=f"has {line['has']}, vague {', '.join(vague) or 'none'}",
                         got=f"lacks {', '.join(each.value for each in linted.missing) or 'nothing'}")  # fmt: skip
