"""``/api/v1/me``: who is calling, with their role in each pair."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel

from server.auth import SignedIn
from server.once import api_router

api: Final = api_router("/me", "me")


class MeOut(BaseModel):
    """The caller. ``pairs`` maps each pair to the caller's role in it."""

    person: str
    name: str
    pairs: dict[str, str]
    programme_roles: list[str]
    scopes: list[str]


@api.get("")
def me(caller: SignedIn) -> MeOut:
    """Who is calling."""
    return MeOut(
        person=caller.person, name=caller.name,
        pairs={pair: caller.principal.roles[pair].value for pair in caller.pairs},
        programme_roles=sorted(each.value for each in caller.principal.programme_roles),
        scopes=sorted(each.value for each in caller.bearer.scopes),
    )  # fmt: skip
