"""Cues beside the lists: the labelled rounds hold, the index hides nothing, and the sample's own talk stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benchmarks.figures import Share
from benchmarks.sensitive_passages import figures, labelled
from guards import sensitive_cues
from guards.held import held_reason
from guards.sensitive import sensitive_kind
from guards.sensitive_cues import Cue, load_cues
from guards.text import mint_redacted

ROUNDS = Path(__file__).parent / "cases"
SAMPLE = Path("copilot/sample/notes")


@pytest.mark.parametrize(("name", "missed"), [("sensitive_dev_work", 5), ("sensitive_dev_hard", 2)])
def test_the_rounds_that_were_tuned_on_hold(name: str, missed: int) -> None:
    shares = {each.name: each for each in figures(ROUNDS / f"{name}.yaml") if isinstance(each, Share)}
    assert shares["sensitive: recall"].total - shares["sensitive: recall"].hits <= missed
    assert shares["sensitive: look-alikes held"].hits == 0


def test_the_index_hides_no_cue_that_would_match(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = [each for path in sorted(ROUNDS.glob("sensitive_*.yaml")) for each in labelled(path)]
    texts = [mint_redacted(each.text) for each in rounds[::3]]  # every cue is tried on each, which takes its time
    found = [sensitive_kind(text) for text in texts]

    def every(index: Mapping[str, tuple[Cue, ...]], keys: set[str]) -> Iterator[Cue]:
        del keys
        return (cue for cues in index.values() for cue in cues)

    monkeypatch.setattr(sensitive_cues, "_hits", every)
    assert len(texts) > 500
    assert [sensitive_kind(text) for text in texts] == found


def test_of_the_sample_programme_only_what_was_meant_is_held() -> None:
    """Promotions of a shop were once held as somebody's promotion, and half a year (H1) as a visa."""
    lines = [line for path in sorted(SAMPLE.glob("*/*")) for line in path.read_text(encoding="utf-8").splitlines()]
    held = [reason for line in lines if line.strip() and (reason := held_reason(mint_redacted(line.strip())))]
    assert sorted(held) == ["instruction", "off the record"]


def test_a_cue_without_an_index_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text("version: 1\nwords: {someone: i, thing: data}\nkinds: [{kind: pay, says: no mark here}]\n", "utf-8")
    with pytest.raises(ValueError, match="index word"):
        load_cues(path)


@pytest.mark.parametrize("name", ["sensitive_second_dev", "sensitive_frames"])
def test_the_rounds_in_frames_hold(name: str) -> None:
    shares = {each.name: each for each in figures(ROUNDS / f"{name}.jsonl") if isinstance(each, Share)}
    assert shares["sensitive: recall"].hits == shares["sensitive: recall"].total
    assert shares["sensitive: look-alikes held"].hits == 0
