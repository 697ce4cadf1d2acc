"""Who is calling: a bearer token or a browser's session, as a person of the programme with their roles of now.

A route asks for ``SignedIn``, ``OWNER_ONLY`` or a grant (``asks(ReadConversation)``); one that asks for nothing is in
``PUBLIC``, and a test holds every route against that. A request that changes something needs the scope to write; one
by cookie must also come from our own pages. Whoever started the server with a home of their own may look as anybody
in it, as they may with the command line (``OWNER_ONLY``); each such look is in the audit log.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Header, Path, Request
from fastapi.security import HTTPBearer

from copilot.bootstrap import Copilot
from copilot.tokens import Bearer, Scope, TokenKind, verify
from guards.access import AT_LARGE, Grant, Permission, Principal, Role, authorize
from guards.errors import NotPermitted, NotSignedIn
from server.limits import Limits

Q = TypeVar("Q", bound=Permission)

OWNER: Final = "@owner"
"""Whoever runs the server on a home of their own; no person of a programme has such an id."""
SESSION: Final = "coach_session"
OWNER_SESSION: Final = "coach_owner"
CSRF_FIELD: Final = "csrf"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LONGEST_TOKEN: Final = 8192
PairId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is signed in. ``csrf`` goes with every form of theirs; empty for a bearer token."""

    person: str
    name: str
    principal: Principal
    csrf: str
    bearer: Bearer
    has_owner: bool = False

    @property
    def pairs(self) -> tuple[str, ...]:
        """Pairs in which they hold a role, in the order of their ids."""
        return tuple(sorted(self.principal.roles))

    def pairs_as(self, *roles: str) -> tuple[str, ...]:
        """Pairs in which they hold one of the roles."""
        return tuple(pair for pair in self.pairs if self.principal.roles[pair].value in roles)

    @property
    def is_lnd(self) -> bool:
        """Whether they run the programme."""
        return Role.LND in self.principal.programme_roles

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role they hold, for the head of a page."""
        held = {*self.principal.roles.values(), *(self.principal.programme_roles & AT_LARGE)}
        return tuple(each.value for each in Role if each in held)


def opened(request: Request) -> Copilot:
    """The home that this server serves."""
    found = request.app.state.copilot
    assert isinstance(found, Copilot)  # noqa: S101 - create_app put it there
    return found


Opened = Annotated[Copilot, Depends(opened)]


def cookie_name(request: Request, name: str) -> str:
    """The cookie's name: over TLS with the prefix that ties it to this very host."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def csrf_of(secret: str) -> str:
    """The token of a session's forms; whoever cannot read the cookie cannot make it."""
    return hmac.new(secret.encode(), b"forms of this session", hashlib.sha256).hexdigest()


def check_form(request: Request, *, secret: str, sent: str) -> None:
    """Refuse a change by cookie that did not start on one of our own pages.

    Raises:
        NotPermitted: another site's request, or the form's token is missing or old.
    """
    check_origin(request)
    if not hmac.compare_digest(sent.encode("utf-8", "replace"), csrf_of(secret).encode()):
        raise NotPermitted("the form is of an earlier sign-in: load the page again and send it once more")


def check_origin(request: Request) -> None:
    """Refuse what a browser says another site has sent.

    Raises:
        NotPermitted: it does.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise NotPermitted("a change must start on a page of this service: open the page and send the form from there")
    origin = request.headers.get("origin")
    if origin not in {None, "null"} and origin != f"{request.url.scheme}://{request.url.netloc}":
        raise NotPermitted("a change must start on a page of this service: open the page and send the form from there")


_scheme = HTTPBearer(auto_error=False, description="A token of `coach token issue`, or of the company's OIDC issuer.")


async def _form_token(
    request: Request,
    header: Annotated[str, Header(alias="X-CSRF-Token", max_length=128, include_in_schema=False)] = "",
) -> str:  # fmt: skip
    """The form's token, from a header or the form itself."""
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if header or kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return header
    sent = (await request.form()).get(CSRF_FIELD)
    return sent if isinstance(sent, str) else ""


def signed_in(
    request: Request, copilot: Opened, sent: Annotated[str, Depends(_form_token)],
    _: Annotated[object, Depends(_scheme)] = None,
) -> Caller:  # fmt: skip
    """The person who calls.

    Raises:
        NotSignedIn: no token, or one that is not good (any more), or of somebody the programme does not know.
        NotPermitted: the token may only read, or the form did not come from our pages.
    """
    secret = _bearer_secret(request)
    by_cookie = secret is None
    if secret is None:
        secret = request.cookies.get(cookie_name(request, SESSION), "")[:_LONGEST_TOKEN]
    if not secret:
        raise NotSignedIn("sign in first: open /sign-in, or send a token of coach token issue")
    bearer = known(request, lambda: _bearer(request, copilot, secret, by_cookie=by_cookie))
    limits: Limits = request.app.state.limits
    limits.count(bearer.person, writes=request.method not in SAFE)
    principal, name = _person(copilot, bearer.person)
    if request.method not in SAFE:
        if Scope.WRITE not in bearer.scopes:
            raise NotPermitted("this token may only read: issue one with --scope write")
        if by_cookie:
            check_form(request, secret=secret, sent=sent)
    has_owner = bool(request.cookies.get(cookie_name(request, OWNER_SESSION)))
    caller = Caller(bearer.person, name, principal, csrf_of(secret) if by_cookie else "", bearer, has_owner)
    request.state.caller = caller
    return caller


SignedIn = Annotated[Caller, Depends(signed_in)]


def known(request: Request, check: Callable[[], Bearer]) -> Bearer:
    """Check somebody's secret, at a pace that guessing cannot use.

    A good one never waits: a secret cannot be guessed, and else one stranger would shut out everybody at an address.
    """
    limits: Limits = request.app.state.limits
    address = request.client.host if request.client else ""
    try:
        return check()
    except NotSignedIn:
        limits.check_stranger(address)
        limits.count_stranger(address)
        raise


def _bearer_secret(request: Request) -> str | None:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if not kind:
        return None
    if kind.casefold() != "bearer" or not secret.strip() or len(secret) > _LONGEST_TOKEN:
        raise NotSignedIn("the Authorization header must be: Bearer TOKEN")
    return secret.strip()


def _bearer(request: Request, copilot: Copilot, secret: str, *, by_cookie: bool) -> Bearer:
    now = datetime.now(UTC)
    oidc: Callable[[str], Bearer] | None = request.app.state.oidc
    if not by_cookie and oidc is not None and secret.count(".") == 2:
        return oidc(secret)
    kinds = frozenset({TokenKind.SESSION if by_cookie else TokenKind.API})
    return verify(copilot.tokens, secret, kinds=kinds, now=now)


def _person(copilot: Copilot, person: str) -> tuple[Principal, str]:
    programme = copilot.record.programmes.load()
    known = programme.person(person) if programme else None
    if known is None:
        raise NotSignedIn("the programme knows nobody of this sign-in (any more): sign in again")
    return copilot.person(person), known.name


def owner(
    request: Request, copilot: Opened, sent: Annotated[str, Depends(_form_token)],
) -> Bearer:  # fmt: skip
    """Whoever runs this server on a home of their own, by the link that ``coach serve`` prints.

    Raises:
        NotSignedIn: no such session.
    """
    secret = request.cookies.get(cookie_name(request, OWNER_SESSION), "")[:_LONGEST_TOKEN]
    if not secret:
        raise NotSignedIn("this is for whoever started the server: open the link that coach serve printed")
    kinds, now = frozenset({TokenKind.SESSION}), datetime.now(UTC)
    bearer = known(request, lambda: verify(copilot.tokens, secret, kinds=kinds, now=now))
    if bearer.person != OWNER:
        raise NotSignedIn("this is for whoever started the server: open the link that coach serve printed")
    if request.method not in SAFE:
        check_form(request, secret=secret, sent=sent)
    request.state.owner_csrf = csrf_of(secret)
    return bearer


OWNER_ONLY: Final = Depends(owner)
"""For a route of the owner."""


def acting(request: Request, copilot: Opened, sent: Annotated[str, Depends(_form_token)]) -> str:
    """The id of whoever is signed in, or the owner's: for what both may look after, such as their own jobs.

    Raises:
        NotSignedIn: neither.
    """
    try:
        return signed_in(request, copilot, sent).person
    except NotSignedIn:
        return owner(request, copilot, sent).person


Acting = Annotated[str, Depends(acting)]


class Asks:
    """The dependency behind ``asks``; the permission is read off it for the schema and by a test."""

    def __init__(self, permission: type[Permission]) -> None:
        self.permission: Final = permission

    def __call__(self, pair: PairId, caller: SignedIn) -> Grant[Any]:
        """A grant on the pair of the path.

        Raises:
            NotPermitted: the caller lacks the permission there; a pair that is not there reads the same.
        """
        return authorize(caller.principal, self.permission, pair)


def asks(permission: type[Q]) -> Any:
    """What a route annotates its grant with, on the pair of the path: ``Annotated[Grant[X], ...]``."""
    return Depends(Asks(permission))


PUBLIC: Final[Mapping[str, str]] = {
    "/healthz": "whether the process answers",
    "/readyz": "whether it can serve, without saying more",
    "/sign-in": "the page that says how to sign in",
    "/sign-in/{secret}": "redeems a one-time link",
    "/feeds/{secret}.ics": "a calendar cannot sign in: the address is the secret, and opens the feed alone",
    "/api/v1/openapi.json": "the description of the API",
    "/erasures/{ticket}": "how an erasure ended, in counts, by an address nobody can guess: it may have signed one out",
}
"""Routes that ask nobody who they are, and why."""
