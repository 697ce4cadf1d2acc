"""Later lines in other hands: what links by the thing alone, by receipt, by a verb of its kind; what is only asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.ledger import fold, is_open
from copilot.ledger_subjects import promised, said_of
from copilot.mentions import Commitment, CommitmentStatus, MentionKind
from copilot.similarity import stems, word_kind
from tests.copilot.extraction.reading_cases import ON
from tests.copilot.status_cases import LATER, notes
from tests.copilot.test_ledger import mention

_OPEN = CommitmentStatus.OPEN


def ledger(first: str, later: str, *, on: date = LATER) -> tuple[Commitment, ...]:
    return fold(notes({ON: first, on: later}), (), (), as_of=on)


@pytest.mark.parametrize(
    ("first", "later", "status"),
    [
        ("Ben to give Lin his address parser.", "Lin got the parser from Ben.", "done"),
        ("Ben to lend Lin the book on load curves.", "Book has changed hands.", "done"),
        (
            "Ben to write a sample contract for one feed.",
            "Follow-up of last time: sample contract presented (ok)",
            "done",
        ),
        ("Ben to set up the labelling tool.", "Tool is up since the 18th.", "done"),
        ("Ben to write a script that renames the scans.", "Renaming script: scrapped, pointless now", "dropped"),
    ],
)
def test_the_thing_alone_closes_where_nothing_else_can_be_meant(first: str, later: str, status: str) -> None:
    (one,) = ledger(first, later)
    assert (one.status.value, one.unsettled) == (status, ())


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Ben to write the data contract for the ticket machines.", "Contract signed by both sides."),
        (
            "Ben to collect the operators' complaints about the alarm list.",
            "Ben came with forty complaints from the operators.",
        ),
        ("Ben to deliver the comparison of the two zones.", "The comparison lies in your folder since the 17th."),
        ("Ben to submit a poster to the open day.", "Ben gave up the poster."),
        ("Ben to write the proposal for checks.", "The proposal makes no sense any more."),
        ("Ben to clean the eval set.\nLin to review the plan.", "Ben - that's merged."),
        ("Ben will call the supplier about the barcode file.", "Ben rang, the file is coming by post."),
    ],
)
def test_what_may_mean_it_is_asked_and_stays_open(first: str, later: str) -> None:
    one = ledger(first, later)[0]
    assert one.status is _OPEN
    assert one.unsettled
    assert one.question is not None


@pytest.mark.parametrize(
    "later",
    [
        "Ben called the vendor about the invoice.",
        "Ben is calling the vendor today.",
        "The vendor needs another form, still nothing.",
        "Once the vendor is called, we start.",
        "Two of the three fields were found.",
        "We discussed the weather.",
    ],
)
def test_what_tells_of_another_thing_closes_nothing(later: str) -> None:
    (one,) = ledger("Ben to call the vendor about the missing fields.", later)
    assert one.status is _OPEN


def test_a_line_of_the_same_note_is_no_trace_of_its_promise() -> None:
    (one,) = ledger("Ben to write the rollback plan.\nThe rollback plan was the topic of the hour.", "Nothing new.")
    assert one.unsettled == ()


def test_a_promise_with_a_word_of_dropping_beside_it_stays() -> None:
    found = fold(notes({ON: "Ben: I'll send the sheet tonight, no need to print it."}), (), (), as_of=ON)
    assert [(each.owner, each.status) for each in found] == [("ben", _OPEN)]


def test_half_a_page_moves_nothing() -> None:
    found = fold(notes({ON: "Ben: I'll send you the sheet tonight, it's half a page."}), (), (), as_of=ON)
    assert [(each.owner, each.status, each.due) for each in found] == [("ben", _OPEN, ON)]


@pytest.mark.parametrize(
    ("later", "due"),
    [
        ("Lunch talk: postponed to 3 October because of the fire drill", date(2026, 10, 3)),
        ("Lunch talk half done, the rest by 2 October", date(2026, 10, 2)),
        ("Lunch talk slipped, now 28/9", date(2026, 9, 28)),
    ],
)
def test_what_is_not_finished_takes_the_new_day(later: str, due: date) -> None:
    (one,) = ledger("Ben to give the lunch talk about embeddings by 25 September.", later)
    assert (one.status, one.due, one.moves) == (_OPEN, due, (date(2026, 9, 25),))


def test_a_row_is_closed_by_what_another_cell_says_of_it() -> None:
    first = "| Action | Owner | Due |\n|---|---|---|\n| Write down the naming rules | Ben | 25 September |"
    later = (
        "| Action | Owner | Due | Remark |\n|---|---|---|---|\n| Write down the naming rules | Ben | | done, see wiki |"
    )
    (one,) = ledger(first, later)
    assert one.status is CommitmentStatus.DONE


def test_a_stand_up_line_of_a_ticket_is_no_new_promise() -> None:
    found = ledger(
        "Ben to join the baskets CLM-60.\nLin to pick test shops CLM-62.", "Ben: CLM-60 merged\nLin: CLM-62 in review"
    )
    assert [(each.owner, each.status.value) for each in found] == [("ben", "done"), ("lin", "open")]


def test_who_takes_it_up_is_the_owner() -> None:
    (one,) = ledger("Ben to dedupe the loyalty ids CLM-61.", "CLM-61 -> Lin picks it up")
    assert one.owner == "lin"


def test_verbs_of_one_kind_are_one_act() -> None:
    assert word_kind(stems("rang")[0]) == word_kind(stems("call")[0]) is not None
    assert word_kind(stems("poster")[0]) != word_kind(stems("call")[0])


def test_a_promise_that_only_points_is_known_by_its_line() -> None:
    said = mention(MentionKind.COMMITMENT, 0, "clean those out", "ben", 1)
    assert promised(said).head == ""


_WORDS = st.lists(
    st.sampled_from(
        "the parser rubric sent came is was Ben Lin got done new plan on Friday since by , . : not half".split()  # noqa: SIM905
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(words=_WORDS)
def test_no_line_loses_a_promise(words: list[str]) -> None:
    """Whatever is written later, every promise of before stands on the ledger; it is open unless a change closed it."""
    found = ledger("Ben to write the parser.\nLin to send the rubric.", " ".join(words))
    owners = [each.owner for each in found if each.first_agreed == ON]
    assert len(owners) == 2
    closed = [each for each in found if each.first_agreed == ON and not is_open(each)]
    assert all({"done", "dropped"} & {one.what for one in each.history} for each in closed)


@settings(max_examples=60, deadline=None)
@given(words=_WORDS)
def test_what_is_only_told_closes_and_moves_nothing(words: list[str]) -> None:
    promise = mention(MentionKind.COMMITMENT, 0, "write the parser", "ben", 1)
    told = mention(MentionKind.TOLD, 7, " ".join(words), None, 2)
    (one,) = fold([promise, told], (), (), as_of=date(2026, 12, 1))
    assert (one.status, one.owner, one.due, one.moves) == (_OPEN, "ben", promise.due, ())


@settings(max_examples=60, deadline=None)
@given(words=_WORDS)
def test_what_a_line_names_holds_no_word_of_status(words: list[str]) -> None:
    for said in said_of(mention(MentionKind.DONE, 7, " ".join(words), None, 2)):
        assert "don" not in said.words
        assert "friday" not in {each.lower() for each in said.words}
