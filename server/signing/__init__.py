"""Signing in and out of the pages."""

from typing import Final

from server.signing.pages import pages

API: Final = ()
PAGES: Final = (pages,)
