"""Roles come from the programme alone, gates and consent close a pair, and the table decides every combination."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import NotFound
from copilot.gates import PAPERS
from copilot.principals import Standing, principal_as, principal_for, viewer
from copilot.programme import Pair, Person, Programme
from guards.access import (
    ALLOWED,
    AT_LARGE,
    OPENS,
    Lane,
    Permission,
    Principal,
    ReadCommitments,
    ReadConversation,
    ReadProgramme,
    RevealNames,
    Role,
    audience,
    authorize,
    readers_of,
)
from guards.consent import Consents, ConsentWord, Purpose
from guards.errors import NotPermitted

_PEOPLE = (
    Person("ada", "Ada N", roles=frozenset({Role.MENTOR_COACH})),
    Person("ben", "Ben O"),
    Person("sam", "Sam R"),
    Person("lee", "Lee", (), frozenset({Role.LND})),
)
DAY = date(2026, 9, 7)
SIGNED = tuple((each, DAY) for each in PAPERS)
PROGRAMME = Programme(
    "demo", "Demo", DAY, 12, 7, "60", _PEOPLE,
    (Pair("p", "ada", "ben", "sam", signed=SIGNED), Pair("q", "ben", "ada", signed=SIGNED),
     Pair("r", "sam", "ben", "sam", signed=SIGNED[:1])),
)  # fmt: skip
NOW = Standing(DAY, Consents())
_ALL = tuple(Permission.__subclasses__())


def test_roles_are_per_pair() -> None:
    assert dict(principal_for(PROGRAMME, person_id="ada", standing=NOW).roles) == {
        "p": Role.MENTOR_COACH,
        "q": Role.MENTEE,
    }
    assert dict(principal_for(PROGRAMME, person_id="sam", standing=NOW).roles) == {
        "p": Role.SPONSOR,
        "r": Role.MENTOR_COACH,
    }
    lee = principal_for(PROGRAMME, person_id="lee", standing=NOW)
    assert (dict(lee.roles), lee.programme_roles) == ({}, {Role.LND})
    with pytest.raises(NotFound):
        principal_for(PROGRAMME, person_id="nobody", standing=NOW)


def test_as_a_role() -> None:
    assert principal_as(PROGRAMME, pair_id="p", role=Role.SPONSOR, standing=NOW).person == "sam"
    for pair, role in (("x", Role.MENTEE), ("q", Role.SPONSOR), ("p", Role.LND)):
        with pytest.raises(NotFound):
            principal_as(PROGRAMME, pair_id=pair, role=role, standing=NOW)
    assert viewer(PROGRAMME, pair_id="p", who="lnd", standing=NOW).programme_roles == {Role.LND}
    assert viewer(PROGRAMME, pair_id="p", who="ben", standing=NOW).roles["p"] is Role.MENTEE


@pytest.mark.parametrize("permission", _ALL)
@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("at_large", [*Role, None])
def test_every_combination_is_decided_by_the_table(
    permission: type[Permission], role: Role | None, at_large: Role | None
) -> None:
    principal = Principal("x", {"p": role} if role else {}, frozenset({at_large} if at_large else ()))
    held = {role} | ({at_large} & AT_LARGE)
    if held & ALLOWED[permission]:
        assert authorize(principal, permission, "p").role in held
    else:
        with pytest.raises(NotPermitted):
            authorize(principal, permission, "p")
    if not {at_large} & AT_LARGE & ALLOWED[permission]:
        with pytest.raises(NotPermitted):
            authorize(principal, permission, "other")


def test_no_permission_is_left_out_and_at_large_opens_neither_conversation_nor_names() -> None:
    assert set(ALLOWED) == set(_ALL)
    for permission in (ReadConversation, ReadCommitments, RevealNames):
        assert not ALLOWED[permission] & AT_LARGE
    assert readers_of(Lane.CONVERSATION) == {Role.MENTOR_COACH, Role.MENTEE}
    assert readers_of(Lane.PROGRAMME) == set(Role)
    assert OPENS[ReadProgramme] == {Lane.PROGRAMME}


@given(one=st.lists(st.sampled_from(Lane)), two=st.lists(st.sampled_from(Lane)))
def test_an_audience_is_the_intersection_and_more_sources_never_widen_it(one: list[Lane], two: list[Lane]) -> None:
    assert audience([*one, *two]) == audience(one) & audience(two)
    assert audience([*one, *two]) == audience([*two, *one])


@given(signed=st.dictionaries(st.sampled_from([*PAPERS, "mentor_agreement"]), st.integers(-3, 3)))
def test_a_coach_reads_with_both_papers_signed_by_the_day_and_not_otherwise(signed: dict[str, int]) -> None:
    papers = tuple((name, DAY + timedelta(days=days)) for name, days in signed.items())
    programme = Programme("d", "D", DAY, 12, 7, "60", _PEOPLE, (Pair("p", "ada", "ben", signed=papers),))
    coach = principal_as(programme, pair_id="p", role=Role.MENTOR_COACH, standing=NOW)
    missing = [each for each in PAPERS if signed.get(each, 9) > 0]
    for permission in (ReadConversation, ReadCommitments, RevealNames):
        assert authorize(principal_as(programme, pair_id="p", role=Role.MENTEE, standing=NOW), permission, "p"), (
            "the mentee's view does not wait for the coach's papers"
        )
        if not missing:
            assert authorize(coach, permission, "p")
            continue
        with pytest.raises(NotPermitted) as refused:
            authorize(coach, permission, "p")
        assert all(each in str(refused.value) for each in [*missing, "pair p", "programme.yaml"])
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_a_withdrawal_closes_the_conversation_to_others_at_once(who: str) -> None:
    at = datetime(2026, 9, 7, tzinfo=UTC)
    standing = Standing(DAY, Consents([ConsentWord(who, Purpose.SESSION_PREP, given=False, at=at)]))
    other = {"ada": "ben", "ben": "ada"}[who]
    assert authorize(principal_for(PROGRAMME, person_id=who, standing=standing), ReadConversation, "p")
    closed = principal_for(PROGRAMME, person_id=other, standing=standing)
    with pytest.raises(NotPermitted, match=f"{who} withdrew consent to session_prep"):
        authorize(closed, ReadConversation, "p")
    assert authorize(closed, ReadCommitments, "p")
