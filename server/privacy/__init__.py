"""What is known of somebody, who sees it, what they allow, what lets them in, and how it is erased."""

from typing import Final

from server.privacy.endpoints import api, wall_api
from server.privacy.erasing_pages import pages as erasing_pages
from server.privacy.pages import pages

API: Final = (api, wall_api)
PAGES: Final = (pages, erasing_pages)
