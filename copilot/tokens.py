"""Access tokens issued here: what one may do and for how long, how it is made, checked, used up and taken back.

A token is 32 random bytes behind ``coach_``; the store keeps only their SHA-256. A slow password hash would add
nothing: it makes guessing dear where people choose weak words, and 2**256 equally likely values cannot be guessed at
any price. It is found by that hash, so no comparison of secrets can leak by its time. Nothing is cached: what was
revoked is refused from the next look on. Refuses a one-time link everywhere but in ``redeem``. Who somebody is, and
whether the programme still knows them, is for the caller: a token says whose it is, never what they may see.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from copilot.errors import BadInput, NotFound
from guards.errors import NotSignedIn

PREFIX: Final = "coach_"
"""So that a secret scanner, and a person, knows one that lies about."""

_SECRET: Final = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
_LABEL: Final = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9 ._-]{0,39})?")


class TokenKind(StrEnum):
    """What a token is for."""

    API = "api"
    """Programs of a person."""
    SESSION = "session"
    """A browser that has signed in."""
    LINK = "link"
    """A sign-in link: good once."""
    FEED = "feed"
    """A private calendar feed, whose address is the secret."""


class Scope(StrEnum):
    """What a token allows, at most what its person may do. ``write`` does not hold ``read``."""

    READ = "read"
    WRITE = "write"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for a kind: how long it lives when nobody says, at most, and which scopes it may have."""

    default: timedelta
    most: timedelta
    scopes: frozenset[Scope]


_USE: Final = frozenset({Scope.READ, Scope.WRITE})

RULES: Final[Mapping[TokenKind, Rule]] = {
    TokenKind.API: Rule(timedelta(days=30), timedelta(days=365), _USE),
    TokenKind.SESSION: Rule(timedelta(hours=12), timedelta(hours=12), _USE),
    TokenKind.LINK: Rule(timedelta(minutes=15), timedelta(minutes=15), _USE),
    TokenKind.FEED: Rule(timedelta(days=180), timedelta(days=365), frozenset({Scope.FEED})),
}
"""Lifetimes and scopes by kind. A session ends with the working day; a link outlives a walk to another machine and no
more; an API token is renewed at least each year; a feed outlasts a programme of 12 weeks. A link's scopes are those
of the session that it opens. These are our choices: no standard sets them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: all but the secret. ``used`` is the day of its last use and no finer."""

    id: str
    digest: str
    person: str
    kind: TokenKind
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime
    label: str = ""
    used: date | None = None
    revoked: datetime | None = None

    def live(self, now: datetime) -> bool:
        """Whether it is good at a moment: never once revoked, and not from the moment of its end on."""
        return self.revoked is None and now < self.expires


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token with its secret, which is shown once and kept by nobody but who asked."""

    secret: str
    id: str
    expires: datetime

    def __repr__(self) -> str:
        return f"Issued(id={self.id!r}, expires={self.expires!r})"  # a log of this object must not hold the secret


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who came with a token, and what the token allows."""

    person: str
    kind: TokenKind
    scopes: frozenset[Scope]
    id: str
    expires: datetime


class TokenStore(Protocol):
    """Keeps tokens by the hash of their secret, and reads anew each time; the record has one."""

    def put(self, token: Token) -> None:
        """Keep a new token."""
        ...

    def by_digest(self, digest: str) -> Token | None:
        """The token whose secret has this SHA-256, good or not."""
        ...

    def find(self, token_id: str) -> Token | None:
        """The token of this id, good or not."""
        ...

    def tokens(self, person: str | None = None) -> tuple[Token, ...]:
        """Every token, or a person's, good or not, oldest first."""
        ...

    def touch(self, token_id: str, day: date) -> None:
        """Note the day of the last use."""
        ...

    def spend(self, token_id: str, *, at: datetime) -> bool:
        """Use up a token that is not revoked yet, in one step; False for whoever comes second."""
        ...

    def revoke(self, token_id: str, *, at: datetime, by: str) -> bool:
        """Take a token back; False where it is not there or was before."""
        ...


def issue(  # noqa: PLR0913 - whose, what for, how far and how long
    store: TokenStore,
    *,
    person: str,
    kind: TokenKind,
    scopes: frozenset[Scope],
    now: datetime,
    lifetime: timedelta | None = None,
    label: str = "",
) -> Issued:
    """Make a token for a person whom the caller has found in the programme.

    Args:
        store: where it is kept; ``Copilot.tokens`` also writes the audit log.
        person: the person's id.
        kind: what it is for.
        scopes: what it allows, some of its kind's.
        now: an aware moment.
        lifetime: how long it is good; the kind's default without it.
        label: the person's own word for it, letters, digits and ``. _ -``; not a name.

    Raises:
        BadInput: scopes, lifetime or label are not of the kind's.
        AuditUnwritable: the audit log cannot be kept; there is no token.
    """
    rule = RULES[kind]
    if not person:
        raise BadInput("a token needs a person: give an id of programme.yaml")
    if not scopes or not scopes <= rule.scopes:
        raise BadInput(f"a token of kind {kind.value} takes one or more of {', '.join(sorted(rule.scopes))}")
    lasts = rule.default if lifetime is None else lifetime
    if not timedelta(0) < lasts <= rule.most:
        raise BadInput(f"a token of kind {kind.value} is good for at most {_span(rule.most)}: ask for less")
    if not _LABEL.fullmatch(label):
        raise BadInput("a token's label takes up to 40 letters, digits, spaces and . _ -, and starts with one of these")
    secret = PREFIX + secrets.token_urlsafe(32)
    created = now.astimezone(UTC)
    token = Token(
        secrets.token_hex(6), _digest(secret), person, kind, frozenset(scopes), created, created + lasts, label
    )
    store.put(token)
    return Issued(secret, token.id, token.expires)


def verify(store: TokenStore, secret: str, *, kinds: frozenset[TokenKind], now: datetime) -> Bearer:
    """Who bears a token that is good now and of one of these kinds.

    A one-time link is never good here: ``redeem`` it. The day of the last use is noted, once a day.

    Raises:
        NotSignedIn: it is not ours, has ended, was revoked, or is of another kind; the message says nothing of which.
    """
    token = _found(store, secret, kinds - {TokenKind.LINK}, now)
    today = now.astimezone(UTC).date()
    if token.used != today:
        store.touch(token.id, today)
    return _bearer(token)


def redeem(store: TokenStore, secret: str, now: datetime) -> Bearer:
    """Use up a one-time link; of two who come at once, one is let in.

    Raises:
        NotSignedIn: it is no link that is good now, or somebody was faster.
        AuditUnwritable: the sign-in cannot be logged; the link is used up all the same.
    """
    token = _found(store, secret, frozenset({TokenKind.LINK}), now)
    if not store.spend(token.id, at=now.astimezone(UTC)):
        raise _refused()
    return _bearer(token)


def revoke(store: TokenStore, id: str, *, by: str, now: datetime | None = None) -> bool:  # noqa: A002 - its name
    """Take a token back, from this moment on; whether it was good to take back (twice is once).

    Whether ``by``, a person's id, may do so is for the caller; an empty one is whoever runs the home.

    Raises:
        NotFound: there is no such token.
        AuditUnwritable: it is revoked, and the log of that cannot be kept.
    """
    if store.find(id) is None:
        raise NotFound(f"no token {id[:32]!r} here: see coach token list")
    return store.revoke(id, at=now or datetime.now(UTC), by=by)


def revoke_all(store: TokenStore, person: str, *, by: str = "", now: datetime | None = None) -> int:
    """Take every token of a person back; how many that were.

    Raises:
        AuditUnwritable: as ``revoke``; call it again for the rest.
    """
    at = now or datetime.now(UTC)
    return sum(store.revoke(each.id, at=at, by=by) for each in store.tokens(person) if each.revoked is None)


def _found(store: TokenStore, secret: str, kinds: frozenset[TokenKind], now: datetime) -> Token:
    token = store.by_digest(_digest(secret)) if _SECRET.fullmatch(secret) else None
    if token is None or token.kind not in kinds or not token.live(now):
        raise _refused()
    return token


def _bearer(token: Token) -> Bearer:
    return Bearer(token.person, token.kind, token.scopes, token.id, token.expires)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def _refused() -> NotSignedIn:
    return NotSignedIn("this token is not good, or not good here: sign in again, or ask for a new one")


def _span(lasts: timedelta) -> str:
    return f"{lasts.days} days" if lasts.days else f"{lasts.seconds // 60} minutes"
