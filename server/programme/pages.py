"""``/programme``: where the pairs stand this week, what blocks them and for how long, two KPIs."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from copilot.flags.blockers import LEAST_PAIRS
from copilot.programme_board import programme_board, see_programme
from server.auth import Opened, SignedIn
from server.html import show
from server.programme.charts import chart
from server.reviews.view import CATEGORIES

pages: Final = APIRouter(include_in_schema=False)


@pages.get("/programme")
def programme(request: Request, copilot: Opened, caller: SignedIn) -> Response:
    """The board. L&D alone."""
    found = programme_board(copilot, see_programme(copilot, caller.person))
    context = {
        "board": found, "charts": [chart(each) for each in found.kpis], "least": LEAST_PAIRS, "categories": CATEGORIES,
    }  # fmt: skip
    return show(request, "programme.html", context)
