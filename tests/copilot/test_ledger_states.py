"""The table of states: total, and true to what it promises."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

import pytest

from copilot.cli import commit
from copilot.cli.ledger_page import ledger_page
from copilot.deciding import Word, decide
from copilot.errors import Usage
from copilot.ledger import fold
from copilot.ledger_states import AGAIN, NEEDS_REASON, OF_NOTES, OF_PEOPLE, TABLE, Event, State, state_of, step
from copilot.mentions import Commitment, CommitmentStatus, Decision, DecisionKind, Mention, MentionKind
from guards.access import DecideCommitments, Principal, Role, authorize
from guards.text import mint_redacted
from tests.copilot.test_ledger import mention

_CLOSED = (State.DONE, State.DROPPED, State.DENIED)
_NOTES = frozenset(OF_NOTES.values())
_PEOPLE = frozenset(OF_PEOPLE.values())
_DAY = date(2026, 9, 8)
_AS_OF = date(2026, 12, 1)


def said(kind: DecisionKind, commitment: str, minute: int, *, by: str = "ben", due: date | None = None) -> Decision:
    at = datetime(2026, 9, 8, 9, minute, tzinfo=UTC)
    why = mint_redacted("why") if OF_PEOPLE[kind] in NEEDS_REASON else None
    return Decision(f"d{minute}", "p", commitment, kind, by, at, _DAY, why, due)


def in_state(state: State) -> tuple[list[Mention], list[Decision]]:
    """The shortest history that ends in a state, with the commitment at its first mention."""
    kind = MentionKind.CANDIDATE if state is State.CANDIDATE else MentionKind.COMMITMENT
    told = [mention(kind, 0, "label 200 claims", "ben", 1)]
    words = {State.DONE: DecisionKind.DONE, State.DROPPED: DecisionKind.DROP, State.DENIED: DecisionKind.DENY}
    decided = [said(words[state], told[0].id, 1)] if state in words else []
    return told, decided


def the(told: list[Mention], decided: list[Decision], known: str) -> Commitment:
    (found,) = [each for each in fold(told, decided, (), as_of=_AS_OF) if known in {each.id, *each.aliases}]
    return found


def test_every_state_has_a_step_for_every_event() -> None:
    assert set(TABLE) == set(State)
    assert all(set(TABLE[state]) == set(Event) for state in State)
    assert _NOTES | _PEOPLE | {Event.SUPERSEDED} == set(Event)
    assert set(OF_PEOPLE) == set(DecisionKind)


@pytest.mark.parametrize(("state", "event"), list(product(_CLOSED, sorted(_NOTES))))
def test_no_note_opens_what_was_closed(state: State, event: Event) -> None:
    made = step(state, event)
    assert made.next is state
    assert made.starts in {None, State.RETURNED}


@pytest.mark.parametrize(("state", "event"), list(product(State, sorted(_NOTES))))
def test_an_open_one_leaves_by_a_plain_note_alone(state: State, event: Event) -> None:
    made = step(state, event)
    if state.running and made.next is not None and not made.next.running:
        assert event in {Event.NOTED_DONE, Event.NOTED_DROPPED}


def test_only_confirming_opens_what_was_closed() -> None:
    opens = {(s, e) for s, e in product(_CLOSED, Event) if (n := step(s, e).next) is not None and n.running}
    assert opens == {(state, Event.CONFIRM) for state in _CLOSED}


def test_what_is_denied_is_asked_of_nobody() -> None:
    assert not any(each.question for each in TABLE[State.DENIED].values())


def test_the_command_knows_the_words_of_the_table() -> None:
    assert set(commit._KINDS) == {each.value for each in OF_PEOPLE}  # pyright: ignore[reportPrivateUsage]


def test_the_page_prints_every_cell() -> None:
    rows = [line for line in ledger_page().splitlines() if line.startswith("| ")]
    assert [row.split("|")[1].strip() for row in rows[1:]] == [each.value for each in Event]
    assert all(len(row.split("|")) == len(State) + 3 for row in rows)


_STATES = [each for each in State if each is not State.RETURNED]


@pytest.mark.parametrize(("state", "kind"), list(product(_STATES, DecisionKind)))
def test_the_fold_and_deciding_walk_every_cell_of_people(state: State, kind: DecisionKind) -> None:
    told, decided = in_state(state)
    before = the(told, decided, told[0].id)
    assert state_of(before.status) is state
    made = step(state, OF_PEOPLE[kind])
    due = date(2026, 10, 1) if kind is DecisionKind.MOVE else None
    after = the(told, [*decided, said(kind, told[0].id, 5, due=due)], told[0].id)
    assert after.status is (made.next or state).status
    assert after.history[-1].kept_only == bool(made.refused)
    grant = authorize(Principal("ben", {"p": Role.MENTEE}), DecideCommitments, "p")
    word = Word(kind, _DAY, mint_redacted("why"), due)
    at = datetime(2026, 9, 8, 9, 5, tzinfo=UTC)
    if made.refused:
        with pytest.raises(Usage):
            decide([before.id], word, commitments=[before], said=decided, grant=grant, at=at)
    else:
        (one,) = decide([before.id], word, commitments=[before], said=decided, grant=grant, at=at)
        assert [each.kind for each in one.decisions][-1] is kind


_FATES = [each for each in OF_NOTES if each not in {MentionKind.COMMITMENT, MentionKind.CANDIDATE}]


@pytest.mark.parametrize(("state", "kind"), list(product(_STATES, _FATES)))
def test_the_fold_walks_every_cell_of_notes(state: State, kind: MentionKind) -> None:
    told, decided = in_state(state)
    fate = mention(kind, 20, "label 200 claims", "ben", 1)
    after = the([*told, fate], decided, told[0].id)
    made = step(state, OF_NOTES[kind])
    assert after.status is (made.next or state).status
    assert bool(after.unsettled) == (made.question is not None)


@pytest.mark.parametrize("state", _CLOSED)
def test_said_again_after_closing_is_a_candidate_with_a_question(state: State) -> None:
    told, decided = in_state(state)
    again = [mention(MentionKind.COMMITMENT, day, "label 200 claims", "ben", 1) for day in (20, 27)]
    back = the([*told, *again], decided, again[0].id)
    assert (back.status, back.question) == (CommitmentStatus.CANDIDATE, AGAIN)
    assert again[1].id in back.aliases
    assert state_of(the([*told, *again], decided, told[0].id).status) is state
    opened = the([*told, *again], [*decided, said(DecisionKind.CONFIRM, again[0].id, 30)], again[0].id)
    assert (opened.status, opened.question) == (CommitmentStatus.OPEN, None)


def test_opened_again_by_a_person_keeps_its_history() -> None:
    told, decided = in_state(State.DONE)
    back = the(told, [*decided, said(DecisionKind.CONFIRM, told[0].id, 5)], told[0].id)
    assert (back.status, back.closed) == (CommitmentStatus.OPEN, None)
    assert [(each.what, each.by) for each in back.history] == [("agreed", None), ("done", "ben"), ("confirm", "ben")]


@pytest.mark.parametrize("kind", [DecisionKind.DROP, DecisionKind.DENY])
@pytest.mark.parametrize("reason", [None, " "])
def test_drop_and_deny_need_a_reason(kind: DecisionKind, reason: str | None) -> None:
    told, decided = in_state(State.OPEN)
    grant = authorize(Principal("ben", {"p": Role.MENTEE}), DecideCommitments, "p")
    word = Word(kind, _DAY, mint_redacted(reason) if reason else None)
    one = the(told, decided, told[0].id)
    with pytest.raises(Usage, match="say why"):
        decide([one.id], word, commitments=[one], said=(), grant=grant, at=datetime(2026, 9, 8, tzinfo=UTC))
