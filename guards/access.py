"""Who may do what, as types: a ``Grant`` is made only by ``authorize`` and is asked for in signatures.

One table says which roles hold which permission, and one which permission opens which lane; ``docs/permissions.md``
is printed from both. The audience of a retrieval or a draft comes from the principal and the sources, never from the
request. A role of the programme at large (L&D among them) implies no permission on a pair's conversation or names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Generic, TypeVar

from guards.errors import NotPermitted


class Role(StrEnum):
    """What a person is to a pair or to the programme."""

    MENTOR_COACH = "mentor_coach"
    MENTEE = "mentee"
    SPONSOR = "sponsor"
    PEER_MENTOR = "peer_mentor"
    REVERSE_MENTOR = "reverse_mentor"
    LND = "lnd"
    OTHER = "other"


class Lane(StrEnum):
    """Conversation belongs to the pair; commitments are shared line by line; programme material is everybody's."""

    CONVERSATION = "conversation"
    COMMITMENT = "commitment"
    PROGRAMME = "programme"


class Permission:
    """Base of the permissions below; a permission is a type, so that a signature can ask for it."""


class ReadConversation(Permission):
    """Read notes, passages and drafts of a pair."""


class ReadCommitments(Permission):
    """Read the pair's commitments (those shared, and bare, for a sponsor)."""


class ReadProgramme(Permission):
    """Read a pair's documents of the programme lane, such as its charter; names stay masked."""


class WriteNotes(Permission):
    """Ingest into a pair."""


class RevealNames(Permission):
    """See names in place of a pair's placeholders."""


class DecideCommitments(Permission):
    """Confirm, deny, close, drop, move or share a commitment (to share is the mentee's alone)."""


class ReadCriteria(Permission):
    """Read who agreed and signed which criterion (a sponsor: the texts that both of the pair agreed, and bare)."""


class AgreeCriteria(Permission):
    """Agree an acceptance criterion as it reads; what both of the pair agreed is shown to the sponsor."""


class SignCriteria(Permission):
    """Sign off an acceptance criterion that the pair agreed."""


class GiveConsent(Permission):
    """Give or withdraw one's own consent to a purpose."""


class PreviewWall(Permission):
    """Preview what a role sees of a pair; who may not read the sources gets counts and reasons alone."""


class ReviewFlags(Permission):
    """See and decide flags: L&D those on a pair's process, the pair those on its own notes and drafts."""


class ReadAudit(Permission):
    """Read the audit log: the pair what its own people did, L&D its words on flags and what was done to the home."""


class SeeProgramme(Permission):
    """See where the programme's pairs stand: weeks, sessions, papers and blockers, and its KPIs; no word of a note."""


class RunEvals(Permission):
    """Run the evaluation of this version and read its reports; their cases are invented."""


P_co = TypeVar("P_co", bound=Permission, covariant=True)
Q = TypeVar("Q", bound=Permission)

_PAIR: Final = frozenset({Role.MENTOR_COACH, Role.MENTEE})
AT_LARGE: Final = frozenset({Role.PEER_MENTOR, Role.REVERSE_MENTOR, Role.LND, Role.OTHER})
"""Roles that count for every pair. To be somebody's coach, mentee or sponsor counts for that pair alone."""
ALLOWED: Final[Mapping[type[Permission], frozenset[Role]]] = {
    ReadConversation: _PAIR,
    ReadCommitments: _PAIR | {Role.SPONSOR},
    ReadProgramme: frozenset(Role),
    WriteNotes: _PAIR,
    RevealNames: _PAIR,
    DecideCommitments: _PAIR,
    ReadCriteria: _PAIR | {Role.SPONSOR},
    AgreeCriteria: _PAIR,
    SignCriteria: frozenset({Role.SPONSOR}),
    GiveConsent: _PAIR,
    PreviewWall: _PAIR | {Role.LND},
    ReviewFlags: _PAIR | {Role.LND},
    ReadAudit: _PAIR | {Role.LND},
    SeeProgramme: frozenset({Role.LND}),
    RunEvals: frozenset({Role.LND}),
}
"""The table that decides."""
OPENS: Final[Mapping[type[Permission], frozenset[Lane]]] = {
    ReadConversation: frozenset(Lane),
    ReadProgramme: frozenset({Lane.PROGRAMME}),
}
"""Lanes whose documents a permission opens. A sponsor reads commitments line by line, so no document at all."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Permissions that a gate or a withdrawn consent takes away for now, why in a word, and the refusal in a line."""

    permissions: frozenset[type[Permission]]
    reason: str
    line: str


@dataclass(frozen=True, slots=True)
class Principal:
    """A person with their role in each pair (``roles``), what is closed to them there, and their roles at large."""

    person: str
    roles: Mapping[str, Role] = field(default_factory=dict[str, Role])
    programme_roles: frozenset[Role] = frozenset()
    closed: Mapping[str, tuple[Closed, ...]] = field(default_factory=dict[str, tuple[Closed, ...]])


class _Proof:
    """Held by this module alone."""


_PROOF: Final = _Proof()


class Grant(Generic[P_co]):
    """Proof that ``principal`` holds a permission on ``pair``, by ``role``. Made only by ``authorize``."""

    __slots__ = ("pair", "permission", "principal", "role")

    def __init__(self, principal: Principal, permission: type[P_co], pair: str, *, role: Role, proof: object) -> None:
        if proof is not _PROOF:
            raise NotPermitted("a grant is made by authorize(), not constructed")
        self.principal: Final = principal
        self.permission: Final = permission
        self.pair: Final = pair
        self.role: Final = role

    @property
    def lanes(self) -> frozenset[Lane]:
        """The lanes whose documents this grant opens."""
        return OPENS.get(self.permission, frozenset())


def authorize(principal: Principal, permission: type[Q], pair: str) -> Grant[Q]:
    """Grant ``permission`` on ``pair`` or refuse; a programme's own permissions ask with any pair of it, or its id.

    Raises:
        NotPermitted: no role of the principal carries the permission here, or it is closed for now.
    """
    role = next((each for each in _roles(principal, pair) if each in ALLOWED.get(permission, frozenset())), None)
    if role is None:
        raise NotPermitted(f"{permission.__name__} on pair {pair}: not permitted for this person")
    for each in principal.closed.get(pair, ()):
        if permission in each.permissions:
            raise NotPermitted(each.line)
    return Grant(principal, permission, pair, role=role, proof=_PROOF)


def _roles(principal: Principal, pair: str) -> Iterable[Role]:
    """The role in the pair goes before the roles at large, in the order they are defined."""
    here = principal.roles.get(pair)
    return (*([here] if here else []), *(each for each in Role if each in principal.programme_roles & AT_LARGE))


def readers_of(lane: Lane) -> frozenset[Role]:
    """The roles that may read documents of a lane, by the two tables."""
    opening = (permission for permission, lanes in OPENS.items() if lane in lanes)
    return frozenset[Role]().union(*(ALLOWED[each] for each in opening))


def audience(lanes: Iterable[Lane]) -> frozenset[Role]:
    """Who may see what rests on sources of these lanes: the intersection of the sources' audiences."""
    return frozenset(Role).intersection(*(readers_of(each) for each in lanes))
