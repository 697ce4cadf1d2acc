"""Commitments: a pair's, a mentee's own over all their pairs, what people say of them, pauses and follow-through."""

from typing import Final

from server.commitments.endpoints import api, mine
from server.commitments.pages import own, pages

API: Final = (api, mine)
PAGES: Final = (pages, own)
