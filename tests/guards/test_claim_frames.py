"""What a claim may not turn round, how days and numbers are written elsewhere, and how the check does on the texts of
an author who had not seen it."""

from __future__ import annotations

from pathlib import Path
from typing import NotRequired, TypedDict

import pytest
import yaml

from guards.claims import Kind, verify

CASES = Path(__file__).parent / "cases"


class Row(TypedDict):
    id: str
    lines: list[str]
    claim: str
    kind: NotRequired[str]
    swap: NotRequired[str]


def rows(name: str) -> list[Row]:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("claim", "line", "kind"),
    [
        ("The call is at 14:00, at 15:00.", "The call is at 14:00, not at 15:00.", Kind.DAY),
        ("<PERSON_2> signs the labels off.", "Sign-off of the labels: <PERSON_1> (not <PERSON_2>)", Kind.OWNER),
        ("Write one page per day.", "Write one page per week.", Kind.UNIT),
        ("Costs rise before the merger.", "Costs rise after the merger.", Kind.DAY),
        ("The site is rated from high to low.", "The site is rated from low to high.", Kind.CONTENT),
        ("The pilot reaches the target.", "The pilot probably reaches the target.", Kind.TENSE),
        ("The pilot probably reaches the target.", "The pilot reaches the target.", Kind.TENSE),
        ("The vendor is ready.", "The vendor was not ready.", Kind.NEGATION),
        ("The budget was approved.", "The budget was discussed.", Kind.CONTENT),
        ("The vendor contract allows exports.", "Does the vendor contract allow exports?", Kind.TENSE),
        ("<PERSON_2> gave <PERSON_1> the keys.", "<PERSON_2> got the keys from <PERSON_1>.", Kind.OWNER),
        ("12 of the 4 labels are wrong.", "12 labels, 4 of them wrong.", Kind.NUMBER),
        ("AUC is 0.82 against a target of 0.78.", "| AUC 0.78 | target 0.82 |", Kind.NUMBER),
    ],
)
def test_a_turned_fact_is_rejected(claim: str, line: str, kind: Kind) -> None:
    assert kind in verify(claim, [line]).faults


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("The review is on 8 October.", "Review: 08.10."),
        ("The budget of €45k is approved.", "Budget: EUR 45,000 approved."),
        ("1,400 records are duplicates.", "duplicates: 1.400 records"),
        ("Version 2 of the guide is done.", "guide v2 - done"),
        ("Energy is 6 out of 10.", "Energy: 6/10"),
        ("The demo moved to 29 September, not 22 September.", "The demo moved to 29.09., not 22.09."),
        ("It is open who pays for the server.", "What's unclear: who pays for the server?"),
        ("<PERSON_1> gave <PERSON_2> the keys.", "<PERSON_2> got the keys from <PERSON_1>."),
        ("The call is at 14:00.", "The call is at 14:00, not at 15:00."),
    ],
)
def test_the_same_fact_in_another_form_is_taken(claim: str, line: str) -> None:
    assert verify(claim, [line]).faults == ()


def test_the_figures_on_another_authors_texts_do_not_fall() -> None:
    """They are what was reached, not what is wanted: ``python -m benchmarks.verifier_mutants`` has the goals."""
    honest, turned = rows("paraphrases_second.yaml"), rows("contradictions_second.yaml")
    assert sum(not verify(each["claim"], each["lines"]).supported for each in honest) <= 0.35 * len(honest)
    assert sum(not verify(each["claim"], each["lines"]).supported for each in turned) >= 0.85 * len(turned)
