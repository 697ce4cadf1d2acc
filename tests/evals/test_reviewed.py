"""A decided flag returns as a case, by one command, without a word of a note; a weakened rule is seen by it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import intake, raising
from copilot.errors import BadInput
from copilot.flags import stalled as stalled_module
from copilot.flags.stalled import stalled
from copilot.review import Event
from copilot.reviewing import decide
from evals.__main__ import eval_
from evals.case import Suite, set_cards
from evals.comparing import compare
from evals.results import Results, Row
from evals.reviewed import Reviewed, add_cases, bare, learnt, read_cases
from evals.running import metrics_of
from evals.simulator import Life, cohort
from evals.tasks.flags import days_of
from evals.tasks.reviewing import reviewed_rows
from evals.tasks.task import Options
from guards.consent import ConsentWord, Purpose
from tests.copilot.cli.home import HomeRun, filled

REASON = "they met on the ferry"


@pytest.fixture
def run(tmp_path: Path) -> HomeRun:
    made = filled(tmp_path)
    programme = tmp_path / "notes" / "programme.yaml"
    lou = "people:\n  - {id: lou, name: Lou Marsh, roles: [lnd]}"
    programme.write_text(programme.read_text("utf-8").replace("people:", lou, 1), "utf-8")
    with made.copilot() as copilot:
        intake.prepare(copilot, [tmp_path / "notes"])
        for purpose in (Purpose.PROGRAMME_REVIEW, Purpose.EVALUATION):
            for person in ("ada", "ben"):
                copilot.record.consents.append(ConsentWord(person, purpose, True, datetime.now(UTC)))
    return made


def dismissed(run: HomeRun) -> tuple[tuple[Reviewed, ...], int]:
    """Whatever the home raises today is queued, dismissed by L&D, and made a case."""
    with run.copilot() as copilot:
        day = copilot.today
        found = raising.raised(copilot, days=[day], kinds=raising.MADE, remark=lambda _: None)[day]
        raising.queued(copilot, found)
        for flag in found:
            if flag.kind not in {"tickbox", "bias"}:
                decide(copilot, "lou", flag.id, event=Event.DISMISS, reason=REASON)
        return learnt(copilot, "lou")


def words_of(value: object) -> set[str]:
    """Every word of every value; keys are the form's own."""
    if isinstance(value, dict):
        return {word for each in value.values() for word in words_of(each)}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return {word for each in value for word in words_of(each)}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return set(re.findall(r"\w+", str(value).casefold()))


def test_a_dismissed_flag_returns_without_words(run: HomeRun, tmp_path: Path) -> None:
    cases, lost = dismissed(run)
    assert cases
    assert not lost
    said = {word for each in cases for word in words_of(each.model_dump(mode="json"))}
    assert not said & {"ada", "ben", "lou", "p1", "label", "sheet", "ferry", "sceptical", "claims"}
    assert all(each.label == "dismissed" and each.raised_now() for each in cases)
    assert add_cases(tmp_path / "r.jsonl", cases) == add_cases(tmp_path / "r.jsonl", cases) == len(cases)
    assert {each.id for each in read_cases(tmp_path / "r.jsonl")} == {each.id for each in cases}


def test_without_both_consents_there_is_no_case(run: HomeRun) -> None:
    with run.copilot() as copilot:
        copilot.record.consents.append(ConsentWord("ben", Purpose.EVALUATION, False, datetime.now(UTC)))
    assert dismissed(run) == ((), 0)


def never(history: object, *, as_of: date) -> None:
    del history, as_of


def test_what_is_raised_again_though_dismissed_counts_and_a_silent_rule_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = next(each for each in cohort(seed=5, pairs=60) if Life.STALLED in each.lives)
    day = next(each for each in days_of(pair) if stalled(pair.history, as_of=each) is not None)
    seen = bare(pair.history.seen_on(day), name="c1")
    moved = day - (pair.history.started - date.fromisoformat(str(seen["started"])))
    one = Reviewed(id="c1", kind=stalled_module.FlagKind.STALLED, category="stalled", label="confirmed", by_role="lnd",
                   day=moved, signals={}, history=seen)  # fmt: skip
    add_cases(tmp_path / "r.jsonl", (one, one.model_copy(update={"id": "c2", "label": "dismissed"})))
    card = next(each for each in set_cards() if each.name == "reviewed")
    card = card.model_copy(update={"file": str(tmp_path / "r.jsonl")})

    def values(scorer: str) -> list[float | None]:
        options = Options(Suite.SMOKE, lambda _, __: None)
        return [row.value for row in reviewed_rows(card, options) if row.scorer == scorer]

    assert values("raised_was_confirmed") == [1, 0]
    assert values("confirmed_still_raised") == [1, None]
    monkeypatch.setattr("evals.reviewed.stalled", never)
    assert values("confirmed_still_raised") == [0, None]
    assert values("raised_was_confirmed") == [None, None]


LIVES = cohort(seed=7, pairs=60)


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1), st.integers(0, 59))
def test_no_string_but_a_fixed_term_or_a_day_gets_into_a_case(word: str, at: int) -> None:
    history = LIVES[at].history
    told = replace(
        history, away=tuple(replace(each, name=word) for each in history.away),
        pulses=tuple(replace(each, by=word) for each in history.pulses),
        work=tuple(replace(each, key=word) for each in history.work),
        mentor_changes=tuple(replace(each, previous=word, next=word) for each in history.mentor_changes),
    )  # fmt: skip
    clean = replace(
        history, away=tuple(replace(each, name="") for each in history.away),
        pulses=tuple(replace(each, by="") for each in history.pulses),
        work=tuple(replace(each, key="") for each in history.work),
        mentor_changes=tuple(replace(each, previous="", next="") for each in history.mentor_changes),
    )  # fmt: skip
    if word not in {"mentor", "mentee"}:
        assert bare(told, name="c") == bare(clean, name="c") or word in json.dumps(bare(clean, name="c"))


@pytest.mark.parametrize("text", ["{}", "no json", '{"id": 3}'])
def test_a_line_that_is_no_case_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(text, "utf-8")
    with pytest.raises(BadInput, match="does not fit"):
        read_cases(tmp_path / "r.jsonl")


def results(values: list[float], *, engine: str = "rules", suite: str = "smoke") -> Results:
    rows = [Row(set="s", scorer="right", unit=str(n), cluster=str(n), value=each) for n, each in enumerate(values)]
    return Results(suite=suite, engine=engine, seed=0, digests={}, rows=tuple(rows), metrics=metrics_of(rows))


def test_two_runs_are_compared_case_by_case_whatever_the_engine(tmp_path: Path) -> None:
    (worse,) = compare(results([1.0] * 40), results([0.0] * 10 + [1.0] * 30, engine="local"))
    assert (worse.word, worse.old, worse.new, worse.change.worse) == ("worse", 1.0, 0.75, 10)
    (better,) = compare(results([0.0] * 10 + [1.0] * 30), results([1.0] * 40))
    assert better.word == "better"
    (same,) = compare(results([1.0] * 40), results([0.0] + [1.0] * 39))
    assert same.word == "-"
    with pytest.raises(BadInput, match="one suite"):
        compare(results([1.0]), results([1.0], suite="rollout"))
    with pytest.raises(BadInput, match="share no case"):
        compare(results([]), results([1.0]))
    for name, run in (("a", results([1.0] * 40)), ("b", results([0.0] * 40))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "results.json").write_text(run.model_dump_json(), "utf-8")
    said = CliRunner().invoke(eval_, ["compare", str(tmp_path / "b"), "--against", str(tmp_path / "a")])
    assert said.exit_code == 0
    assert "worse" in said.stdout
