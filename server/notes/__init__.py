"""Notes of a pair: looked at before anything is kept, kept, listed, read as masked, withdrawn; texts masked alone."""

from typing import Final

from server.notes.endpoints import api
from server.notes.pages import pages
from server.notes.redactions import api as redactions

API: Final = (api, redactions)
PAGES: Final = (pages,)
