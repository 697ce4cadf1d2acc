"""Extraction alone: offsets are the input's, owners are ids or names, and nothing is guessed."""

from __future__ import annotations

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from copilot.extracting import Extracted, extract
from tests.copilot.extraction.reading_cases import ROSTER, SilentEngine
from tests.doubles.redaction import MemoryVault, RosterRedactor

ON = date(2026, 9, 14)


def extracted(text: str) -> tuple[Extracted, ...]:
    return extract(text, on=ON, redactor=RosterRedactor(), vault=MemoryVault("none", ROSTER), engine=SilentEngine())


def test_the_published_shape() -> None:
    (row,) = extracted("Hello 👋\nBen Carter to label 200 claims for Ada Nwosu by Friday CLM-12.")
    text = "Hello 👋\nBen Carter to label 200 claims for Ada Nwosu by Friday CLM-12."
    assert row.as_json() == {
        "owner": "ben", "action": "label 200 claims for Ada Nwosu", "due": "2026-09-18", "ticket": "CLM-12",
        "status": "open", "start": text.index("label"), "end": text.index(" by Friday"),
    }  # fmt: skip


def test_an_owner_nobody_names_stays_open_with_the_question() -> None:
    (row,) = extracted("## Actions\n- label 200 claims")
    assert (row.owner, bool(row.question), row.as_json()["question"]) == (None, True, row.question)


def test_an_action_of_another_line_keeps_its_names() -> None:
    talk = "Ada: Sam needs the numbers.\nBen: Yes.\nAda: Ben, can you send Lin the numbers?\nBen: Sure."
    found = extracted(talk)
    assert ["send Lin the numbers" in each.action for each in found if each.owner == "ben"] == [True]


def test_what_a_template_says_is_done_is_done() -> None:
    note = (
        "## Objective\nx\n## Decisions\n- none\n## Micro-commitments\n- [x] Ben: label claims (CLM-1)\n"
        "- [ ] Ada: send the sheet"
    )
    assert [(each.owner, each.status) for each in extracted(note)] == [("ben", "done"), ("ada", "open")]


_PIECES = st.sampled_from([
    "Ben Carter", "Ada", "to", "will send", "the plan", "by Friday", "CLM-12", "\n", "- ", ": ", "é👋",
    "label 200 claims", "I'll", "Sam Reyes and Lin Wei", ". ", "?", "## Actions\n", "done",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=14))
@example(["to", "\n", ": ", "I'll", "Ben Carter"])
def test_offsets_lie_within_the_text_and_give_the_action(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for each in extracted(text):
        assert 0 <= each.start <= each.end <= len(text)
        assert text[each.start : each.end] == each.action or each.action not in text
