"""What a sponsor reads: the true status of what was shared, in the promise's words, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from copilot.ledger import fold
from copilot.mentions import Commitment, Decision, DecisionKind, Mention, MentionKind
from copilot.programme import SessionRecord
from copilot.stores.ledger_reading import LedgerReader, for_others
from copilot.stores.protocols import PairReader
from tests.copilot.test_ledger import MENTIONS, mention

_AS_OF = date(2026, 12, 1)


@dataclass
class FullReader:
    """The pair's own reader, in memory."""

    told: Sequence[Mention]
    said: Sequence[Decision]

    def mentions(self) -> tuple[Mention, ...]:
        return tuple(self.told)

    def decisions(self) -> tuple[Decision, ...]:
        return tuple(self.said)

    def sessions(self) -> tuple[SessionRecord, ...]:
        return ()


def lane(told: Sequence[Mention], said: Sequence[Decision]) -> LedgerReader:
    return LedgerReader(cast("PairReader", FullReader(told, said)), shown=for_others)


def seen(told: Sequence[Mention], said: Sequence[Decision], as_of: date = _AS_OF) -> tuple[Commitment, ...]:
    reader = lane(told, said)
    return fold(reader.mentions(), reader.decisions(), reader.sessions(), as_of=as_of)


def decided(kinds: Sequence[tuple[DecisionKind, int]], told: Sequence[Mention]) -> list[Decision]:
    promises = [each for each in told if each.kind in {MentionKind.COMMITMENT, MentionKind.CANDIDATE}]
    return [
        Decision(f"d{n}", "p", promises[which % len(promises)].id, kind, "ben",
                 datetime(2026, 9, 8, 9, n, tzinfo=UTC), date(2026, 9, 8))
        for n, (kind, which) in enumerate(kinds) if promises
    ]  # fmt: skip


_DECIDED = st.lists(st.tuples(st.sampled_from(DecisionKind), st.integers(0, 9)), max_size=8)


@given(MENTIONS, _DECIDED)
def test_what_is_shared_has_its_true_status(told: list[Mention], kinds: list[tuple[DecisionKind, int]]) -> None:
    said = decided(kinds, told)
    own = {each.id: each for each in fold(told, said, (), as_of=_AS_OF)}
    others = {each.id: each for each in seen(told, said)}
    assert set(others) == {each.id for each in own.values() if for_others(each)}
    for each in others.values():
        mine = own[each.id]
        assert (each.status, each.owner, each.ticket, each.due, each.closed) == (
            mine.status, mine.owner, mine.ticket, mine.due, mine.closed,
        )  # fmt: skip


@given(MENTIONS, _DECIDED)
def test_no_words_but_the_promises_own_leave(told: list[Mention], kinds: list[tuple[DecisionKind, int]]) -> None:
    said = decided(kinds, told)
    allowed = {each.action for each in fold(told, said, (), as_of=_AS_OF) if each.shared}
    reader = lane(told, said)
    assert {each.text for each in reader.mentions()} <= allowed
    assert not any(each.citation.quote or each.citation.source or each.question for each in reader.mentions())
    assert not any(each.reason for each in reader.decisions())


def test_a_later_note_closes_what_was_shared() -> None:
    promise = mention(MentionKind.COMMITMENT, 0, "label 200 claims", "ben", 1, "CLM-1")
    done = mention(MentionKind.DONE, 3, "label 200 claims at last, it was hard", "ben", 1, "CLM-1")
    said = decided([(DecisionKind.CONFIRM, 0), (DecisionKind.SHARE, 0)], [promise])
    said = [Decision(d.id, d.pair, d.commitment, d.kind, d.by, d.at, promise.session_date) for d in said]
    assert [str(each.status) for each in seen([promise, done], said)] == ["done"]
    before = seen([promise, done], said, as_of=promise.session_date + timedelta(days=1))
    assert [str(each.status) for each in before] == ["open"]
    assert not any("hard" in each.text for each in lane([promise, done], said).mentions())


def test_a_candidate_and_an_unconfirmed_line_stay_inside() -> None:
    rough = mention(MentionKind.CANDIDATE, 0, "label 200 claims", "ben", 1)
    firm = mention(MentionKind.COMMITMENT, 0, "book risk review", "ben", 2)
    said = decided([(DecisionKind.SHARE, 0), (DecisionKind.SHARE, 1)], [rough, firm])
    assert seen([rough, firm], said) == ()
