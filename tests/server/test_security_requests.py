"""Requests that nobody honest sends: bodies, letters, addresses and hosts; refused in answers of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from copilot.errors import StoreUnavailable
from server.app import create_app
from server.auth import CSRF_FIELD, SESSION, csrf_of
from server.bodies import FORM_BYTES, JSON_BYTES, Bodies
from server.problems import PROBLEM
from tests.copilot.cli.home import filled
from tests.server.conftest import Service, serving


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("requests")) as found:
        yield found


DRAFTS = "/api/v1/pairs/p1/drafts"
ECHO = "zebulon"


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "undefined", "utf-16", "idna", "x"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_form_in_other_letters_is_refused(service: Service, charset: str, kind: str) -> None:
    secret = service.browser("ada").secret
    body = b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\\ud800\r\n--x--\r\n'
    headers = {"Cookie": f"{SESSION}={secret}", "Content-Type": f"{kind}; charset={charset}", "Accept": "text/html"}
    assert service.client.post("/sign-out", headers=headers, content=body).status_code == 415


def test_a_form_in_utf_8_is_read(service: Service) -> None:
    secret = service.browser("ada").secret
    headers = {
        "Cookie": f"{SESSION}={secret}", "Content-Type": 'application/x-www-form-urlencoded; charset="UTF-8"'
    }  # fmt: skip
    sent = f"{CSRF_FIELD}={csrf_of(secret)}".encode()
    assert service.client.post("/sign-out", headers=headers, content=sent, follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    ("kind", "most"), [("application/json", JSON_BYTES), ("application/x-www-form-urlencoded", FORM_BYTES)]
)
def test_what_is_read_before_we_know_who_sent_it_is_small(service: Service, kind: str, most: int) -> None:
    whole = service.client.post(DRAFTS, headers={"Content-Type": kind}, content=b" " * (most + 1))
    pieces = service.client.post(DRAFTS, headers={"Content-Type": kind}, content=iter([b" " * (most // 2)] * 3))
    assert [each.status_code for each in (whole, pieces)] == [413, 413]
    assert whole.headers["content-type"] == PROBLEM
    assert "content-security-policy" in whole.headers
    assert service.client.post(DRAFTS, headers={"Content-Type": kind}, content=b" ").status_code in {401, 422}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 500_000, b'{"a":' * 50_000 + b"1" + b"}" * 50_000, b'{"minutes":' + b"9" * 5000 + b"}", b'{"date":NaN}',
        b'{"date":"\\ud800"}', b'{"\\ud800":1}', b"\xff\xfe\x00", b'{"date":1e999}', b"null", b'{"date":"\\u0000"}',
    ],
    ids=lambda each: each[:12].decode("latin-1"),
)  # fmt: skip
def test_malformed_json_is_the_callers_fault(service: Service, body: bytes) -> None:
    headers = {**service.token("ada"), "Content-Type": "application/json"}
    found = service.client.post(DRAFTS, headers=headers, content=body)
    assert found.status_code in {400, 422}
    assert found.headers["content-type"] == PROBLEM


def test_a_body_that_does_not_come_is_given_up() -> None:
    async def never() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.request"}

    async def reads(_: Scope, receive: Receive, __: Send) -> None:
        await receive()

    async def send(_: Message) -> None:
        return None

    app = Bodies(reads, largest=100, seconds=0.05)
    with pytest.raises(HTTPException) as found:
        asyncio.run(app({"type": "http", "headers": [], "method": "POST", "path": "/"}, never, send))
    assert found.value.status_code == 408


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n\r\n' % each for each in range(3000)),
        b"--x\r\n" + b"A: b\r\n" * 50_000 + b"\r\n", b"--x\r\n", b"", b"--x\r\nContent-Disposition: form-data\r\n\r\nx",
    ],
    ids=["fields", "part headers", "cut off", "empty", "no name"],
)  # fmt: skip
def test_a_multipart_bomb_is_refused(service: Service, body: bytes) -> None:
    browser = service.browser("ada")
    headers = {"Cookie": f"{SESSION}={browser.secret}", "Content-Type": "multipart/form-data; boundary=x"}
    found = service.client.post("/sign-out", headers=headers, content=body + b"\r\n--x--\r\n")
    assert found.status_code in {400, 403}
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "testserver:@evil.example", "testserver/api/", "testserver, evil.example", "testserver.", ""],
)
def test_another_host_is_refused(service: Service, host: str) -> None:
    found = service.client.get("/sign-in", headers={"Host": host})
    assert found.status_code == 400
    assert "evil" not in found.text


def test_what_a_proxy_would_say_is_not_believed_from_anybody(service: Service) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    found = service.client.get("/sign-in/", headers=headers, follow_redirects=False)
    assert found.headers["location"] == "http://testserver/sign-in"
    assert "strict-transport-security" not in found.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/static//etc/passwd", "/static/..%5capp.py", "/static/%00", "/static/app.css%00", "/static/", "/.git/config",
        "/%2e%2e/%2e%2e/etc/passwd", "/START", "/start;x", "/pairs/p1%2f..%2fp2/prep", "/pairs/" + "a" * 60_000,
    ],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_served(service: Service, path: str) -> None:
    found = service.client.get(path, headers=service.token("ada"), follow_redirects=False)
    assert found.status_code == 404, path


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/sign-in/", "/\\evil.example/", "///start/"])
def test_no_redirect_leads_to_another_host(service: Service, path: str) -> None:
    found = service.client.get(f"http://testserver{path}", follow_redirects=False)
    assert "evil" not in found.headers.get("location", "")


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/{ECHO}"), ("GET", f"/pairs/{ECHO}%3Cscript%3E/prep"), ("GET", f"/sign-in?said={ECHO}"),
        ("GET", f"/api/v1/jobs/a?{ECHO}={ECHO}"), ("GET", f"/api/v1/jobs/a/events?last={ECHO}"), (ECHO, "/"),
        ("GET", f"/static/{ECHO}"), ("POST", f"/sign-in/{ECHO}%20{ECHO}"),
    ],
)  # fmt: skip
def test_an_error_repeats_nothing_of_what_was_sent(service: Service, accept: str, method: str, path: str) -> None:
    headers = {**service.token("ada"), "Accept": accept, "X-Test": ECHO}
    found = service.client.request(method, path, headers=headers)
    assert found.status_code < 500
    assert ECHO not in found.text.casefold()


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_is_what_it_is(service: Service, header: str) -> None:
    browser = service.browser("ada")
    headers = {"Cookie": f"{SESSION}={browser.secret}", header: "POST"}
    assert service.client.get("/sign-out", headers=headers).status_code == 405
    assert service.client.get("/sign-out?_method=POST", headers=headers).status_code == 405
    assert browser.get("/").status_code == 200


def test_no_other_site_is_let_in_by_cors(service: Service) -> None:
    headers = {**service.token("ada"), "Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for found in (service.client.get("/api/v1/me", headers=headers), service.client.options(DRAFTS, headers=headers)):
        assert not [each for each in found.headers if each.startswith("access-control")]


def test_every_answer_says_its_type_and_its_letters(service: Service) -> None:
    for path in ("/healthz", "/sign-in", "/static/app.css", "/static/app.js", "/api/v1/openapi.json", "/nothing"):
        kind = service.client.get(path, headers={"Accept": "text/html"}).headers["content-type"]
        assert kind.startswith("application/json") or "charset=utf-8" in kind, (path, kind)


def test_behind_tls_what_came_without_is_refused(tmp_path: Path) -> None:
    with filled(tmp_path).copilot() as copilot:
        app = create_app(copilot, hosts=("testserver",), warm=False, tls_only=True)
        with TestClient(app) as client:
            assert client.get("/sign-in").status_code == 403
            assert client.get("/healthz").status_code == 200
            client.base_url = client.base_url.copy_with(scheme="https")
            found = client.get("/sign-in")
    assert found.status_code == 200
    assert found.headers["strict-transport-security"] == "max-age=31536000"


def test_whether_it_is_ready_says_no_more(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise StoreUnavailable("the record /home/somebody/record.db failed")

    monkeypatch.setattr(type(service.copilot.record.programmes), "load", broken)
    found = service.client.get("/readyz")
    assert (found.status_code, found.text) == (503, "not ready\n")
