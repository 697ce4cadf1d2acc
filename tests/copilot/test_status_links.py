"""Later lines and what they change, and how a line that is not plain is put to somebody."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.status_links import figures
from copilot.commitment_pages import Listing, pair_page, visible
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus
from tests.copilot.extraction.reading_cases import ON
from tests.copilot.status_cases import LATER, Verdict, notes, results

_SETS = ("status", "status_more", "status_last")
_NAMES = {"ben": "Ben Carter", "ada": "Ada Nwosu"}


@pytest.mark.parametrize("name", _SETS)
def test_no_line_is_linked_wrongly(name: str) -> None:
    told = list(results(name))
    assert [each.id for each in told if each.verdict is Verdict.WRONG] == []
    assert [
        each.name for each in figures(told) if (each.least is not None or each.most is not None) and not each.met
    ] == []


def test_there_are_enough_cases() -> None:
    assert sum(len(list(results(name))) for name in _SETS) >= 300


def ledger(first: str, later: str) -> tuple[Commitment, ...]:
    return fold(notes({ON: first, LATER: later}), (), (), as_of=LATER)


def page(found: tuple[Commitment, ...]) -> str:
    return "\n".join(pair_page(Listing("p", LATER, visible(found, every=False), _NAMES), shown=str))


def test_a_line_that_may_mean_two_names_both_on_the_page() -> None:
    found = ledger("Ben to review the fraud model card.\nBen to review the churn model card.", "Model card reviewed.")
    text = page(found)
    assert all(each.status is CommitmentStatus.OPEN for each in found)
    assert text.count("“Model card reviewed”") == 2
    assert "Or: “review the churn model card”" in text
    assert all(f"it may also be {each.id[:8]}" in text for each in found)
    assert f"said {LATER.isoformat()} in {LATER.isoformat()}.md:1" in text
    assert "to settle: coach commit done|drop|move|confirm" in text


def test_what_a_later_note_calls_open_again_is_shown_though_closed() -> None:
    told = notes(
        {ON: "Ben to label 200 claims CLM-12.", LATER: "CLM-12 done.", date(2026, 9, 28): "CLM-12 still open."}
    )
    (one,) = fold(told, (), (), as_of=date(2026, 9, 28))
    assert one.status is CommitmentStatus.DONE
    assert visible([one], every=False) == (one,)
    assert "CLM-12 still open" in page((one,))


def test_a_done_told_twice_closes_nothing_else() -> None:
    first = "Ben to label 200 claims.\nBen to label 50 emails."
    told = notes({ON: first, LATER: "Ben labelled 200 claims.", date(2026, 9, 28): "200 claims labelled."})
    found = fold(told, (), (), as_of=date(2026, 9, 28))
    assert sorted(str(each.status) for each in found) == ["done", "open"]
    assert not any(each.question for each in found)


def test_a_box_ticked_without_a_name_closes_the_item_it_repeats() -> None:
    found = ledger("Lin to set up the staging queue.", "- [x] Set up the staging queue")
    assert [(each.owner, each.status) for each in found] == [("lin", CommitmentStatus.DONE)]


def test_who_takes_it_is_settled_by_a_later_line() -> None:
    found = ledger("ACTION: set up the staging queue", "Lin to set up the staging queue by Friday.")
    assert [(each.owner, each.question, each.due) for each in found] == [("lin", None, date(2026, 9, 25))]


def test_siblings_are_two_promises() -> None:
    later = "Ben to review the churn model card."
    assert len(ledger("Ben to review the fraud model card.", later)) == 2


def test_dates_and_owners_before_are_kept() -> None:
    told = notes({
        ON: "Ben to label 200 claims by 25 September CLM-12.",
        LATER: "CLM-12 pushed a week.",
        date(2026, 9, 28): "Lin takes over CLM-12 from Ben.\nCLM-12 moved to 9 October.",
    })  # fmt: skip
    (one,) = fold(told, (), (), as_of=date(2026, 9, 28))
    assert (one.owner, one.due, one.moves) == ("lin", date(2026, 10, 9), (date(2026, 9, 25), date(2026, 10, 2)))
    assert [each.what for each in one.history] == ["agreed", "moved", "handed on", "moved"]
