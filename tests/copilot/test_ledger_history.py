"""Histories as programmes have them: late, changed and copied notes, moved sessions, new people, a clock put back.

Whatever happens in whatever order: nothing open disappears, what a person closed stays closed, and every line keeps its
age, origin and the times it was carried. ``LEDGER_EXAMPLES`` is raised by hand for a long run.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from copilot.deciding import Word, decide
from copilot.errors import Usage
from copilot.ledger import fold, is_open
from copilot.ledger_states import NEEDS_REASON, OF_PEOPLE, State, state_of
from copilot.ledger_threads import AT_ONCE
from copilot.ledger_views import OWNER_LEFT, with_owners_gone
from copilot.mentions import Commitment, Decision, DecisionKind, Mention, MentionKind
from copilot.programme import Pair, Person, Programme, SessionRecord, SessionStatus
from guards.access import DecideCommitments, Principal, Role, authorize
from guards.text import mint_redacted
from tests.copilot.test_ledger import mention

_START, _AS_OF = date(2026, 9, 1), date(2026, 12, 1)
_ACTIONS = ("label 200 claims", "write labelling guideline", "book risk review", "send hypothesis sheet", "merge")
_PEOPLE = ("ada", "ben", "lin")
_PROMISES = frozenset({MentionKind.COMMITMENT, MentionKind.CANDIDATE})
_KINDS = (*sorted(_PROMISES), *(each for each in MentionKind if each in {
    MentionKind.DONE, MentionKind.MOVED, MentionKind.DROPPED, MentionKind.STILL_OPEN, MentionKind.UNCLEAR,
    MentionKind.TOLD,
}))  # fmt: skip
_CLOSING = frozenset({DecisionKind.DONE, DecisionKind.DROP, DecisionKind.DENY})
_LINES = st.lists(
    st.tuples(
        st.sampled_from(_KINDS), st.sampled_from(_ACTIONS), st.sampled_from([*_PEOPLE, None]),
        st.sampled_from([None, "CLM-1", "CLM-2"]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
Lines = list[tuple[MentionKind, str, "str | None", "str | None"]]


class Histories(RuleBasedStateMachine):
    """One pair's notes, calendar and decisions, changed step by step."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: dict[str, tuple[Mention, ...]] = {}
        self.said: list[Decision] = []
        self.sessions: dict[date, SessionRecord] = {}
        self.pair = Pair("p", "ada", "ben")
        self.now = datetime(2026, 9, 20, 9, tzinfo=UTC)

    def _mentions(self) -> list[Mention]:
        return [each for note in self.notes.values() for each in note]

    def _ledger(self, as_of: date = _AS_OF) -> tuple[Commitment, ...]:
        return fold(self._mentions(), self.said, self.sessions.values(), as_of=as_of)

    def _note(self, name: str, day: int, lines: Lines) -> None:
        made = (mention(kind, day, action, owner, n, ticket) for n, (kind, action, owner, ticket) in enumerate(lines))
        where = [replace(each, citation=replace(each.citation, document=name)) for each in made]
        self.notes[name] = tuple(replace(each, id=f"{name}-{each.id}") for each in where)

    @initialize(lines=_LINES)
    def first_note(self, lines: Lines) -> None:
        self._note("note-0", 0, [(MentionKind.COMMITMENT, *rest) for _, *rest in lines])  # pyright: ignore[reportArgumentType]

    @rule(day=st.integers(0, 40), lines=_LINES)
    def a_note_comes_in_late_or_in_time(self, day: int, lines: Lines) -> None:
        before, known = self._ledger(), set(self.notes)
        self._note(f"note-{day}-{len(known)}", day, lines)
        self._nothing_lost(before)
        self._later_notes_open_nothing(before, _START + timedelta(days=day))

    @rule(data=st.data())
    def a_note_is_ingested_again(self, data: st.DataObject) -> None:
        before = self._ledger()
        name = data.draw(st.sampled_from(sorted(self.notes)))
        self.notes[name] = tuple(self.notes.pop(name))
        assert self._ledger() == before

    @rule(data=st.data())
    def a_note_is_copied(self, data: st.DataObject) -> None:
        before = self._ledger()
        name = data.draw(st.sampled_from(sorted(self.notes)))
        self.notes[f"{name}-copy{len(self.notes)}"] = self.notes[name]
        assert self._ledger() == before

    @rule(data=st.data(), lines=_LINES)
    def a_note_is_changed(self, data: st.DataObject, lines: Lines) -> None:
        """What no other note says goes with its line; what another note says stays, and stays as people left it."""
        name = data.draw(st.sampled_from(sorted(self.notes)))
        others = {each.id for key, note in self.notes.items() if key != name for each in note}
        day = (self.notes[name][0].session_date - _START).days
        before = [each for each in self._ledger() if {each.id, *each.aliases} & others]
        self._note(name, day, lines)
        now = {known for each in self._ledger() for known in (each.id, *each.aliases)}
        promised = {each.id for each in self._mentions() if each.kind in _PROMISES}
        assert all({each.id, *each.aliases} & others & promised <= now for each in before)

    @rule(day=st.integers(0, 60), status=st.sampled_from(SessionStatus))
    def a_session_is_planned_held_skipped_or_moved(self, day: int, status: SessionStatus) -> None:
        before = [replace(each, times_carried=0) for each in self._ledger()]
        on = _START + timedelta(days=day)
        if self.sessions:
            del self.sessions[min(self.sessions)]  # the earliest planned one is moved
        self.sessions[on] = SessionRecord("p", on, status)
        assert [replace(each, times_carried=0) for each in self._ledger()] == before

    @rule(mentor=st.sampled_from(_PEOPLE), mentee=st.sampled_from(_PEOPLE))
    def somebody_is_replaced(self, mentor: str, mentee: str) -> None:
        """The pair keeps what is open; who left is shown as owner, with the question who takes it."""
        self.pair = replace(self.pair, mentor=mentor, mentee=mentee)
        roles = {"ada": Role.MENTOR_COACH, "ben": Role.MENTEE, "lin": Role.MENTEE}
        people = tuple(Person(who, who, roles=frozenset({roles[who]})) for who in _PEOPLE)
        programme = Programme("d", "d", _START, 12, 7, "b", people, (self.pair,))
        before = self._ledger()
        after = with_owners_gone(before, pair=self.pair, programme=programme)
        assert [replace(each, question=None) for each in after] == [replace(each, question=None) for each in before]
        for each in after:
            left = each.owner is not None and each.owner not in {mentor, mentee}
            waits = bool(each.unsettled) or each.question == AT_ONCE
            assert (each.question == OWNER_LEFT) == (left and is_open(each) and not waits)

    @precondition(lambda self: self._ledger())
    @rule(data=st.data(), kind=st.sampled_from(DecisionKind), by=st.sampled_from(["ada", "ben"]),
          minutes=st.integers(-90, 90), aware=st.booleans(), reason=st.booleans())  # fmt: skip
    def somebody_decides(  # noqa: PLR0917 - what a decision is made of
        self, data: st.DataObject, kind: DecisionKind, by: str, minutes: int, aware: bool, reason: bool
    ) -> None:
        one = data.draw(st.sampled_from(self._ledger()))
        self.now += timedelta(minutes=minutes)  # the clock may be put back
        role = Role.MENTEE if kind in {DecisionKind.SHARE, DecisionKind.UNSHARE} or by == "ben" else Role.MENTOR_COACH
        grant = authorize(Principal(by, {"p": role}), DecideCommitments, "p")
        due = self.now.date() + timedelta(days=7) if kind is DecisionKind.MOVE else None
        word = Word(kind, self.now.date(), mint_redacted("why") if reason else None, due)
        known = self.said if aware else self.said[:-1]
        try:
            (decided,) = decide([one.id], word, commitments=[one], said=known, grant=grant, at=self.now)
        except Usage:
            assert state_of(one.status) in {State.DONE, State.DROPPED, State.DENIED} or OF_PEOPLE[kind] in NEEDS_REASON
            return
        assert reason or OF_PEOPLE[kind] not in NEEDS_REASON
        before = self._ledger()
        for each in decided.decisions:
            self._append(each)
        self._nothing_lost(before, but=one.id)
        self._stands(one.id, kind)

    def _append(self, decision: Decision) -> None:
        """As the record keeps it: after every word before it."""
        last = max((each.at for each in self.said), default=decision.at - timedelta(seconds=1))
        self.said.append(replace(decision, at=max(decision.at, last + timedelta(microseconds=1))))

    def _stands(self, known: str, kind: DecisionKind) -> None:
        """The word recorded last counts, whatever day or hour it was said to be."""
        (one,) = [each for each in self._ledger() if known in {each.id, *each.aliases}]
        wanted = {DecisionKind.DONE: "done", DecisionKind.DROP: "dropped", DecisionKind.DENY: "denied"}
        if kind in wanted:
            assert one.status.value == wanted[kind]

    def _nothing_lost(self, before: tuple[Commitment, ...], *, but: str = "") -> None:
        """What was open still runs, unless a note says plainly what became of it or a person did."""
        now = {known: each for each in self._ledger() for known in (each.id, *each.aliases)}
        for each in (each for each in before if is_open(each) and each.id != but):
            after = now[each.id]
            closed_by = {one.what for one in after.history}
            assert is_open(after) or closed_by & {"done", "dropped", "drop", "deny"}

    def _later_notes_open_nothing(self, before: tuple[Commitment, ...], day: date) -> None:
        now = {known: each for each in self._ledger() for known in (each.id, *each.aliases)}
        for each in (each for each in before if each.closed is not None and each.closed < day):
            assert not is_open(now[each.id])

    @invariant()
    def every_promise_is_on_exactly_one_line(self) -> None:
        folded = self._ledger()
        for each in {each.id: each for each in self._mentions() if each.kind in _PROMISES}.values():
            assert sum(each.id in {one.id, *one.aliases} for one in folded) == 1

    @invariant()
    def what_a_person_closed_last_stays_closed(self) -> None:
        now = {known: each for each in self._ledger() for known in (each.id, *each.aliases)}
        last: dict[str, DecisionKind] = {}
        for each in self.said:
            if each.commitment in now and each.kind not in {
                DecisionKind.SHARE,
                DecisionKind.UNSHARE,
                DecisionKind.MOVE,
            }:
                last[now[each.commitment].id] = each.kind
        assert not any(is_open(now[known]) for known, kind in last.items() if kind in _CLOSING)

    @invariant()
    def age_origin_and_times_are_on_every_line(self) -> None:
        held = {each.day for each in self.sessions.values() if each.status is SessionStatus.HELD}
        told = {each.id: each for each in self._mentions()}
        for each in self._ledger():
            until = each.closed or _AS_OF
            assert each.age_days == (_AS_OF - each.first_agreed).days
            assert each.times_carried == len({day for day in held if each.first_agreed < day < until})
            assert each.citations[0] == told[each.id].citation
            assert each.history[0].what == "agreed"

    @invariant()
    def no_drop_stands_without_a_reason(self) -> None:
        assert all(each.reason for each in self.said if OF_PEOPLE[each.kind] in NEEDS_REASON)


LEDGER_EXAMPLES = 25
TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=LEDGER_EXAMPLES, stateful_step_count=20, deadline=None)
