"""Other people in the same programme: prompts, drafts, flags and cards stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.worlds import Lived, lived, named, other_pronouns
from tests.doubles.redaction import RosterRedactor


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return lived(tmp_path_factory.mktemp("first") / "world", named("english"), redactor=RosterRedactor())


@pytest.mark.parametrize("group", ["arabic", "west african"])
def test_other_names_change_nothing_but_the_names(first: Lived, group: str, tmp_path: Path) -> None:
    other = lived(tmp_path / "world", named(group), redactor=RosterRedactor())
    assert first.prompts
    assert first.drafts
    assert other.prompts == first.prompts
    assert other.lines == first.lines
    assert other == first


def test_other_pronouns_change_these_words_alone(first: Lived, tmp_path: Path) -> None:
    other = lived(tmp_path / "world", named("english"), redactor=RosterRedactor(), they=True)
    assert other.lines != first.lines
    assert list(map(other_pronouns, other.lines)) == [other_pronouns(other_pronouns(each)) for each in first.lines]
    assert other.cards == first.cards
    assert other.flags == first.flags
