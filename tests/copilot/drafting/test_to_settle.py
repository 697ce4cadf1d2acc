"""What a later note may mean stands in the first box, with the items it may mean; so does an owner who left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from copilot.boxes import status
from copilot.declared import rules_of
from copilot.drafts import ItemKind
from copilot.ledger import fold
from copilot.ledger_views import with_owners_gone
from copilot.programme import MentorChange, Programme
from copilot.snapshot import Snapshot
from guards.grounding import Grounded, ground
from knowledge.passages import RedactedLine
from tests.copilot.extraction.reading_cases import ON
from tests.copilot.status_cases import LATER, notes
from tests.doubles.snapshots import running


def snapshot(first: str, later: str) -> Snapshot:
    told = notes({ON: first, LATER: later})
    lines: dict[str, tuple[RedactedLine, ...]] = {}
    for each in told:
        at = each.citation
        lines[at.document] = (*lines.get(at.document, ()), RedactedLine(at.quote, at.first, at.last))
    found = fold(told, (), (), as_of=date(2026, 9, 28))
    return replace(running(), commitments=found, mentions=told, decisions=(), lines=lines)


def facts(of: Snapshot) -> list[str]:
    made = [each for each in status.build(of) if each.kind is ItemKind.FACT and "To confirm" in each.text]
    told = [ground(each.claim, rules=rules_of(of)) for each in made if each.claim]
    assert all(isinstance(each, Grounded) for each in told)
    return [str(each.text) for each in told]


def test_one_that_may_be_meant_is_named() -> None:
    (text,) = facts(snapshot("Ben to publish the error taxonomy.", "The error taxonomy is on hold."))
    assert "“The error taxonomy is on hold.”: is it “publish the error taxonomy”?" in text
    assert "[needs" not in text


def test_both_that_may_be_meant_are_named() -> None:
    first = "Ben to review the fraud model card.\nBen to review the churn model card."
    (text,) = facts(snapshot(first, "Model card reviewed."))
    assert "is it “review the fraud model card” or “review the churn model card”?" in text


def test_an_owner_who_left_is_asked_about_and_keeps_the_item() -> None:
    of = snapshot("Lin to set up the staging queue.", "Nothing else.")
    pair = replace(of.pair, mentor_changes=(MentorChange(LATER, previous="lin", next=of.pair.mentor),))
    programme = Programme("d", "d", ON, 12, 7, "b", (), (pair,))
    kept = with_owners_gone(of.commitments, pair=pair, programme=programme)
    assert [(each.owner, each.status) for each in kept] == [(each.owner, each.status) for each in of.commitments]
    (needs,) = [str(each.text) for each in status.build(replace(of, commitments=kept)) if "its owner left" in each.text]
    assert "who takes “set up the staging queue”" in needs
