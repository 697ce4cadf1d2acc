"""``/feeds/{secret}.ics`` for a calendar that knows the address, ``/feeds`` for the person whose it is.

The address is the secret, so it is shown once, can be taken back, and opens nothing but the feed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from copilot.bootstrap import Copilot
from copilot.errors import NotFound
from copilot.feeds import feed_of
from copilot.tokens import Scope, Token, TokenKind, issue, revoke, verify
from guards.errors import NotSignedIn
from server.auth import Opened, SignedIn, known
from server.html import show

pages: Final = APIRouter(include_in_schema=False, prefix="/feeds")
Secret = Annotated[str, Path(min_length=8, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")]
FeedId = Annotated[str, Path(min_length=4, max_length=64, pattern=r"^[0-9a-z]+$")]
_MOST: Final = 5
"""Live addresses of a person: a few calendars; the oldest is taken back for a new one."""


@pages.get("")
def feeds_page(request: Request, copilot: Opened, caller: SignedIn) -> Response:
    """The caller's live feeds, without their addresses."""
    return show(request, "feeds.html", {"feeds": _live(copilot, caller.person), "address": ""})


@pages.post("")
def make_feed(request: Request, copilot: Opened, caller: SignedIn) -> Response:
    """Make an address and show it, this once."""
    live = _live(copilot, caller.person)
    for each in live[: max(0, len(live) + 1 - _MOST)]:
        revoke(copilot.tokens, each.id, by=caller.person)
    made = issue(
        copilot.tokens, person=caller.person, kind=TokenKind.FEED, scopes=frozenset({Scope.FEED}),
        now=datetime.now(UTC),
    )  # fmt: skip
    address = f"{request.url.scheme}://{request.url.netloc}/feeds/{made.secret}.ics"
    return show(request, "feeds.html", {"feeds": _live(copilot, caller.person), "address": address})


@pages.post("/{feed}/end")
def end_feed(copilot: Opened, caller: SignedIn, feed: FeedId) -> Response:
    """Take an address back; another person's reads as if it were not there."""
    if not any(each.id == feed for each in _live(copilot, caller.person)):
        raise NotFound("you have no such calendar feed (any more): load the page again")
    revoke(copilot.tokens, feed, by=caller.person)
    return RedirectResponse("/feeds?said=ended", 303)


@pages.get("/{secret}.ics")
def feed(request: Request, copilot: Opened, secret: Secret) -> Response:
    """The feed of whoever made this address; one that is old, taken back or was never made reads the same."""
    kinds, now = frozenset({TokenKind.FEED}), datetime.now(UTC)
    bearer = known(request, lambda: verify(copilot.tokens, secret, kinds=kinds, now=now))
    try:
        principal = copilot.person(bearer.person)
    except NotFound:
        raise NotSignedIn("this address is not good (any more): make a new one on the page of feeds") from None
    return Response(feed_of(copilot, principal=principal), media_type="text/calendar; charset=utf-8")


def _live(copilot: Copilot, person: str) -> list[Token]:
    now = datetime.now(UTC)
    return [each for each in copilot.tokens.tokens(person) if each.kind is TokenKind.FEED and each.live(now)]
