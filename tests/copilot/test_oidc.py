"""A bearer token of an identity provider is good when all of it is, and whatever else comes is one refusal."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.oidc import FRESH, LONGEST, STALE, OidcVerifier, person_of
from copilot.programme import Person, Programme
from guards.errors import EgressRefused, NotSignedIn
from guards.roster import ERASED

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ISSUER, AUDIENCE = "https://login.example/realm", "mentor-copilot"
AT = int(NOW.timestamp())
CLAIMS: dict[str, Any] = {
    "iss": ISSUER, "aud": AUDIENCE, "iat": AT, "exp": AT + 300, "sub": "u-1", "email": "ada@org.example",
    "email_verified": True,
}  # fmt: skip


@cache
def private(kid: str) -> Any:
    made: dict[str, Callable[[], Any]] = {
        "rs": lambda: rsa.generate_private_key(65537, 2048),
        "short": lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505 - to be refused
        "es": lambda: ec.generate_private_key(ec.SECP256R1()),
        "es384": lambda: ec.generate_private_key(ec.SECP384R1()),
        "ed": ed25519.Ed25519PrivateKey.generate,
        "stranger": lambda: rsa.generate_private_key(65537, 2048),
    }
    return made[kid]()


def public(kid: str, /, **changes: object) -> dict[str, Any]:
    kinds = {"rs": "RS256", "short": "RS256", "stranger": "RS256", "es": "ES256", "es384": "ES384", "ed": "EdDSA"}
    algorithm = jwt.get_algorithm_by_name(kinds[kid])
    return json.loads(algorithm.to_jwk(private(kid).public_key())) | {"kid": kid, "use": "sig"} | changes


KEYS = ("rs", "es", "ed", "short", "es384")


class Issuer:
    """A key set that can change and be away, and counts who asks."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.answer: bytes | EgressRefused = document(*(keys or map(public, KEYS)))
        self.asked = 0

    def __call__(self) -> bytes:
        self.asked += 1
        if isinstance(self.answer, EgressRefused):
            raise self.answer
        return self.answer

    def verifier(self, claim: str = "email") -> OidcVerifier:
        return OidcVerifier(issuer=ISSUER, audience=AUDIENCE, fetch=self, claim=claim)


def document(*keys: dict[str, Any]) -> bytes:
    return json.dumps({"keys": list(keys)}).encode()


def signed(kid: str = "rs", alg: str = "RS256", *, key: Any = None, headers: Any = None, **changes: Any) -> str:
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    return jwt.encode(claims, key or private(kid), algorithm=alg, headers={"kid": kid} | (headers or {}))


def changed(name: str, value: object) -> str:
    changes: dict[str, Any] = {name: value}
    return jwt.encode({key: each for key, each in (CLAIMS | changes).items() if each is not None}, private("rs"),
                      algorithm="RS256", headers={"kid": "rs"})  # fmt: skip


def segment(document: str | bytes) -> str:
    data = document.encode() if isinstance(document, str) else document
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def written(header: str, claims: str, kid: str = "rs") -> str:
    """Signed as it is written, whatever a library would say to it."""
    signing = f"{segment(header)}.{segment(claims)}"
    algorithm = jwt.get_algorithm_by_name("RS256")
    return f"{signing}.{segment(algorithm.sign(signing.encode(), private(kid)))}"


def known(token: str, *, issuer: Issuer | None = None, now: datetime = NOW, claim: str = "email") -> str | None:
    try:
        return (issuer or Issuer()).verifier(claim).verify(token, now=now)
    except NotSignedIn:
        return None


@pytest.mark.parametrize(("kid", "alg"), [("rs", "RS256"), ("es", "ES256"), ("ed", "EdDSA")])
def test_the_three_algorithms_are_taken(kid: str, alg: str) -> None:
    assert known(signed(kid, alg)) == "ada@org.example"
    assert known(signed(kid, alg), claim="sub") == "u-1"


def test_what_is_near_to_a_good_token_is_taken() -> None:
    assert known(signed(aud=["other", AUDIENCE], nbf=AT))
    assert known(written(HEAD, json.dumps(CLAIMS)))


def hs256_by_public_key() -> str:
    """The classic: the public key taken as a secret, by hand, since the library refuses to."""
    pem = private("rs").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signing = segment('{"alg":"HS256","kid":"rs"}') + "." + segment(json.dumps(CLAIMS))
    return f"{signing}.{segment(hmac.new(pem, signing.encode(), hashlib.sha256).digest())}"


HEAD = '{"alg":"RS256","kid":"rs"}'

WRONG: dict[str, Callable[[], str]] = {
    "alg none": lambda: jwt.encode(CLAIMS, "", algorithm="none", headers={"kid": "rs"}),
    "alg none, with a signature": lambda: segment('{"alg":"none","kid":"rs"}') + signed()[signed().index(".") :],
    "alg nOnE": lambda: written('{"alg":"nOnE","kid":"rs"}', json.dumps(CLAIMS)),
    "HS256 by the public key": hs256_by_public_key,
    "RS512": lambda: signed(alg="RS512"),
    "PS256": lambda: signed(alg="PS256"),
    "ES384": lambda: signed("es384", "ES384"),
    "one key's alg with another's id": lambda: signed("rs", headers={"kid": "es"}),
    "a stranger's key": lambda: signed(key=private("stranger")),
    "a stranger's key, brought along": lambda: signed(key=private("stranger"), headers={"jwk": public("stranger")}),
    "a key too short": lambda: signed("short"),
    "an unknown key": lambda: signed("stranger"),
    "no key id": lambda: jwt.encode(CLAIMS, private("rs"), algorithm="RS256"),
    "a list as key id": lambda: written('{"alg":"RS256","kid":["rs"]}', json.dumps(CLAIMS)),
    "a list as alg": lambda: written('{"alg":["RS256"],"kid":"rs"}', json.dumps(CLAIMS)),
    "a critical header": lambda: written('{"alg":"RS256","kid":"rs","crit":["x"],"x":1}', json.dumps(CLAIMS)),
    "another issuer": lambda: signed(iss="https://login.example/other"),
    "an issuer with a slash more": lambda: signed(iss=ISSUER + "/"),
    "another audience": lambda: signed(aud="other"),
    "no audience in the list": lambda: signed(aud=[]),
    "part of the audience": lambda: signed(aud=AUDIENCE[:-1]),
    "an object as audience": lambda: signed(aud={AUDIENCE: 1}),
    **{f"no {name}": (lambda name=name: changed(name, None)) for name in ("iss", "aud", "exp", "iat", "email")},
    "ended": lambda: signed(exp=AT - 30),
    "not yet": lambda: signed(nbf=AT + 31),
    "of the future": lambda: signed(iat=AT + 31),
    **{
        f"{name} {value!r}": (lambda name=name, value=value: changed(name, value))
        for name in ("exp", "iat", "nbf")
        for value in (True, "soon", str(AT + 9), [AT + 9], 10**30, float("inf"), -(10**30))
    },
    "NaN": lambda: written(HEAD, json.dumps(CLAIMS | {"exp": float("nan")})),
    "too many digits": lambda: written(
        '{"alg":"RS256","kid":"rs"}', json.dumps(CLAIMS)[:-1] + ',"x":' + "9" * 5000 + "}"
    ),
    "a claim twice": lambda: written(
        '{"alg":"RS256","kid":"rs"}', json.dumps(CLAIMS)[:-1] + ',"email":"ben@x.example"}'
    ),
    "a header twice": lambda: written('{"alg":"RS256","kid":"no","kid":"rs"}', json.dumps(CLAIMS)),
    "claims that are a list": lambda: written(HEAD, "[]"),
    "a header that is a number": lambda: written("7", json.dumps(CLAIMS)),
    "deep": lambda: written(HEAD, "[" * 2000 + "]" * 2000),
    "no text": lambda: written(
        '{"alg":"RS256","kid":"rs"}', "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")
    ),
    "an address nobody checked": lambda: signed(email_verified=None),
    "an address checked as text": lambda: signed(email_verified="true"),
    "an empty address": lambda: signed(email=" "),
    "addresses": lambda: signed(email=["ada@org.example"]),
    "huge": lambda: signed(x="x" * LONGEST),
    "a part too many": lambda: signed() + ".x",
    "padding and breaks": lambda: signed() + "\n",
    "empty": lambda: "",
    "dots": lambda: "..",
    "other letters": lambda: "é.é.é",
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_is_wrong_is_refused(name: str) -> None:
    assert known(WRONG[name]()) is None


def test_a_refusal_says_nothing_of_the_token() -> None:
    for token in (signed(exp=AT - 99), signed(email="eve", email_verified=None), "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"):
        with pytest.raises(NotSignedIn) as refusal:
            Issuer().verifier().verify(token, now=NOW)
        shown = repr(refusal.value)
        assert not [part for part in token.split(".") if part in shown]
        assert "eve" not in shown
        assert refusal.value.__cause__ is None


def test_the_leeway_is_thirty_seconds_and_no_more() -> None:
    token = signed(nbf=AT + 30, iat=AT + 30, exp=AT + 60)
    assert known(token) is not None
    assert known(token, now=NOW + timedelta(seconds=89.9)) is not None
    assert known(token, now=NOW + timedelta(seconds=90)) is None
    assert known(token, now=NOW - timedelta(seconds=1)) is None


@settings(deadline=None)
@given(at=st.integers(0, 10**6), put=st.characters())
def test_any_changed_character_fails(at: int, put: str) -> None:
    token = good()
    at %= len(token)
    other = token[:at] + put + token[at + 1 :]
    assert (known(other) is not None) == (other == token)


@cache
def good() -> str:
    return signed("ed", "EdDSA")


@given(st.text() | st.from_regex(r"[\w-]*\.[\w-]*\.[\w-]*"))
def test_garbage_is_refused(token: str) -> None:
    assert known(token) is None


def test_an_unknown_key_makes_one_request_a_minute_however_many_come() -> None:
    issuer = Issuer(public("rs"))
    verifier = issuer.verifier()
    assert verifier.verify(signed(exp=AT + 9000), now=NOW)
    for second in range(1, 60):
        with pytest.raises(NotSignedIn):
            verifier.verify(signed("es", "ES256"), now=NOW + timedelta(seconds=second))
    assert issuer.asked == 1
    issuer.answer = document(public("es"))
    assert verifier.verify(signed("es", "ES256"), now=NOW + timedelta(seconds=60))
    assert issuer.asked == 2
    with pytest.raises(NotSignedIn):  # and the key that is gone from the set is good no more
        verifier.verify(signed(), now=NOW + timedelta(seconds=61))


def test_a_withdrawn_key_is_refused_within_the_hour() -> None:
    issuer = Issuer(public("rs"), public("es"))
    verifier, token = issuer.verifier(), signed(exp=AT + 10**6)
    assert verifier.verify(token, now=NOW)
    issuer.answer = document(public("es"))
    assert verifier.verify(token, now=NOW + FRESH - timedelta(seconds=1))
    with pytest.raises(NotSignedIn):
        verifier.verify(token, now=NOW + FRESH)


@pytest.mark.parametrize("answer", [EgressRefused("away"), b"", b"<html>", b"[]", b'{"keys":7}', b'{"keys":[]}'])
def test_an_issuer_that_is_away_lets_nobody_new_in_and_keeps_its_keys_for_a_while(
    answer: bytes | EgressRefused,
) -> None:
    issuer = Issuer()
    verifier, token = issuer.verifier(), signed(exp=AT + 10**6)
    verifier.verify(token, now=NOW)
    issuer.answer = answer
    assert verifier.verify(token, now=NOW + STALE - timedelta(seconds=1))
    for late in (STALE, STALE + timedelta(days=1)):
        with pytest.raises(NotSignedIn):
            verifier.verify(token, now=NOW + late)
    assert known(token, issuer=issuer) is None


UNCLEAR: list[list[Any]] = [
    [public("rs"), public("stranger", kid="rs")],
    [public("rs", use="enc")],
    [public("rs", alg="RS512")],
    [public("rs", alg="HS256")],
    [public("rs", kty="oct", k="c2VjcmV0")],
    [public("rs", kid=7)],
    [public("rs", n="?")],
    [public("rs", n=7)],
    [dict(jwt.get_algorithm_by_name("RS256").to_jwk(private("rs"), as_dict=True)) | {"kid": "rs"}],
    [7],
    [public("rs")] * 101,
]


@pytest.mark.parametrize("keys", UNCLEAR)
def test_keys_that_are_not_plainly_ours_count_for_nothing(keys: list[Any]) -> None:
    assert known(signed(), issuer=Issuer(*keys)) is None


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["RSA", "EC", "OKP", "P-256", "Ed25519", "ES256"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from(["kty", "kid", "use", "alg", "crv", "n", "e", "x", "y", "d", "key_ops", "oth"])


@settings(deadline=None)
@given(kid=st.sampled_from(["rs", "es", "ed"]), changes=st.dictionaries(NAMES, VALUES, min_size=1))
def test_a_key_set_of_whatever_shape_is_read_or_passed_over(kid: str, changes: dict[str, Any]) -> None:
    issuer = Issuer(public(kid) | changes, public("ed", kid="own"))
    token = signed("own", "EdDSA", key=private("ed"))
    assert known(token, issuer=issuer) is not None or changes.get("kid") == "own"
    known(signed(kid, {"rs": "RS256", "es": "ES256", "ed": "EdDSA"}[kid]), issuer=issuer)


PEOPLE = (
    Person("ada", "Ada Nwosu", ("Ada", "Ada@Org.example ")),
    Person("ben", "Ben Carter", ("shared@org.example",)),
    Person("cai", "Cai Lin", ("shared@org.example",)),
    Person("dov", ERASED, ("dov@org.example",)),
)


def test_a_claim_means_one_person_of_the_roster_or_nobody() -> None:
    programme = Programme("demo", "Demo", NOW.date(), 12, 7, "b", PEOPLE, ())
    assert person_of(programme, "ada@org.example") == "ada"
    assert person_of(programme, "ben", claim="sub") == "ben"
    for value in ("Ada", "Ada Nwosu", "ada", "shared@org.example", "dov@org.example", "eve@org.example", "", "@"):
        with pytest.raises(NotSignedIn):
            person_of(programme, value)
    for value in ("dov", "Ben", "ada@org.example", ""):
        with pytest.raises(NotSignedIn):
            person_of(programme, value, claim="sub")
