"""Rows of a programme file: each becomes one commitment with its own history, apart from rows that look like it."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.imports import ImportedCommitment, imported_mentions
from copilot.ledger import fold
from copilot.mentions import Commitment, CommitmentStatus, ReadBy
from guards.text import RedactedText, house, mint_redacted

START = date(2026, 9, 7)


def folded(*rows: ImportedCommitment, as_of: date = date(2026, 12, 1)) -> tuple[Commitment, ...]:
    def named(person: str) -> RedactedText:
        return mint_redacted(f"<PERSON_{len(person)}>")

    mentions = imported_mentions(rows, source=house("programme.yaml"), placeholder_of=named)
    assert {each.read_by for each in mentions} == {ReadBy.IMPORT}
    return fold(mentions, (), (), as_of=as_of)


def row(action: str = "label 200 claims", **changes: object) -> ImportedCommitment:
    fields = {"pair": "p", "owner": "ben", "action": mint_redacted(action), "opened": START, **changes}
    return ImportedCommitment(**fields)  # pyright: ignore[reportArgumentType]


def test_moves_are_replayed_in_the_files_order() -> None:
    moves = ((START, date(2026, 9, 21)), (START, date(2026, 9, 28)), (START, date(2026, 10, 5)))
    (one,) = folded(row(due=date(2026, 9, 14), moves=moves))
    assert one.due == date(2026, 10, 5)
    assert one.moves == (date(2026, 9, 14), date(2026, 9, 21), date(2026, 9, 28))


@pytest.mark.parametrize(("status", "shown"), [("done", CommitmentStatus.DONE), ("dropped", CommitmentStatus.DROPPED)])
def test_a_closed_row_is_open_until_its_day(status: str, shown: CommitmentStatus) -> None:
    closed = row(status=status, closed=date(2026, 9, 20))
    assert [each.status for each in folded(closed)] == [shown]
    assert [each.status for each in folded(closed, as_of=date(2026, 9, 19))] == [CommitmentStatus.OPEN]


def test_a_closed_row_leaves_its_neighbours_open() -> None:
    found = folded(row(status="done", closed=START), row("write the guide"), row(owner="ada"))
    assert sorted(each.status.value for each in found) == ["done", "open", "open"]
