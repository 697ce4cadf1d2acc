"""Thin or contradictory notes: the page asks which holds, cites both lines, and chooses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from copilot.boxes.contradictions import build
from copilot.drafts import ItemKind
from copilot.extraction import PeopleView, read_mentions
from copilot.ledger import fold
from copilot.pipeline import prep
from copilot.rendering import text
from copilot.snapshot import Snapshot
from guards.text import mint_redacted
from tests.copilot.extraction.reading_cases import ROSTER, SilentEngine, document
from tests.doubles.redaction import MemoryVault
from tests.doubles.snapshots import PlainEngine, first, running


def noted(*lines: str) -> Snapshot:
    """A pair whose one note says these lines."""
    vault = MemoryVault("ada-ben", ROSTER)
    made = document("\n".join(["# Session note", "", *lines]), vault)
    people = PeopleView(vault.person_of, "ada", "ben", "sam")
    mentions = read_mentions(made, passages=(), people=people, engine=SilentEngine())
    day = made.session_date + timedelta(days=7)
    return replace(
        first(), day=day, mentions=mentions, met=(made.session_date,), lines={made.id: made.lines},
        commitments=fold(mentions, (), (), as_of=day), lanes={made.id: "conversation"},
        people={each.id: vault.placeholder_of(each.id) for each in ROSTER.people},
    )  # fmt: skip


DISAGREE: list[tuple[Sequence[str], tuple[str, str]]] = [
    (("- Ben: draft the rollback steps (OPS-31)", "- Sam: draft the rollback steps (OPS-31)"), ("PERSON", "PERSON")),
    (
        ("- Ben: draft the rollback steps by 2026-09-21 (OPS-31)", "- Ben: draft the rollback steps by 2026-09-25"),
        ("21 Sep", "25 Sep"),
    ),
    (("- Recall on the test set is 0.53.", "- Recall on the test set is 0.61."), ("0.53", "0.61")),
    (("- Lead time is 98 days.", "- The lead time is 79 days."), ("98", "79")),
]


@pytest.mark.parametrize(("lines", "said"), DISAGREE)
def test_two_lines_that_disagree_are_both_shown(lines: Sequence[str], said: tuple[str, str]) -> None:
    snapshot = noted(*lines)
    (line,) = build(snapshot)
    assert line.kind is ItemKind.NEEDS
    assert line.text.startswith("[needs: which holds - the notes say ")
    assert all(part in line.text for part in said)
    assert [each.first for each in line.citations] == [3, 4]
    draft = prep(snapshot, PlainEngine())
    assert line.text in draft.needs
    assert "which holds" in text.render(draft, reveal=str)


AGREE = (
    ("- Ben: draft the rollback steps (OPS-31)", "- Ben: draft the rollback steps (OPS-31)"),
    ("- Ben: label 200 claims (CLM-1)", "- Sam: sign the data sheet (CLM-1)"),
    ("- Ben: label 200 claims (CLM-1)", "- Sam: label 300 claims (CLM-2)"),
    ("- Recall on the test set is 0.53.", "- Recall on the shadow run is 0.61."),
    ("- Recall is 0.53.", "- The target for recall is 0.61."),
    ("- Recall rose from 0.53 to 0.61.", "- Recall is 0.61."),
    ("- At 0.70: precision 0.46.", "- At 0.62: precision 0.40."),
    ("- Recall is 0.53.", "- Precision is 0.61."),
    ("hello", "!!! ??? ---", "zzz zzz"),
)


@pytest.mark.parametrize("lines", AGREE)
def test_lines_that_do_not_disagree_ask_nothing(lines: Sequence[str]) -> None:
    assert build(noted(*lines)) == []


def test_a_later_session_says_what_holds_and_is_no_contradiction() -> None:
    snapshot = noted(*DISAGREE[0][0])
    one, other = snapshot.mentions[:2]
    later = replace(snapshot, mentions=(one, replace(other, session_date=date(2026, 12, 1))))
    assert build(later) == []
    assert build(running()) == []


@pytest.mark.parametrize("lines", [(), ("zzz", "lorem ipsum dolor", "- - -", "0000 0000")])
def test_nothing_and_noise_are_answered_with_what_is_missing(lines: Sequence[str]) -> None:
    draft = prep(noted(*lines), PlainEngine())
    asked = " ".join(draft.needs)
    assert all(part in asked for part in ("the decision of the week", "one artifact to look at"))
    facts = [
        i
        for box in draft.boxes
        for i in box.items
        if i.kind is ItemKind.FACT and i.citations[0].document != "programme"
    ]
    assert facts == []
    assert draft.carried == ()


def test_a_contradiction_quotes_redacted_words_alone() -> None:
    (line,) = build(noted(*DISAGREE[0][0]))
    assert type(line.text) is type(mint_redacted("x"))
    assert "Ben" not in line.text
