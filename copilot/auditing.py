"""Which lines of the audit log somebody may read: the pair its own, L&D what it judged and what was done to the home.

A flag that a person may not see leaves no line for them either, and neither does another pair's work. Refuses to show
L&D how often somebody drafts or looks something up: the log is no measure of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from copilot.bootstrap import Copilot
from copilot.finding import reviewers_of
from copilot.flags.flag import FlagKind
from copilot.home import audit_log
from copilot.reviewing import programme_review_allowed
from guards.access import ALLOWED, AT_LARGE, Principal, ReadAudit, Role, authorize
from guards.audit_log import Act, shown
from guards.errors import NotPermitted

_OF_THE_HOME: Final = frozenset({Act.IMPORT.value, Act.RETENTION.value, Act.ERASE.value, Act.RESTART.value})


def lines_for(copilot: Copilot, person: str, *, most: int) -> list[dict[str, object]]:
    """The last lines that a person may read, oldest first.

    Raises:
        NotFound: the programme has no such person.
        NotPermitted: they may read the log of no pair.
        AuditUnwritable: a line does not read.
    """
    principal = copilot.person(person)
    if not {*principal.roles.values(), *(principal.programme_roles & AT_LARGE)} & ALLOWED[ReadAudit]:
        raise NotPermitted(f"ReadAudit: {person} may read the log of no pair; see docs/permissions.md")
    roles = _roles(copilot, principal)
    programme = copilot.programme()
    every = shown(
        audit_log(copilot.home.path), keyring=copilot.keyring, pairs=[each.id for each in programme.pairs],
        people=[each.id for each in programme.people], most=10**9,
    )  # fmt: skip
    return [each for each in every if _may_read(each, principal, roles)][-most:]


def _roles(copilot: Copilot, principal: Principal) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for pair in copilot.programme().pairs:
        try:
            grant = authorize(principal, ReadAudit, pair.id)
        except NotPermitted:
            continue
        if grant.role is not Role.LND or programme_review_allowed(copilot, pair.id):
            found[pair.id] = grant.role
    return found


def _may_read(line: Mapping[str, object], principal: Principal, roles: Mapping[str, Role]) -> bool:
    pair = str(line["pair"])
    if not pair:
        of_home = Role.LND in principal.programme_roles and line["act"] in _OF_THE_HOME
        return line["who"] == principal.person or of_home
    if pair not in roles:
        return False
    if line["act"] == Act.FLAG.value:
        return roles[pair] in reviewers_of(FlagKind(str(line["detail"])))
    return (line["role"] == Role.LND.value) == (roles[pair] is Role.LND)
