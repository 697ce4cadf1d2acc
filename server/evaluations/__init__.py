"""The evaluation of this version: runs with progress, verdicts, comparison, failing cases."""

from typing import Final

from server.evaluations.endpoints import api
from server.evaluations.pages import pages

API: Final = (api,)
PAGES: Final = (pages,)
