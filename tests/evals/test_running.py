"""A run is resumable, never empty, never of other cases than it says; its report shows no text that is kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from copilot.bootstrap import Overrides
from copilot.engines.protocol import Usage
from copilot.engines.rules import RulesEngine
from copilot.errors import BadInput
from evals import running
from evals.baselines import accept, baseline_of
from evals.case import SetCard, Suite, case_file, drafting_cases, set_cards
from evals.gate import Bound, gate
from evals.reporting import html, junit, markdown, write_report
from evals.results import Results, Row, read
from evals.running import run_suite
from evals.tasks import records
from evals.tasks.catalogue import TASKS
from evals.tasks.task import Options, Task

CARD = SetCard(
    name="words", task="words", suites=(Suite.SMOKE,), measures="x", limits="x", origin="synthetic", dangerous="x"
)  # fmt: skip


def unheard(unit: str, seconds: Mapping[str, float]) -> None:
    del unit, seconds


def silent(name: str, count: int) -> None:
    del name, count


def only_card(suite: Suite) -> tuple[SetCard, ...]:
    del suite
    return (CARD,)


def words(card: SetCard, options: Options) -> Iterator[Row]:
    for n in range(60):
        options.tell(str(n), {"read": 0.01})
        yield Row(set=card.name, scorer="right", unit=str(n), cluster=str(n // 3), value=float(n > 0),
                  text="" if n else "<b>Ben</b> said", spans=() if n else ((3, 6),))  # fmt: skip


def broken(card: SetCard, options: Options) -> Iterator[Row]:
    del options
    raise BadInput(f"{card.name}: no such file")
    yield  # a generator, as every task


def nothing(card: SetCard, options: Options) -> Iterator[Row]:
    del card, options
    return iter(())


def suite_of(monkeypatch: pytest.MonkeyPatch, task: Task, folder: Path) -> Results:
    monkeypatch.setattr(running, "cards_of", only_card)
    monkeypatch.setattr(running, "TASKS", {"words": task})
    return run_suite(Suite.SMOKE, folder, progress=silent)


def test_a_run_is_written_and_read_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = suite_of(monkeypatch, words, tmp_path)
    assert read(tmp_path) == made
    assert (made.metrics[0].n, made.metrics[0].bad, made.metrics[0].clusters) == (60, 1, 20)
    assert made.seconds["words"]["read p50"] == 0.01


def test_a_run_that_was_cut_off_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = suite_of(monkeypatch, words, tmp_path)
    assert suite_of(monkeypatch, broken, tmp_path) == first  # taken over: the task is not asked again


@pytest.mark.parametrize("task", [broken, nothing])
def test_a_set_that_fails_leaves_its_error(task: Task, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = suite_of(monkeypatch, task, tmp_path)
    assert [row.scorer for row in made.rows] == ["ran"]
    assert made.rows[0].error
    assert made.metrics[0].mean == 0


def test_a_folder_of_another_state_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    suite_of(monkeypatch, words, tmp_path)
    with pytest.raises(BadInput, match="another state"):
        run_suite(Suite.SMOKE, tmp_path, seed=1, progress=silent)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"suite": 3}', "\x00"])
def test_a_file_that_is_no_result_is_refused_in_a_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(text, "utf-8")
    with pytest.raises(BadInput, match="is not a results file") as caught:
        read(tmp_path)
    assert "\n" not in str(caught.value)
    with pytest.raises(BadInput, match="no results at"):
        read(tmp_path / "absent.json")


def test_the_report_escapes_and_marks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = suite_of(monkeypatch, words, tmp_path)
    gated = gate(None, made, policy={"words/right": Bound(floor=0.99)})
    page = html(made, gated)
    assert "<b>Ben</b>" not in page
    assert "&lt;b&gt;<mark>Ben</mark>&lt;/b&gt;" in page
    assert page.index("Do not roll out") < page.index("Failing cases") < page.index("All metrics")
    assert "http" not in page
    assert "under the floor" in markdown(made, gated)
    assert ET.fromstring(junit(made, gated)).get("failures") == "1"  # noqa: S314 - our own file
    assert write_report(made, gated, tmp_path).name == "report.html"
    assert json.loads((tmp_path / "gate.json").read_text())["verdict"] == "refused"


def test_texts_of_kept_sets_stay_out(tmp_path: Path) -> None:
    """The real task over a kept card: rows without texts, whatever fails."""
    path = tmp_path / "kept.jsonl"
    path.write_text('{"text": "he has the flu and hides it", "kind": "health"}\n{"text": "ok", "kind": null}\n' * 3)
    card = CARD.model_copy(update={"task": "passages", "file": str(path), "kept_apart": True})
    rows = list(TASKS["passages"](card, Options(Suite.SMOKE, unheard)))
    assert len(rows) == 12
    assert not [row for row in rows if row.text or row.wanted or row.got]


def test_a_frozen_file_may_not_change(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text("[]")
    card = CARD.model_copy(update={"file": "cases.yaml", "sha256": "0" * 64})
    with pytest.raises(BadInput, match="was frozen"):
        case_file(card, root=tmp_path)
    with pytest.raises(BadInput, match="source checkout"):
        case_file(card.model_copy(update={"file": "absent"}), root=tmp_path)
    with pytest.raises(BadInput, match="no file of cases"):
        case_file(CARD)


@pytest.mark.parametrize("text", ["", "[]", "cases: 3", "- 7", "- {id: x}", "- {id: x, documents: 3}"])
def test_cases_that_do_not_fit_are_refused_in_a_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(text)
    with pytest.raises(BadInput, match=r"cases\.yaml"):
        drafting_cases(path)


def test_a_baseline_holds_values_and_no_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = suite_of(monkeypatch, words, tmp_path / "run")
    path = accept(made, folder=tmp_path)
    assert "Ben" not in path.read_text()
    back = baseline_of("smoke", "rules", folder=tmp_path)
    assert back is not None
    assert back.metrics == made.metrics
    assert gate(back, made, policy={"words/right": Bound(floor=0.9, margin=0.05)}).verdict == 0
    assert baseline_of("rollout", "rules", folder=tmp_path) is None


def test_every_card_has_its_task_and_its_file() -> None:
    for card in set_cards():
        assert card.task in TASKS
        assert card.optional or case_file(card).is_file()


def test_options_are_a_value() -> None:
    assert replace(Options(Suite.SMOKE, unheard), engine="local").engine == "local"


class Silent(RulesEngine):
    """A model that never answers: its tasks go to the rules, as ``FallbackEngine`` leaves them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.asked = 0

    @property
    def name(self) -> str:
        return self._name

    def usage(self) -> Usage:
        self.asked += 1  # as if something was asked between two looks
        return Usage(unreachable=self.asked)


@pytest.mark.parametrize(
    ("serving", "said"),
    [("rules", "rules would serve where endpoint is to be scored"), ("endpoint", "of this case found no model")],
)
def test_rules_are_never_scored_under_a_models_name(serving: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead endpoint once got the rules' scores."""
    engine = Silent(serving)
    monkeypatch.setattr(records, "Overrides", partial(Overrides, engine=engine))
    case = drafting_cases(Path(__file__).parents[1] / "copilot" / "extraction" / "cases" / "styles.yaml")[0]
    (outcome,) = records.run_cases([case], engine="endpoint", pages=True)
    assert said in outcome.error
    assert not outcome.seen
