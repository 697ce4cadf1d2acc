"""Bearer tokens of an identity provider: the signature, for whom and until when, and which person it means.

Algorithms are ours to name, never the token's: RS256, ES256 and EdDSA, by the key set of the issuer alone; keys that a
token brings or points at are not looked at. Refuses whatever two readers could read in two ways: a claim twice, a
number that is none, a critical header. Whatever is wrong is one refusal, which says nothing of the token. The key set
comes through the egress door (``key_set_from``), which can take seconds: call ``verify`` off the event loop.
"""

from __future__ import annotations

import json
import math
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, cast
from urllib.parse import urlsplit

import jwt

from copilot.errors import Usage
from copilot.programme import Programme
from copilot.settings import Settings
from guards.egress import EgressDoor
from guards.errors import EgressRefused, NotSignedIn
from guards.offline import is_loopback
from guards.roster import ERASED

ALGORITHMS: Final = ("RS256", "ES256", "EdDSA")
LEEWAY: Final = timedelta(seconds=30)
"""How far the clocks of issuer and home may differ; ours, well under the minutes that RFC 7519 (4.1.4) allows."""
LONGEST: Final = 8192
"""Characters of a token; what fits a header of any server in use. Longer ones are not read."""
FRESH: Final = timedelta(hours=1)
"""How old a key set may be before it is asked for anew, so that a key that was withdrawn is refused within it."""
STALE: Final = timedelta(hours=12)
"""How long it is used when it cannot be asked for; afterwards nobody is let in by it."""
_PAUSE: Final = timedelta(minutes=1)
"""Between two requests for the key set, whatever comes: strangers must not make us call the issuer at their pace."""
_MOST_KEYS: Final = 100
_KEY_SET_SECONDS: Final = 5.0
_KEY_SET_BYTES: Final = 256 << 10

Claims = Mapping[str, object]


class OidcVerifier:
    """Checks tokens of one issuer for one audience.

    Args:
        issuer: what ``iss`` must be, to the letter.
        audience: what ``aud`` must be or hold.
        claim: the claim that says who it is; ``email`` counts only where ``email_verified`` is true.
        fetch: gets the key set's bytes, or raises ``EgressRefused``.
    """

    def __init__(self, *, issuer: str, audience: str, fetch: Callable[[], bytes], claim: str = "email") -> None:
        self._issuer = issuer
        self._audience = audience
        self._claim = claim
        self._keys = _KeySet(fetch)

    def verify(self, token: str, *, now: datetime) -> str:
        """The value of the person claim of a token that is good at a moment.

        Raises:
            NotSignedIn: it is not; the message holds nothing of it.
        """
        header, claims = _read(token)
        alg, kid = header.get("alg"), header.get("kid")
        if alg not in ALGORITHMS or not isinstance(kid, str) or not kid or "crit" in header or "b64" in header:
            raise _refused()
        key = self._keys.key(kid, now=now)
        if key is None or key.algorithm_name != alg:
            raise _refused()
        self._check_signed(token, key)
        _check_times(claims, now.timestamp())
        return self._person_claim(claims)

    def _check_signed(self, token: str, key: jwt.PyJWK) -> None:
        try:
            jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self._audience,
                issuer=self._issuer,
                options={
                    "require": ["exp", "iat", "iss", "aud"],
                    "enforce_minimum_key_length": True,
                    "verify_exp": False,  # by the moment that was handed in, below
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            raise _refused() from None

    def _person_claim(self, claims: Claims) -> str:
        value = claims.get(self._claim)
        if not isinstance(value, str) or not value.strip():
            raise _refused()
        if self._claim == "email" and claims.get("email_verified") is not True:
            raise _refused()  # anybody can write any address that nobody has checked
        return value


class _KeySet:
    """The issuer's public keys by id, fetched when there are none, when they are old, or for an id never seen.

    A key that is there and fresh is handed out without waiting for anybody's fetch.
    """

    def __init__(self, fetch: Callable[[], bytes]) -> None:
        self._fetch = fetch
        self._lock = Lock()
        self._held: tuple[Mapping[str, jwt.PyJWK], datetime | None] = ({}, None)
        self._asked: datetime | None = None

    def key(self, kid: str, *, now: datetime) -> jwt.PyJWK | None:
        if not self._good(kid, now):
            with self._lock:
                if not self._good(kid, now) and not _within(self._asked, _PAUSE, now):
                    self._renew(now)
        keys, fetched = self._held
        return keys.get(kid) if _within(fetched, STALE, now) else None

    def _good(self, kid: str, now: datetime) -> bool:
        keys, fetched = self._held
        return kid in keys and _within(fetched, FRESH, now)

    def _renew(self, now: datetime) -> None:
        self._asked = now
        try:
            found = _keys_in(self._fetch())
        except EgressRefused:
            return  # the issuer is away: the keys there are go on to their end
        if found:
            self._held = (found, now)


def _within(since: datetime | None, span: timedelta, now: datetime) -> bool:
    """Whether a moment is less than a span ago; a clock that was put back makes it none."""
    return since is not None and timedelta(0) <= now - since < span


def _keys_in(document: bytes) -> Mapping[str, jwt.PyJWK]:
    """Signing keys of our algorithms by id; an id that stands twice says nothing and is left out."""
    try:
        shape = _strict(document)
    except (ValueError, RecursionError):
        return {}
    listed = shape.get("keys")
    if not isinstance(listed, list) or len(cast("list[object]", listed)) > _MOST_KEYS:
        return {}
    found: dict[str, list[jwt.PyJWK | None]] = {}
    for each in cast("list[object]", listed):
        if isinstance(each, dict):
            fields = cast("dict[str, object]", each)
            found.setdefault(str(fields.get("kid", "")), []).append(_key(fields))
    return {kid: keys[0] for kid, keys in found.items() if kid and len(keys) == 1 and keys[0] is not None}


def _key(fields: dict[str, object]) -> jwt.PyJWK | None:
    if fields.get("use", "sig") != "sig" or fields.get("kty") not in ("RSA", "EC", "OKP") or "d" in fields:
        return None  # also where a private key stands in public
    try:
        key = jwt.PyJWK(fields)
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
        return None
    return key if key.algorithm_name in ALGORITHMS else None


def _read(token: str) -> tuple[Claims, Claims]:
    """Header and claims, not yet believed."""
    if len(token) > LONGEST or not token.isascii():
        raise _refused()
    parts = token.split(".")
    if len(parts) != 3:  # header, claims, signature
        raise _refused()
    try:
        header, claims = (_strict(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in parts[:2])
    except (ValueError, RecursionError):
        raise _refused() from None
    return header, claims


def _strict(document: bytes) -> Claims:
    """A JSON object that every reader reads alike.

    Raises:
        ValueError: it is none: a name twice, NaN, or no JSON.
    """
    shape: object = json.loads(document, object_pairs_hook=_once, parse_constant=_no_number)
    if not isinstance(shape, dict):
        raise ValueError("no object")  # noqa: TRY004 - one kind of refusal for all of it
    return cast("dict[str, object]", shape)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    shape = dict(pairs)
    if len(shape) != len(pairs):
        raise ValueError("a name twice")
    return shape


def _no_number(_: str) -> object:
    raise ValueError("no number")


def _check_times(claims: Claims, now: float) -> None:
    leeway = LEEWAY.total_seconds()
    begins = _seconds(claims["nbf"]) if "nbf" in claims else -math.inf
    ends, issued = _seconds(claims.get("exp")), _seconds(claims.get("iat"))
    if not (now < ends + leeway and max(issued, begins) <= now + leeway):
        raise _refused()


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e11:
        raise _refused()
    return float(value)


def person_of(programme: Programme, value: str, *, claim: str = "email") -> str:
    """The id of the person whom a claim means: ``sub`` is the id itself, else an address among the forms in ``also``.

    A form without ``@`` counts for nobody: nicknames are not unique and often everyone's to choose.

    Raises:
        NotSignedIn: the programme has no such person, or more than one.
    """
    if claim == "sub":
        found = [each for each in programme.people if each.id == value]
    else:
        wanted = value.strip().casefold()
        found = [each for each in programme.people if "@" in wanted and wanted in map(_folded, each.also)]
    if len(found) != 1 or found[0].name == ERASED:
        raise NotSignedIn("you are signed in with your organisation, but the programme does not know you: ask its lead")
    return found[0].id


def _folded(form: str) -> str:
    return form.strip().casefold()


def oidc_of(settings: Settings, door: EgressDoor) -> OidcVerifier | None:
    """The verifier that the settings ask for, or ``None`` where they name no issuer.

    Raises:
        Usage: one of the three is missing, or the address of the key set is not https.
    """
    given = (settings.oidc_issuer, settings.oidc_audience, settings.oidc_jwks_url)
    if not any(given):
        return None
    issuer, audience, url = given
    if not issuer or not audience or not url:
        raise Usage("set COACH_OIDC_ISSUER, COACH_OIDC_AUDIENCE and COACH_OIDC_JWKS_URL, or none of them")
    fetch = key_set_from(url, door=door, offline=settings.offline)
    return OidcVerifier(issuer=issuer, audience=audience, claim=settings.oidc_claim, fetch=fetch)


def key_set_from(url: str, *, door: EgressDoor, offline: bool) -> Callable[[], bytes]:
    """A function that gets a key set through the egress door: 5 seconds, 256 KiB, no redirect, no note's text.

    Raises:
        Usage: the address is not https, nor on this machine.
    """
    host = _host(url)
    secure = url.lower().startswith("https://")
    if not host or not (secure or (url.lower().startswith("http://") and is_loopback(host))):
        raise Usage("COACH_OIDC_JWKS_URL has to be an https address")

    def fetch() -> bytes:
        from guards.egress_http import fetch_document  # noqa: PLC0415 - the HTTP client is slow to load

        if offline and not is_loopback(host):
            raise EgressRefused("the issuer's keys are not asked for: this process runs with --offline")
        return fetch_document(url, door=door, seconds=_KEY_SET_SECONDS, most=_KEY_SET_BYTES)

    return fetch


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _refused() -> NotSignedIn:
    return NotSignedIn("this sign-in of your organisation is not good here, or has ended: sign in again")
