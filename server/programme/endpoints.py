"""``/api/v1/programme``: the board of whoever runs the programme."""

from __future__ import annotations

from typing import Final

from copilot.programme_board import programme_board, see_programme
from server.auth import Opened, SignedIn
from server.once import api_router
from server.programme.schemas import ProgrammeOut

api: Final = api_router("/programme", "programme")


@api.get("")
def programme(copilot: Opened, caller: SignedIn) -> ProgrammeOut:
    """Pairs with week, obligations, sessions, papers and blockers, and two KPIs. L&D alone."""
    return ProgrammeOut.model_validate(programme_board(copilot, see_programme(copilot, caller.person)))
