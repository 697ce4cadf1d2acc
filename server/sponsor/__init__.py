"""The sponsor's page: what was shared, what waits for them, KPIs, agreed criteria to sign; nothing else of a pair."""

from typing import Final

from server.sponsor.endpoints import api
from server.sponsor.pages import pages

API: Final = (api,)
PAGES: Final = (pages,)
