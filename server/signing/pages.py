"""Sign-in by a one-time link, sign-out, and looking as somebody for whoever runs the server on a home of their own.

A link is shown first and redeemed by a button, so that a preview of it in a chat does not use it up.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from copilot.token_log import OPERATOR
from copilot.tokens import Bearer, Scope, TokenKind, issue, redeem, revoke, revoke_all, verify
from guards.audit_log import Act, Entry
from guards.errors import NotSignedIn
from server.auth import OWNER, OWNER_ONLY, OWNER_SESSION, SESSION, Opened, SignedIn, check_origin, cookie_name, known
from server.html import show

pages: Final = APIRouter(include_in_schema=False)
Secret = Annotated[str, Path(min_length=8, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")]
_ALL: Final = frozenset({Scope.READ, Scope.WRITE})


@pages.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """How to sign in."""
    return show(request, "sign-in.html", {"secret": ""})


@pages.get("/sign-in/{secret}")
def link_page(request: Request, secret: Secret) -> Response:
    """The button that redeems a link."""
    return show(request, "sign-in.html", {"secret": secret})


@pages.post("/sign-in/{secret}")
def redeem_link(request: Request, copilot: Opened, secret: Secret) -> Response:
    """Redeem a link: one that was used, is old or was never made reads the same."""
    check_origin(request)
    bearer = known(request, lambda: redeem(copilot.tokens, secret, now=datetime.now(UTC)))
    target = "/start" if bearer.person == OWNER else "/"
    answer = RedirectResponse(target, 303)
    start_session(request, answer, copilot, bearer.person, name=OWNER_SESSION if bearer.person == OWNER else SESSION)
    return answer


@pages.post("/sign-out")
def sign_out(request: Request, copilot: Opened, caller: SignedIn) -> Response:
    """End this session; the cookie alone would still be good elsewhere."""
    revoke(copilot.tokens, caller.bearer.id, by=caller.person)
    answer = RedirectResponse("/start" if caller.has_owner else "/sign-in", 303)
    forget_session(request, answer, name=SESSION)
    return answer


@pages.post("/start/sign-out", dependencies=[OWNER_ONLY])
def sign_out_owner(request: Request, copilot: Opened) -> Response:
    """End every session of the owner, and the look they have taken in this browser."""
    end_session(request, copilot, name=SESSION)
    revoke_all(copilot.tokens, OWNER, by=OWNER)
    answer = RedirectResponse("/sign-in", 303)
    for name in (SESSION, OWNER_SESSION):
        forget_session(request, answer, name=name)
    return answer


@pages.post("/look-as", dependencies=[OWNER_ONLY])
def look_as(request: Request, copilot: Opened, person: Annotated[str, Form(min_length=1, max_length=64)]) -> Response:
    """Go on as a person of the programme, as the command line's ``--as`` does on the same home."""
    copilot.person(person)  # refuses somebody unknown
    copilot.audit.append(Entry(Act.SIGN_IN, who=person, role=OPERATOR, detail=TokenKind.SESSION.value))
    answer = RedirectResponse("/", 303)
    start_session(request, answer, copilot, person, name=SESSION)
    return answer


def start_session(request: Request, answer: Response, copilot: Opened, person: str, *, name: str) -> None:
    """Issue a session and hand it to the browser alone; the one it held before ends."""
    end_session(request, copilot, name=name)
    issued = issue(copilot.tokens, person=person, kind=TokenKind.SESSION, scopes=_ALL, now=datetime.now(UTC))
    secure = request.url.scheme == "https"
    answer.set_cookie(
        cookie_name(request, name), issued.secret, httponly=True, secure=secure, samesite="strict", path="/",
        expires=issued.expires,
    )  # fmt: skip


def end_session(request: Request, copilot: Opened, *, name: str) -> None:
    """Take back the session of a cookie, where it is good."""
    secret = request.cookies.get(cookie_name(request, name), "")
    with suppress(NotSignedIn):
        old = verify(copilot.tokens, secret, kinds=frozenset({TokenKind.SESSION}), now=datetime.now(UTC))
        revoke(copilot.tokens, old.id, by=old.person)


def forget_session(request: Request, answer: Response, *, name: str) -> None:
    """Tell the browser to drop the cookie and what it kept; over TLS it obeys only a cookie that is ``Secure``."""
    secure = request.url.scheme == "https"
    answer.delete_cookie(cookie_name(request, name), path="/", secure=secure, httponly=True, samesite="strict")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'


def owner_or_none(request: Request, copilot: Opened) -> Bearer | None:
    """The owner's session, where there is one; for pages that greet both."""
    secret = request.cookies.get(cookie_name(request, OWNER_SESSION), "")
    try:
        found = verify(copilot.tokens, secret, kinds=frozenset({TokenKind.SESSION}), now=datetime.now(UTC))
    except NotSignedIn:
        return None
    return found if found.person == OWNER else None
