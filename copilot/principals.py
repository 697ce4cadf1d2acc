"""Who somebody is in a programme: the only way from a person's id to a ``Principal``.

Roles come from the programme's pairs, never from the request; what gates and consent close on the day comes with
them, so that ``authorize`` refuses it wherever it is asked for. Refuses people the programme does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from copilot.errors import NotFound
from copilot.gates import closed_to
from copilot.programme import Pair, Programme
from guards.access import AT_LARGE, Principal, Role
from guards.consent import Consents


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides on a day besides roles: everybody's consent, and which papers are signed by then."""

    on: date
    consents: Consents


def principal_for(programme: Programme, *, person_id: str, standing: Standing) -> Principal:
    """The person with their role in each pair that names them.

    In a pair, mentor goes before mentee goes before sponsor, so that nobody widens their view by holding two.

    Raises:
        NotFound: the programme has no such person.
    """
    person = programme.person(person_id)
    if person is None:
        raise NotFound(f"no person {person_id} in programme {programme.id}: see people in programme.yaml")
    roles = {pair.id: role for pair in programme.pairs if (role := _role_in(pair, person_id)) is not None}
    closed = {
        pair.id: closed_to(pair, person=person_id, role=roles[pair.id], consents=standing.consents, on=standing.on)
        for pair in programme.pairs
        if pair.id in roles
    }
    return Principal(person_id, roles, person.roles, {pair: found for pair, found in closed.items() if found})


def principal_as(programme: Programme, *, pair_id: str, role: Role, standing: Standing) -> Principal:
    """The principal who holds ``role`` in a pair, for ``--as``.

    Raises:
        NotFound: there is no such pair, or nobody holds the role in it.
    """
    pair = programme.pair(pair_id)
    if pair is None:
        raise NotFound(f"no pair {pair_id} in programme {programme.id}: see pairs in programme.yaml")
    person = {Role.MENTOR_COACH: pair.mentor, Role.MENTEE: pair.mentee, Role.SPONSOR: pair.sponsor}.get(role)
    if person is None:
        raise NotFound(f"nobody is {role.value} of pair {pair_id}: add them in programme.yaml")
    return principal_for(programme, person_id=person, standing=standing)


def viewer(programme: Programme, *, pair_id: str, who: str, standing: Standing) -> Principal:
    """A person by id, or a role. A role at large stands for somebody who is nothing else to the programme.

    Raises:
        NotFound: there is no such pair or person, or nobody holds the role in the pair.
    """
    if programme.person(who) is not None or who not in set(Role):
        return principal_for(programme, person_id=who, standing=standing)
    role = Role(who)
    if role in AT_LARGE and programme.pair(pair_id) is not None:
        return Principal(f"any {role.value}", {}, frozenset({role}))
    return principal_as(programme, pair_id=pair_id, role=role, standing=standing)


def _role_in(pair: Pair, person: str) -> Role | None:
    held = ((pair.mentor, Role.MENTOR_COACH), (pair.mentee, Role.MENTEE), (pair.sponsor, Role.SPONSOR))
    return next((role for holder, role in held if holder == person), None)
