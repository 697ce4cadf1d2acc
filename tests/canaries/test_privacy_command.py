"""One table, one exit status: a broken bound, a block that errs and a bench that is missing are not the same."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import drafts, privacy
from benchmarks.blocks import Block, Measure, Result, Unmeasured, figures_of, run, status
from benchmarks.figures import Figure, Share
from benchmarks.privacy import BLOCKS, main

BLOCK = Block("it", "benchmarks.it", "A block")
GOOD = Share("right", 9, 10, least=0.5)
BAD = Share("right", 1, 10, least=0.5)


def giving(*figures: Figure) -> Measure:
    def measure(block: Block, *, data: Path | None) -> Sequence[Figure]:
        return figures

    return measure


def erring(error: BaseException) -> Measure:
    def measure(block: Block, *, data: Path | None) -> Sequence[Figure]:
        raise error

    return measure


@pytest.mark.parametrize(
    ("measure", "expected", "said"),
    [
        (giving(GOOD), Result.MET, "ok"),
        (giving(GOOD, BAD), Result.NOT_MET, "NOT MET"),
        (giving(), Result.UNMEASURED, "no figure"),
        (erring(ValueError("Ada Nwosu")), Result.FAILED, "FAILED: ValueError"),
        (erring(SystemExit(3)), Result.FAILED, "FAILED: SystemExit"),
        (erring(Unmeasured("no data")), Result.UNMEASURED, "NOT MEASURED: no data"),
    ],
)
def test_what_becomes_of_a_block_is_said(
    measure: Measure, expected: Result, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(BLOCK, data=None, figures=measure) is expected
    shown = capsys.readouterr().out
    assert said in shown
    assert "Ada" not in shown


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([Result.MET, Result.MET], 0),
        ([Result.MET, Result.NOT_MET, Result.UNMEASURED], 1),
        ([Result.MET, Result.FAILED], 1),
        ([Result.MET, Result.UNMEASURED], 2),
        ([], 2),
    ],
)
def test_the_exit_status(results: list[Result], expected: int) -> None:
    assert status(results) == expected


def test_a_bench_that_is_not_there_cannot_be_measured() -> None:
    with pytest.raises(Unmeasured, match="there is no"):
        figures_of(BLOCK, data=None)


def test_blocks_run_one_by_one_and_all_are_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(privacy, "BLOCKS", (BLOCK, Block("other", "benchmarks.other", "Another")))
    assert main([]) == 2
    assert capsys.readouterr().out.count("NOT MEASURED") == 2
    assert main(["--only", "other"]) == 2
    assert capsys.readouterr().out.count("NOT MEASURED") == 1


def test_data_that_is_handed_in_is_never_passed_over() -> None:
    """A bench that named its folder otherwise was once measured on the sample, and said nothing."""
    for block in (*BLOCKS, *(each for each in drafts.BLOCKS if importlib.util.find_spec(each.module))):
        takes = inspect.signature(importlib.import_module(block.module).figures).parameters
        assert not block.needs_data or "data" in takes, block.module
    with pytest.raises(TypeError, match="does not take it"):
        figures_of(Block("it", "benchmarks.languages", "Takes a path alone", needs_data=True), data=Path("x"))


def test_the_canaries_are_a_block() -> None:
    assert "benchmarks.canaries" in {each.module for each in BLOCKS}
    assert len({each.name for each in BLOCKS}) == len(BLOCKS)
