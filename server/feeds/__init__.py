"""The calendar feed: a private address of one's own due dates, made, shown once and taken back by its person."""

from typing import Final

from server.feeds.pages import pages

API: Final = ()
PAGES: Final = (pages,)
