"""Rewordings go through the check of claims; what fails falls back to the note's words and says why."""

from __future__ import annotations

import pytest

from guards.claims import REASONS, Kind
from guards.errors import Unsupported
from guards.grounding import Basis, Slot, claim, ground
from guards.text import RedactedText, house

SAID = house("<PERSON_1> asks <PERSON_2> to label 200 claims by Friday (CLM-12)")


def slot(text: RedactedText, *, fallback: RedactedText | None = None) -> Slot:
    return Slot(text, Basis.WORDED, of=SAID, fallback=fallback)


@pytest.mark.parametrize("text", [
    SAID,
    house("<PERSON_2> is asked by <PERSON_1> to label 200 claims by Friday (CLM-12)"),
    house("By Friday <PERSON_1> asks <PERSON_2> to annotate 200 claims (CLM-12)"),
])  # fmt: skip
def test_an_honest_rewording_stands(text: RedactedText) -> None:
    made = claim("{what}", lines=(SAID,), what=slot(text))
    assert ground(made, rules={}).text == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (house("<PERSON_2> asks <PERSON_1> to label 200 claims by Friday (CLM-12)"), REASONS[Kind.OWNER]),
        (house("<PERSON_1> asks <PERSON_2> to label 300 claims by Friday (CLM-12)"), REASONS[Kind.NUMBER]),
        (house("<PERSON_1> asks <PERSON_2> not to label 200 claims by Friday (CLM-12)"), REASONS[Kind.NEGATION]),
        (house("<PERSON_1> asks <PERSON_2> to label 200 claims (CLM-12)"), "leaves out a weekday"),
        (house("<PERSON_1> asks <PERSON_2> to label 200 claims by Friday"), "leaves out a ticket"),
    ],
)
def test_a_false_rewording_gives_way_with_its_reason(text: RedactedText, reason: str) -> None:
    proof = ground(claim("{what}", lines=(SAID,), what=slot(text, fallback=SAID)), rules={})
    assert proof.text == SAID
    assert [name for name, _, _ in proof.blanks] == ["what"]
    assert reason in proof.blanks[0][2]
    with pytest.raises(Unsupported, match="what"):
        ground(claim("{what}", lines=(SAID,), what=slot(text)), rules={})
