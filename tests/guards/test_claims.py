"""The check of freely worded claims: each kind of change is rejected, honest wordings mostly are not, and what cannot
be read never passes."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TypedDict

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guards.claims import LONGEST, MOST_CITED, REASONS, Kind, verify, verify_question

LINE = (
    "<PERSON_1>: I'll send the labelled sample of 200 rows to <PERSON_2> by Friday 25 Sep (CLM-118), "
    "at least 90 % done."
)
CASES = Path(__file__).parent / "cases" / "paraphrases.yaml"


class Row(TypedDict):
    lines: list[str]
    claims: dict[str, str]


ROWS: list[Row] = yaml.safe_load(CASES.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("<PERSON_2> will send the labelled sample to <PERSON_1>.", Kind.OWNER),
        ("<PERSON_1> will send the labelled sample to <PERSON_3>.", Kind.WHO),
        ("<PERSON_1> will send the labelled sample by Friday 26 Sep.", Kind.DAY),
        ("<PERSON_1> will send the labelled sample by Thursday 25 Sep.", Kind.DAY),
        ("<PERSON_1> will send the labelled sample after 25 Sep.", Kind.DAY),
        ("<PERSON_1> will send the labelled sample by 25 Sep 2027.", Kind.DAY),
        ("<PERSON_1> will send the labelled sample of 300 rows.", Kind.NUMBER),
        ("<PERSON_1> will send the labelled sample, at most 90% done.", Kind.NUMBER),
        ("<PERSON_1> will send the labelled sample, at least 90 points done.", Kind.UNIT),
        ("<PERSON_1> will send the labelled sample (CLM-119).", Kind.TICKET),
        ("<PERSON_1> will send the labelled sample to Quillbase.", Kind.NAME),
        ("<PERSON_1> will not send the labelled sample.", Kind.NEGATION),
        ('<PERSON_1> will send the "labelled rows".', Kind.QUOTE),
        ("<PERSON_1> has already sent the labelled sample.", Kind.TENSE),
        ("<PERSON_1> might send the labelled sample.", Kind.TENSE),
        ("<PERSON_1> will bake cakes and sing songs.", Kind.CONTENT),
    ],
)
def test_each_kind_of_change_is_rejected_for_its_reason(claim: str, kind: Kind) -> None:
    found = verify(claim, [LINE])
    assert kind in found.faults
    assert REASONS[kind] in found.reasons


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("<PERSON_2> asks <PERSON_1> to sign.", "<PERSON_1> asks <PERSON_2> to sign."),
        ("<PERSON_2> receives the key from <PERSON_1>.", "<PERSON_2> gives the key to <PERSON_1>."),
        ("The freeze lasts from 9 to 2 October.", "The freeze lasts from 2 to 9 October."),
        ("It rose from 69% to 61%.", "It rose from 61% to 69%."),
        ("The call is at 10 pm.", "The call is at 10 am."),
        ("<PERSON_1> will test it.", "If the data comes, <PERSON_1> will test it."),
        ("<PERSON_1> will test it.", "Somebody should test it."),
    ],
)
def test_a_turn_of_the_same_words_is_rejected(claim: str, line: str) -> None:
    assert not verify(claim, [line]).supported


@pytest.mark.parametrize("claim", [
    "", " \n", "!!!", "\x00", "a\u202eb", "a" * (LONGEST + 1), "a" * 1_000_000, "<PERSON_1> will s\u0435nd it.",
    "<PERSON_1> will send \u0662\u0660\u0660 rows.", "²", "\ud800",
])  # fmt: skip
def test_what_cannot_be_read_never_passes(claim: str) -> None:
    assert not verify(claim, [LINE, claim]).supported


def test_a_quotation_that_does_not_close_is_refused() -> None:
    assert Kind.QUOTE in verify('<PERSON_1> said "send the sample.', [LINE]).faults


def test_too_much_cited_is_refused_and_time_grows_with_the_lines() -> None:
    assert verify("<PERSON_1> will send it.", ["a" * (MOST_CITED + 1)]).faults == (Kind.UNREADABLE,)
    started = time.perf_counter()
    for hostile in ("<PERSON_1> " * 9_000, "1 " * 50_000, "to not and, " * 8_000, '"' * 90_000, "9" * 90_000):
        verify("<PERSON_1> will send the sample by 25 Sep.", [hostile])
    assert time.perf_counter() - started < 60


def test_a_day_by_declared_rule_counts_and_one_guessed_does_not() -> None:
    line, claim = "<PERSON_1>: I'll send it by Friday.", "<PERSON_1> will send it by 25 September."
    assert not verify(claim, [line]).supported
    assert verify(claim, [line], days=[date(2026, 9, 25)]).supported


def test_the_ledger_may_say_what_the_line_does_not() -> None:
    line, claim = "<PERSON_1>: I'll send the sample.", "<PERSON_1> will send the sample (CLM-118)."
    assert verify(claim, [line]).faults == (Kind.TICKET,)
    assert verify(claim, [line], known=["CLM-118"]).supported


def test_a_question_claims_nothing_but_may_bring_nothing_in() -> None:
    assert verify_question("What would change your mind about the sample, <PERSON_1>?", [LINE]).supported
    for asked in ("Why 300 rows?", "What does <PERSON_7> say?", "What does Quillbase say?", "Is CLM-9 next?"):
        assert not verify_question(asked, [LINE]).supported


def test_most_of_the_development_paraphrases_pass() -> None:
    judged = [verify(claim, row["lines"]).supported for row in ROWS for claim in row["claims"].values()]
    assert len(judged) >= 150
    assert sum(judged) / len(judged) >= 0.85


@pytest.mark.parametrize("line", sorted({line for row in ROWS for line in row["lines"]}))
def test_a_line_supports_itself(line: str) -> None:
    assert verify(line, [line]).supported


STABLE = {Kind.WHO, Kind.NUMBER, Kind.DAY, Kind.TICKET}
PAIRS = [(claim, row["lines"]) for row in ROWS for claim in row["claims"].values()]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAIRS), st.lists(st.sampled_from(["Lunch was good.", "", "The weather holds.", "Thanks all."])))
def test_more_cited_lines_take_no_support_away(pair: tuple[str, list[str]], more: list[str]) -> None:
    claim, lines = pair
    before = set(verify(claim, lines).faults) & STABLE
    assert set(verify(claim, [*lines, *more]).faults) & STABLE <= before


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120), st.lists(st.text(max_size=120), max_size=3))
def test_any_text_gets_a_verdict(claim: str, lines: list[str]) -> None:
    found = verify(claim, lines)
    assert found.supported == (found.faults == ())
    assert len(found.reasons) == len(found.faults)
