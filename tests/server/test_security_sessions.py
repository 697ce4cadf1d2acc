"""Sessions that somebody plants, keeps, mixes up or takes from elsewhere; forms of other sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastapi import FastAPI, UploadFile

from copilot.tokens import Bearer, TokenKind, issue
from guards.errors import NotSignedIn
from server.auth import CSRF_FIELD, OWNER, OWNER_SESSION, SESSION, csrf_of
from server.issuer import bearer_of
from server.jobs.runner import Jobs, Tell
from server.limits import Streams
from server.once import MINE, Once, _digest  # pyright: ignore[reportPrivateUsage] - its own test
from server.problems import Refused
from tests.copilot.cli.home import filled
from tests.server.conftest import BOTH, Service, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("sessions")) as found:
        yield found


@pytest.fixture
def service(served: Service) -> Service:
    """A browser without cookies, on plain HTTP."""
    served.client.cookies.clear()
    served.client.base_url = served.client.base_url.copy_with(scheme="http")
    return served


def made(service: Service, person: str, kind: TokenKind = TokenKind.SESSION) -> str:
    return issue(service.copilot.tokens, person=person, kind=kind, scopes=BOTH, now=datetime.now(UTC)).secret


def me(service: Service, cookie: str) -> int:
    return service.client.get("/api/v1/me", headers={"Cookie": f"{SESSION}={cookie}"}).status_code


def test_signing_in_ends_the_session_before_and_takes_a_new_secret(service: Service) -> None:
    planted = made(service, "ben")
    link = made(service, "ada", TokenKind.LINK)
    found = service.client.post(f"/sign-in/{link}", headers={"Cookie": f"{SESSION}={planted}"}, follow_redirects=False)
    fresh = found.cookies[SESSION]
    assert fresh not in {planted, link}
    service.client.cookies.clear()
    assert (me(service, planted), me(service, fresh)) == (401, 200)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_another_site_signs_nobody_in(service: Service, headers: dict[str, str]) -> None:
    link = made(service, "ada", TokenKind.LINK)
    found = service.client.post(f"/sign-in/{link}", headers=headers, follow_redirects=False)
    assert (found.status_code, "set-cookie" in found.headers) == (403, False)
    assert service.client.post(f"/sign-in/{link}", follow_redirects=False).status_code == 303


def test_over_tls_signing_out_takes_the_cookie_away(service: Service) -> None:
    secret = made(service, "ada")
    service.client.base_url = service.client.base_url.copy_with(scheme="https")
    found = service.client.post(
        "/sign-out", headers={"Cookie": f"__Host-{SESSION}={secret}"}, data={CSRF_FIELD: csrf_of(secret)},
        follow_redirects=False,
    )  # fmt: skip
    cookie = found.headers["set-cookie"]
    assert cookie.startswith(f"__Host-{SESSION}=")  # a browser drops it only if it is told so with Secure and the path
    assert "Secure" in cookie
    assert "Max-Age=0" in cookie
    assert '"storage"' in found.headers["clear-site-data"]


def test_the_owner_can_sign_out(service: Service) -> None:
    owner, look = made(service, OWNER), made(service, "ada")
    headers = {"Cookie": f"{OWNER_SESSION}={owner}; {SESSION}={look}"}
    assert service.client.post("/start/sign-out", headers=headers).status_code == 403
    sent = {CSRF_FIELD: csrf_of(owner)}
    assert service.client.post("/start/sign-out", headers=headers, data=sent, follow_redirects=False).status_code == 303
    assert service.client.get("/start", headers=headers).status_code == 401
    assert me(service, look) == 401


def test_a_look_of_the_owner_is_told_from_a_sign_in(service: Service) -> None:
    owner = made(service, OWNER)
    found = service.client.post(
        "/look-as", headers={"Cookie": f"{OWNER_SESSION}={owner}"}, follow_redirects=False,
        data={CSRF_FIELD: csrf_of(owner), "person": "ben"},
    )  # fmt: skip
    assert found.status_code == 303
    lines = Path(service.copilot.home.path / "audit.jsonl").read_text("utf-8").splitlines()
    acts = [(json.loads(each)["act"], json.loads(each)["role"]) for each in lines]
    assert ("sign_in", "operator") in acts


@pytest.mark.parametrize("kind", [TokenKind.API, TokenKind.LINK])
def test_a_token_is_good_for_its_own_purpose_alone(service: Service, kind: TokenKind) -> None:
    secret = made(service, "ada", kind)
    assert me(service, secret) == 401
    owners = made(service, OWNER, kind)
    assert service.client.get("/start", headers={"Cookie": f"{OWNER_SESSION}={owners}"}).status_code == 401
    if kind is TokenKind.LINK:
        assert service.client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_session_of_another_home_is_none_here(service: Service, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with filled(tmp_path / "other").copilot() as other:
        theirs = [
            issue(other.tokens, person=person, kind=TokenKind.SESSION, scopes=BOTH, now=datetime.now(UTC)).secret
            for person in ("ada", OWNER)
        ]
    assert me(service, theirs[0]) == 401
    assert service.client.get("/start", headers={"Cookie": f"{OWNER_SESSION}={theirs[1]}"}).status_code == 401


def test_only_an_owners_session_is_an_owners(service: Service) -> None:
    ada, owner = made(service, "ada"), made(service, OWNER)
    for path in ("/look-as", "/start/sample", "/start/programme", "/start/sign-out"):
        found = service.client.post(
            path, headers={"Cookie": f"{OWNER_SESSION}={ada}"}, data={CSRF_FIELD: csrf_of(ada), "person": "ben"}
        )
        assert found.status_code in {401, 422}, path
    assert me(service, owner) == 401  # no person of the programme


def test_a_jwt_goes_to_the_issuer_from_the_header_alone(service: Service) -> None:
    asked: list[str] = []

    def oidc(token: str) -> Bearer:
        asked.append(token)
        raise NotSignedIn("no")

    app = service.client.app
    assert isinstance(app, FastAPI)
    app.state.oidc = oidc
    assert me(service, "a.b.c") == 401
    assert asked == []
    dotted = made(service, "ada", TokenKind.API) + ".a.b"
    for token in ("a.b.c", dotted):
        assert service.client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert asked == ["a.b.c", dotted]
    assert service.client.get("/api/v1/me", headers=service.token("ada")).status_code == 200
    app.state.oidc = None


def test_without_an_issuer_there_is_no_verifier(service: Service) -> None:
    assert bearer_of(service.copilot) is None


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"), ("text/plain", b"{}"), ("text/plain", b"csrf=x"), ("", b"{}"),
        ("application/x-www-form-urlencoded", b"csrf="), ("application/csp-report", b"{}"),
    ],
)  # fmt: skip
def test_a_cookie_alone_changes_nothing_whatever_the_type(service: Service, kind: str, body: bytes) -> None:
    headers = {"Cookie": f"{SESSION}={made(service, 'ada')}", "Accept": "application/json"}
    if kind:
        headers["Content-Type"] = kind
    for path in ("/api/v1/pairs/p1/drafts", "/sign-out"):
        assert service.client.post(path, headers=headers, content=body).status_code == 403


def test_no_page_gives_its_secret_away(service: Service) -> None:
    link = made(service, "ada", TokenKind.LINK)
    found = service.client.get(f"/sign-in/{link}")
    assert found.headers["referrer-policy"] == "no-referrer"
    assert found.headers["cache-control"] == "no-store"
    cookie = service.browser("ada")
    assert cookie.secret not in cookie.get("/").text


def test_streams_of_one_person_are_counted_and_given_back() -> None:
    streams = Streams(2)
    with streams.one("ada"), streams.one("ada"):
        with pytest.raises(Refused) as refused, streams.one("ada"):
            pass
        assert refused.value.status == 429
        with streams.one("ben"):
            pass
    with streams.one("ada"), streams.one("ada"):
        pass


def test_a_stream_is_kept_by_no_cache_and_given_back_when_it_ends(service: Service) -> None:
    app = service.client.app
    assert isinstance(app, FastAPI)
    jobs: Jobs = app.state.jobs

    def nothing(_: Tell) -> dict[str, object]:
        return {}

    job = jobs.start("sample", nothing, person="ada")
    for _ in range(10):  # more than may be open at once
        found = service.client.get(f"/api/v1/jobs/{job.id}/events", headers=service.token("ada"))
        assert (found.status_code, found.headers["cache-control"]) == (200, "no-store")


def test_another_file_of_the_same_name_and_size_is_another_request() -> None:
    first, second = (UploadFile(BytesIO(each), filename="n.md") for each in (b"one", b"two"))
    assert _digest(first) != _digest(second)
    assert first.file.read() == b"one"


def test_answers_kept_for_one_person_are_bounded() -> None:
    once = Once()
    once.begin(("ben", "k"), "asked")
    once.finish(("ben", "k"), "theirs", {})
    for number in range(MINE + 50):
        once.begin(("ada", str(number)), "asked")
        once.finish(("ada", str(number)), number, {})
    kept = [number for number in range(MINE + 50) if once.begin(("ada", str(number)), "asked") is not None]
    assert len(kept) <= MINE
    theirs = once.begin(("ben", "k"), "asked")
    assert theirs is not None
