"""Who somebody is in a programme: the only way from a person's id to a ``Principal``.

Roles come from the programme's pairs, never from the request. Refuses people the programme does not know.
"""

from __future__ import annotations

from copilot.errors import NotFound
from copilot.programme import Pair, Programme
from guards.access import Principal, Role


def principal_for(programme: Programme, *, person_id: str) -> Principal:
    """The person with their role in each pair that names them.

    In a pair, mentor goes before mentee goes before sponsor, so that nobody widens their view by holding two.

    Raises:
        NotFound: the programme has no such person.
    """
    person = programme.person(person_id)
    if person is None:
        raise NotFound(f"no person {person_id} in programme {programme.id}: see people in programme.yaml")
    roles = {pair.id: role for pair in programme.pairs if (role := _role_in(pair, person_id)) is not None}
    return Principal(person_id, roles, person.roles)


def principal_as(programme: Programme, *, pair_id: str, role: Role) -> Principal:
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
    return principal_for(programme, person_id=person)


def _role_in(pair: Pair, person: str) -> Role | None:
    held = ((pair.mentor, Role.MENTOR_COACH), (pair.mentee, Role.MENTEE), (pair.sponsor, Role.SPONSOR))
    return next((role for holder, role in held if holder == person), None)
