"""The programme for whoever runs it: pairs, obligations of the week, blockers with age, two KPIs."""

from typing import Final

from server.programme.endpoints import api
from server.programme.pages import pages

API: Final = (api,)
PAGES: Final = (pages,)
