"""The criterion linter: what is there, what is missing, which words are vague; it fills nothing in."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.criterion_lint import cases, figures
from benchmarks.figures import Figure
from copilot.criterion_lint import ASKS, VAGUE, CriterionLinter
from copilot.criterion_parts import Part
from knowledge.corpus_files import load_corpus

LINTER = CriterionLinter.of(load_corpus().criterion_words)
WHOLE = (
    "Given the June label sheet, precision is at least 0.45, measured on labels.csv by 2026-10-20, verified by Femi."
)


def vague(text: str) -> list[str]:
    return [text[each.start : each.end] for each in LINTER.lint(text).cards if each.category == VAGUE]


def test_the_labelled_criteria_are_enough_and_a_third_is_kept_apart() -> None:
    every = cases()
    assert len(every) >= 120
    assert 0.2 < sum(each.held_out for each in every) / len(every) < 0.45


@pytest.mark.parametrize("figure", figures(held_out=False), ids=lambda each: each.name)
def test_what_the_rules_were_tuned_on_stays_right(figure: Figure) -> None:
    assert figure.met or (figure.least is None and figure.most is None), figure.line()


def test_a_whole_criterion_has_nothing_to_ask() -> None:
    assert LINTER.lint(WHOLE).cards == ()


def test_the_parts_stand_where_they_are_said() -> None:
    parts = LINTER.lint(WHOLE).parts
    said = {part: WHOLE[slice(*span)] for part, span in parts.items()}
    assert said[Part.THRESHOLD] == "0.45"
    assert said[Part.COMPARATOR] == "at least"
    assert said[Part.DATE] == "2026-10-20"
    assert said[Part.SOURCE] == "labels.csv"
    assert said[Part.VERIFIER].endswith("Femi")


@pytest.mark.parametrize(
    ("part", "without"),
    [
        (Part.THRESHOLD, "Precision is higher than today's on labels.csv by 2026-10-20, verified by Femi."),
        (Part.SOURCE, "Precision is at least 0.45 by 2026-10-20, verified by Femi."),
        (Part.DATE, "Precision is at least 0.45 on labels.csv, verified by Femi."),
        (Part.VERIFIER, "Precision is at least 0.45 on labels.csv by 2026-10-20."),
        (Part.MEASURE, "The model card is published on 2026-10-20."),
    ],
)
def test_what_is_missing_is_asked_by_name(part: Part, without: str) -> None:
    linted = LINTER.lint(without)
    assert part in linted.missing
    assert ASKS[part] in [each.question for each in linted.cards]


def test_vague_words_come_with_their_places_and_the_longest_wording() -> None:
    text = "A user friendly, robust and fast screen, as accurate as possible, etc."
    assert vague(text) == ["user friendly", "robust", "fast", "as accurate as possible", "etc."]


@pytest.mark.parametrize(
    "text",
    [
        "At most 3 of 200 are late.",
        "On a simple random sample of 300 letters at most 2 % are wrong.",
        "0.9 or better on the test set.",
        "The stable release passes.",
        "Within 5 working days.",
        "How many rows fail is counted.",
        "Improve recall from 0.53 to 0.60.",
    ],
)
def test_look_alikes_are_not_vague(text: str) -> None:
    assert vague(text) == []


@given(st.text(max_size=300))
def test_no_question_brings_in_a_number_and_every_place_is_inside(text: str) -> None:
    linted = LINTER.lint(text)
    for card in linted.cards:
        assert not re.search(r"\d", card.question)
        assert 0 <= card.start <= card.end <= len(text)
    assert set(linted.parts) | set(linted.missing) == set(Part)
    assert not set(linted.parts) & set(linted.missing)


@pytest.mark.parametrize(
    "piece", ["at least ", "on the x ", "a" * 50 + " ", "9 or ", "verified by ", "from 1 to ", ": 0.", "the a and b "]
)
def test_a_huge_text_takes_no_time_to_speak_of(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    before = time.perf_counter()
    LINTER.lint(text)
    assert time.perf_counter() - before < 3
