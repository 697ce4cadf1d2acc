"""Session preps: drafted, read, explained, struck and accepted."""

from typing import Final

from server.drafts.endpoints import api
from server.drafts.pages import pages

API: Final = (api,)
PAGES: Final = (pages,)
