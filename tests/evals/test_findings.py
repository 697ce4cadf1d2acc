"""What the product points out: each scorer can fail, and an injected regression turns each task's figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml

from copilot.flags.history import History
from copilot.programme import Period
from evals.case import SetCard, Suite, case_file, set_cards
from evals.results import Row
from evals.score import Score
from evals.scorers import findings
from evals.tasks import flags, language
from evals.tasks.names import compared
from evals.tasks.searching import Searches
from evals.tasks.task import Options
from evals.worlds import Lived
from guards import bias_language


def unheard(unit: str, seconds: Mapping[str, float]) -> None:
    del unit, seconds


def card_of(name: str) -> SetCard:
    return next(each for each in set_cards() if each.name == name)


RIGHT = findings.card_right(card="a", wanted="a", touching={"a"})
SMOKE = Options(Suite.SMOKE, unheard)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (findings.card_raised(wanted="a", touching={"a"}), findings.card_raised(wanted="a", touching={"b"})),
        (RIGHT, findings.card_right(card="a", wanted=None, touching=())),
        (RIGHT, findings.card_right(card="a", wanted="a", touching=())),
        (findings.harmless_left_alone(wanted=None, cards=()), findings.harmless_left_alone(wanted=None, cards={"a"})),
        (findings.part_found(has=True, read=True), findings.part_found(has=True, read=False)),
        (findings.part_not_invented(has=False, read=False), findings.part_not_invented(has=False, read=True)),
        (findings.vague_found(word="soon", found={"soon"}), findings.vague_found(word="soon", found=())),
        (
            findings.untestable_questioned(lacks=True, vague=False, cards=1),
            findings.untestable_questioned(lacks=False, vague=True, cards=0),
        ),
        (
            findings.stall_found(start=2, end=9, raised=[False] * 8 + [True, True], within=6),
            findings.stall_found(start=2, end=9, raised=[False] * 9 + [True], within=6),
        ),
        (findings.flag_right(stalled=True, grey=True), findings.flag_right(stalled=False, grey=False)),
        (
            findings.rest_left_alone(rests=[True, False], raised=[False, True]),
            findings.rest_left_alone(rests=[True, False], raised=[True, False]),
        ),
        (findings.recall_at_5(ranks=[5], relevant=1), findings.recall_at_5(ranks=[6], relevant=1)),
        (findings.ndcg_at_10(ranks=[1], relevant=1), findings.ndcg_at_10(ranks=[11], relevant=1)),
        (
            findings.nothing_foreign(texts=["NOR-1"], marks=["SOU-1"]),
            findings.nothing_foreign(texts=["NOR-1", "x SOU-1"], marks=["SOU-1"]),
        ),
        (findings.held_not_found(texts=["ok"], words="flu"), findings.held_not_found(texts=["has flu"], words="flu")),
        (findings.same_text("a", "a"), findings.same_text("a", "ab")),
        (
            findings.raised_was_confirmed(raised=True, label="confirmed"),
            findings.raised_was_confirmed(raised=True, label="dismissed"),
        ),
        (
            findings.confirmed_still_raised(raised=True, label="confirmed"),
            findings.confirmed_still_raised(raised=False, label="confirmed"),
        ),
    ],
)  # fmt: skip
def test_each_passes_a_good_output_and_fails_a_bad_one(good: Score, bad: Score) -> None:
    assert good.value == 1
    assert bad.value == 0
    assert bad.reason


def test_what_they_are_not_for() -> None:
    given = [
        findings.card_raised(wanted=None, touching={"a"}), findings.harmless_left_alone(wanted="a", cards={"a"}),
        findings.part_found(has=False, read=True), findings.part_not_invented(has=True, read=False),
        findings.untestable_questioned(lacks=False, vague=False, cards=0),
        findings.flag_right(stalled=False, grey=True), findings.rest_left_alone(rests=[False], raised=[True]),
    ]  # fmt: skip
    assert [each.value for each in given] == [None] * len(given)


def test_gain_falls_with_the_rank() -> None:
    gains = [findings.ndcg_at_10(ranks=[at], relevant=1).value or 0.0 for at in range(1, 12)]
    assert gains == sorted(gains, reverse=True)
    assert findings.ndcg_at_10(ranks=[1, 3], relevant=2).value == pytest.approx(0.9197, abs=1e-4)
    assert findings.recall_at_5(ranks=[1, 6], relevant=2).value == 0.5


def mean(rows: Sequence[Row], scorer: str) -> float:
    values = [each.value for each in rows if each.scorer == scorer and each.value is not None]
    assert values
    return sum(values) / len(values)


def test_a_linter_of_criteria_that_asks_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = list(language.criterion_rows(card_of("criteria"), SMOKE))
    lint = language.CriterionLinter.lint

    def silent(self: Any, text: str) -> Any:
        return replace(lint(self, text), cards=())

    monkeypatch.setattr(language.CriterionLinter, "lint", silent)
    broken = list(language.criterion_rows(card_of("criteria"), SMOKE))
    assert mean(honest, "untestable_questioned") == 1
    assert mean(broken, "untestable_questioned") == 0
    assert mean(broken, "vague_found") == 0


def no_card(text: str, *, people: object) -> tuple[bias_language.BiasCard, ...]:
    del text, people
    return ()


def card_on_all(text: str, *, people: object) -> tuple[bias_language.BiasCard, ...]:
    del people
    (one, *_) = bias_language.bias_cards("Ben is lazy.")
    return (replace(one, start=0, end=len(text)),)


def test_language_that_gives_no_card_or_one_on_everything_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    few = card_of("language").model_copy(update={"every": {Suite.SMOKE: 12}})
    honest = list(language.language_rows(few, SMOKE))
    monkeypatch.setattr("copilot.linting.bias_cards", no_card)
    assert mean(list(language.language_rows(few, SMOKE)), "card_raised") == 0 < mean(honest, "card_raised")
    monkeypatch.setattr("copilot.linting.bias_cards", card_on_all)
    loud = list(language.language_rows(few, SMOKE))
    assert mean(loud, "harmless_left_alone") == 0
    assert mean(loud, "card_right") < mean(honest, "card_right")


def always(history: History, *, as_of: date) -> object:
    del history, as_of
    return object()


def never(history: History, *, as_of: date) -> object:
    del history, as_of


def test_flags_that_are_always_or_never_up_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    some = card_of("stalled").model_copy(update={"every": {Suite.SMOKE: 6}})
    honest = list(flags.stalled_rows(some, SMOKE))
    monkeypatch.setattr(flags, "stalled", always)
    loud = list(flags.stalled_rows(some, SMOKE))
    assert mean(loud, "rest_left_alone") == 0 < mean(honest, "rest_left_alone")
    monkeypatch.setattr(flags, "stalled", never)
    assert mean(list(flags.stalled_rows(some, SMOKE)), "stall_found") == 0 < mean(honest, "stall_found")


def test_rest_counts_from_what_was_on_record() -> None:
    day = date(2026, 9, 14)
    leave = Period(date(2026, 9, 1), date(2026, 9, 20), logged=date(2026, 9, 10))
    away = History("p", date(2026, 6, 1), 7, away=(leave,))
    assert flags.rests_on(away, day)
    assert not flags.rests_on(away, date(2026, 9, 9))
    assert not flags.rests_on(away, date(2026, 9, 21))
    assert flags.rests_on(replace(away, away=(), ended=day), day)


WORLD = Lived(("tell <PERSON_1>",), ("a", "b"), ("draft",), ("x",), ("flag",), ("card",))


def test_a_world_that_differs_or_lacks_a_text_is_seen() -> None:
    card = card_of("names")
    assert {row.value for row in compared(card, WORLD, WORLD, "arabic")} == {1.0}
    for other in (replace(WORLD, flags=("other flag",)), replace(WORLD, lines=("a",)), replace(WORLD, cards=())):
        (bad,) = [row for row in compared(card, WORLD, other, "arabic") if row.value == 0]
        assert bad.reason
    empty = Lived((), (), (), (), (), ())
    assert {row.value for row in compared(card, empty, empty, "arabic")} == {0.0}


def test_searches_have_a_mark_each_and_foreign_twins() -> None:
    whole = Searches.model_validate(yaml.safe_load(case_file(card_of("search")).read_text("utf-8")))
    every = [each for talk in whole.pairs.values() for note in talk.notes.values() for each in note]
    assert len({each.mark for each in every}) == len(every) == 30
    assert all(each.mark in each.text and len(each.asks) == 2 for each in every)
    assert all(each.words in each.text for each in whole.held)
