"""Where everybody lands: this week's places by role, and the first run for whoever started the server."""

from typing import Final

from server.home.endpoints import api
from server.home.pages import pages

API: Final = (api,)
PAGES: Final = (pages,)
