"""Sign-off: a word is on a text; when the text changes it no longer counts; a sponsor sees what both agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.criteria import all_criteria
from copilot.criterion_signing import (
    CriterionWord,
    State,
    WordKind,
    agreement,
    offered,
    parts_of,
    shown_to_sponsor,
    sign_off,
    signature,
)
from copilot.declared import rules_of
from copilot.drafts import Criterion
from copilot.errors import Usage
from guards.access import AgreeCriteria, Principal, Role, SignCriteria, authorize
from guards.errors import NotPermitted
from guards.text import RedactedText, house
from tests.doubles.snapshots import running

PAIR = "ada-ben"
SNAPSHOT = running()
FIRST, *_ = all_criteria(SNAPSHOT, rules=rules_of(SNAPSHOT))
CHANGED = replace(FIRST, then=house("something else is at least this much"))
DAY = date(2026, 10, 20)
NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
WHO = {
    Role.MENTOR_COACH: Principal("ada", {PAIR: Role.MENTOR_COACH}),
    Role.MENTEE: Principal("ben", {PAIR: Role.MENTEE}),
    Role.SPONSOR: Principal("sam", {PAIR: Role.SPONSOR}),
}


def agreed(role: Role, of: Criterion = FIRST, minute: int = 0) -> CriterionWord:
    grant = authorize(WHO[role], AgreeCriteria, PAIR)
    return agreement(of, grant=grant, at=NOON + timedelta(minutes=minute), day=DAY)


def signed(words: list[CriterionWord], minute: int = 9) -> CriterionWord:
    grant = authorize(WHO[Role.SPONSOR], SignCriteria, PAIR)
    return signature(FIRST.id, words, grant=grant, at=NOON + timedelta(minutes=minute), day=DAY)


def both(of: Criterion = FIRST, minute: int = 0) -> list[CriterionWord]:
    return [agreed(Role.MENTOR_COACH, of, minute), agreed(Role.MENTEE, of, minute + 1)]


def state(words: list[CriterionWord], of: Criterion = FIRST) -> State:
    return sign_off(of, words, mask=lambda text: text).state


def test_it_goes_from_proposed_to_agreed_to_signed() -> None:
    assert state([]) is State.PROPOSED
    assert state([agreed(Role.MENTEE)]) is State.PROPOSED
    assert state(both()) is State.AGREED
    found = sign_off(FIRST, [*both(), signed(both())], mask=lambda text: text)
    assert (found.state, found.signed_by, found.signed_on) == (State.SIGNED, "sam", DAY)


def test_a_change_after_the_sign_off_needs_a_new_one() -> None:
    words = [*both(), signed(both())]
    found = sign_off(CHANGED, words, mask=lambda text: text)
    assert (found.state, found.changed) == (State.CHANGED, ("then",))
    words += both(CHANGED, 20)
    assert state(words, CHANGED) is State.CHANGED
    words.append(signed(words, 30))
    assert state(words, CHANGED) is State.SIGNED


def test_another_kpi_is_a_change_too() -> None:
    found = sign_off(replace(FIRST, kpi="other"), [*both(), signed(both())], mask=lambda text: text)
    assert (found.state, found.changed) == (State.CHANGED, ("KPI",))


def test_a_name_that_is_masked_later_is_no_change() -> None:
    named = replace(FIRST, given=house("the sheet that Femi keeps"))
    words = both(named)
    words.append(signed(words))
    now = replace(FIRST, given=house("the sheet that <PERSON_9> keeps"))
    assert sign_off(now, words, mask=lambda text: text).state is State.CHANGED

    def mask(text: RedactedText) -> RedactedText:
        return house("the sheet that <PERSON_9> keeps") if "Femi" in text else text

    assert sign_off(now, words, mask=mask).state is State.SIGNED


def test_a_sponsor_sees_no_text_that_only_one_agreed() -> None:
    half = [agreed(Role.MENTOR_COACH), agreed(Role.MENTEE, CHANGED, 3)]
    assert offered(half) == ()
    assert shown_to_sponsor(half) == ()
    assert len(shown_to_sponsor([*both(), agreed(Role.MENTEE, CHANGED, 3)])) == 2


def test_what_is_agreed_holds_no_note_line() -> None:
    assert {name for name, _ in parts_of(FIRST)} <= {
        "given", "when", "then", "threshold", "source", "verified by", "date"
    }  # fmt: skip


def test_nothing_unagreed_is_signed_and_nothing_twice() -> None:
    with pytest.raises(Usage, match="not agreed by both"):
        signed([agreed(Role.MENTEE)])
    with pytest.raises(Usage, match="already"):
        signed([*both(), signed(both())])
    with pytest.raises(Usage, match="nothing testable"):
        agreed(Role.MENTEE, replace(FIRST, then=None))


@pytest.mark.parametrize("role", [Role.MENTOR_COACH, Role.MENTEE])
def test_only_the_sponsor_signs_and_only_the_pair_agrees(role: Role) -> None:
    with pytest.raises(NotPermitted):
        authorize(WHO[role], SignCriteria, PAIR)
    with pytest.raises(NotPermitted):
        authorize(WHO[Role.SPONSOR], AgreeCriteria, PAIR)


@given(st.lists(st.sampled_from(["coach", "mentee", "coach*", "mentee*", "sign"]), max_size=12))
def test_signed_off_always_means_that_this_very_text_was_agreed_by_both_and_then_signed(steps: list[str]) -> None:
    words: list[CriterionWord] = []
    for minute, step in enumerate(steps):
        if step == "sign":
            try:
                words.append(signed(words, minute))
            except Usage:
                continue
        else:
            role = Role.MENTOR_COACH if step.startswith("coach") else Role.MENTEE
            words.append(agreed(role, CHANGED if step.endswith("*") else FIRST, minute))
    for criterion in (FIRST, CHANGED):
        if state(words, criterion) is State.SIGNED:
            texts = parts_of(criterion)
            last = next(at for at, each in reversed(list(enumerate(words))) if each.kind is WordKind.SIGN)
            assert words[last].parts == texts
            before = {each.role for each in words[:last] if each.kind is WordKind.AGREE and each.parts == texts}
            assert before == {"mentor_coach", "mentee"}
