"""The review queue: flags for people to judge, with evidence, other explanations and a decision that has a reason."""

from typing import Final

from server.reviews.endpoints import api
from server.reviews.pages import pages

API: Final = (api,)
PAGES: Final = (pages,)
