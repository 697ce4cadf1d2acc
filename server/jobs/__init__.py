"""Work that takes longer than a request: started, watched, and found again after a reload."""

from typing import Final

from server.jobs.endpoints import api

API: Final = (api,)
PAGES: Final = ()
