"""Roles come from the programme alone, and the permission table says yes or no to every role and permission."""

from __future__ import annotations

from datetime import date

import pytest

from copilot.errors import NotFound
from copilot.principals import principal_as, principal_for
from copilot.programme import Pair, Person, Programme
from guards.access import (
    DecideCommitments,
    Permission,
    Principal,
    ReadCommitments,
    ReadConversation,
    RevealNames,
    Role,
    WriteNotes,
    authorize,
)
from guards.errors import NotPermitted

_PEOPLE = (
    Person("ada", "Ada N"),
    Person("ben", "Ben O"),
    Person("sam", "Sam R"),
    Person("lee", "Lee", (), frozenset({Role.LND})),
)
PROGRAMME = Programme(
    "demo",
    "Demo",
    date(2026, 9, 7),
    12,
    7,
    "60",
    _PEOPLE,
    (Pair("p", "ada", "ben", "sam"), Pair("q", "ben", "ada"), Pair("r", "sam", "ben", "sam")),
)
_ALL = (ReadConversation, ReadCommitments, WriteNotes, RevealNames, DecideCommitments)
_OF_PAIR = {Role.MENTOR_COACH, Role.MENTEE, Role.REVERSE_MENTOR}


def test_roles_are_per_pair() -> None:
    assert dict(principal_for(PROGRAMME, person_id="ada").roles) == {"p": Role.MENTOR_COACH, "q": Role.MENTEE}
    assert dict(principal_for(PROGRAMME, person_id="sam").roles) == {"p": Role.SPONSOR, "r": Role.MENTOR_COACH}
    lee = principal_for(PROGRAMME, person_id="lee")
    assert (dict(lee.roles), lee.programme_roles) == ({}, {Role.LND})
    with pytest.raises(NotFound):
        principal_for(PROGRAMME, person_id="nobody")


def test_as_a_role() -> None:
    assert principal_as(PROGRAMME, pair_id="p", role=Role.SPONSOR).person == "sam"
    for pair, role in (("x", Role.MENTEE), ("q", Role.SPONSOR), ("p", Role.LND)):
        with pytest.raises(NotFound):
            principal_as(PROGRAMME, pair_id=pair, role=role)


@pytest.mark.parametrize("permission", _ALL)
@pytest.mark.parametrize("role", [*Role, None])
def test_the_table_is_total(permission: type[Permission], role: Role | None) -> None:
    principal = Principal("x", {"p": role} if role else {}, frozenset(Role))
    allowed = role in _OF_PAIR or (role is Role.SPONSOR and permission is ReadCommitments)
    if allowed:
        assert authorize(principal, permission, "p").pair == "p"
    else:
        with pytest.raises(NotPermitted):
            authorize(principal, permission, "p")
    with pytest.raises(NotPermitted):
        authorize(principal, permission, "other")


def test_no_permission_is_left_out_of_the_table() -> None:
    assert {each.__name__ for each in Permission.__subclasses__()} == {each.__name__ for each in _ALL}
