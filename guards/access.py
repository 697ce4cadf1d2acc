"""Who may do what, as types: a ``Grant`` is made only by ``authorize`` and is asked for in signatures.

The audience of a retrieval or a draft comes from the principal, never from the request. Admin implies no
permission on a pair's conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Principal:
    """A person with their role in each pair (``roles``) and the roles they hold in the programme at large."""

    person: str
    roles: Mapping[str, Role] = field(default_factory=dict[str, Role])
    programme_roles: frozenset[Role] = frozenset()


class Permission:
    """Base of the permissions below; a permission is a type, so that a signature can ask for it."""


class ReadConversation(Permission):
    """Read notes, passages and drafts of a pair."""


class ReadCommitments(Permission):
    """Read the pair's commitments (those shared, for a sponsor)."""


class WriteNotes(Permission):
    """Ingest into a pair."""


class RevealNames(Permission):
    """See names in place of a pair's placeholders."""


class DecideCommitments(Permission):
    """Confirm, deny, close, drop, move or share a commitment."""


P_co = TypeVar("P_co", bound=Permission, covariant=True)
Q = TypeVar("Q", bound=Permission)

_PAIR: Final = frozenset({Role.MENTOR_COACH, Role.MENTEE, Role.REVERSE_MENTOR})
_ALLOWED: Final[Mapping[type[Permission], frozenset[Role]]] = {
    ReadConversation: _PAIR,
    ReadCommitments: _PAIR | {Role.SPONSOR},
    WriteNotes: _PAIR,
    RevealNames: _PAIR,
    DecideCommitments: _PAIR,
}


class _Proof:
    """Held by this module alone."""


_PROOF: Final = _Proof()


class Grant(Generic[P_co]):
    """Proof that ``principal`` holds a permission on ``pair``. Made only by ``authorize``."""

    __slots__ = ("pair", "permission", "principal")

    def __init__(self, principal: Principal, permission: type[P_co], pair: str, *, proof: object) -> None:
        if proof is not _PROOF:
            raise NotPermitted("a grant is made by authorize(), not constructed")
        self.principal: Final = principal
        self.permission: Final = permission
        self.pair: Final = pair

    @property
    def role(self) -> Role:
        """The principal's role in this pair."""
        return self.principal.roles[self.pair]


def authorize(principal: Principal, permission: type[Q], pair: str) -> Grant[Q]:
    """Grant ``permission`` on ``pair`` or refuse.

    Raises:
        NotPermitted: the principal has no role in the pair that carries the permission.
    """
    role = principal.roles.get(pair)
    if role is None or role not in _ALLOWED[permission]:
        raise NotPermitted(f"{permission.__name__} on pair {pair}: not permitted for this person")
    return Grant(principal, permission, pair, proof=_PROOF)
