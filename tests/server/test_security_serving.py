"""The real server on loopback: late and huge heads, TLS, what a bug writes to the log, and many threads on one home."""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from copilot.errors import Usage
from copilot.tokens import TokenKind, issue
from guards.audit_log import verified
from server.__main__ import http
from server.patience import PatientProtocol
from server.serving import (
    _CIPHERS,  # pyright: ignore[reportPrivateUsage] - what is served with
    Address,
    check,
    without_words,
)
from tests.server.conftest import BOTH, Service, serving

SECRET = "Zebulon Quartermaine"


class Hasty(PatientProtocol):
    head_seconds = 0.3


@contextmanager
def listening(app: ASGIApp) -> Generator[int]:
    config = uvicorn.Config(
        app, port=0, log_level="error", http=Hasty, ws="none", h11_max_incomplete_event_size=65536, lifespan="off"
    )  # pyright: ignore[reportArgumentType] - any ASGI app
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("served")) as found:
        yield found


def sent(port: int, *pieces: bytes, wait: float = 10.0) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        got = b""
        try:
            for piece in pieces:
                connection.sendall(piece)
            while more := connection.recv(65536):
                got += more
        except (ConnectionError, BrokenPipeError):
            pass
        return got


@pytest.mark.enable_socket
def test_late_and_huge_heads_are_closed_and_others_are_served(served: Service) -> None:
    good = b"GET /healthz HTTP/1.1\r\nHost: testserver\r\n"
    with listening(served.client.app) as port:
        started = time.monotonic()
        assert sent(port) == b""  # nothing said: closed, or this would wait for ten seconds
        assert sent(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") == b""
        half_again = sent(port, good + b"\r\n" + b"GET /healthz HT")  # a second head that never ends
        assert time.monotonic() - started < 9
        assert half_again.count(b" 200 ") == 1
        assert b" 200 " not in sent(port, good + b"X-Big: " + b"a" * 200_000 + b"\r\n\r\n")
        assert b" 400 " in sent(port, good + b"Host: evil.example\r\n\r\n")
        assert b" 200 " in sent(port, good + b"Connection: close\r\n\r\n")


def test_a_bug_leaves_no_words_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.Logger("uvicorn.error")  # noqa: LOG001 - one of its own, so that no other test sees the filter
    log.addHandler(logging.StreamHandler())
    log.addFilter(without_words)
    log.error("Exception in ASGI application", exc_info=ValueError(SECRET))
    said = capsys.readouterr().err
    assert "Exception in ASGI" in said
    assert SECRET not in said


def test_tls_below_1_2_and_weak_ciphers_are_off() -> None:
    config = uvicorn.Config(FastAPI(), ssl_ciphers=_CIPHERS)
    context = ssl.SSLContext(config.ssl_version)
    context.set_ciphers(_CIPHERS)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    names = [each["name"] for each in context.get_ciphers()]
    assert names
    assert all("GCM" in name or "CHACHA20" in name or name.startswith("TLS_AES") for name in names), names


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "coach.example.org"])  # noqa: S104 - refused
def test_another_address_is_served_only_by_tls(host: str) -> None:
    with pytest.raises(Usage):
        check(Address(host, 8765))
    check(Address(host, 8765, certificate=Path("c.pem")))


def test_by_default_this_machine_alone_is_served() -> None:
    defaults = http.make_context("http", []).params
    assert (defaults["host"], defaults["behind_tls"]) == ("127.0.0.1", False)


def test_many_at_once_share_a_home_and_the_audit_log_holds(served: Service) -> None:
    people = [served.token(each) for each in ("ada", "ben", "sam")]

    def ask(number: int) -> int:
        headers = people[number % 3]
        if number % 2:
            return served.client.post(
                "/api/v1/pairs/p1/drafts", headers=headers, json={"date": f"2026-10-{1 + number % 20:02}"}
            ).status_code
        return served.client.get("/api/v1/me", headers=headers).status_code

    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(ask, range(60)))
    drafted = [status for number, status in enumerate(found) if number % 2 and number % 3 != 2]
    assert set(drafted) == {201}
    assert {status for number, status in enumerate(found) if number % 2 and number % 3 == 2} == {403}
    assert {status for number, status in enumerate(found) if not number % 2} == {200}
    path = Path(served.copilot.home.path / "audit.jsonl")
    assert verified(path, keyring=served.copilot.keyring).whole


def test_a_link_opened_by_many_at_once_lets_one_in(served: Service) -> None:
    tokens = served.copilot.tokens
    link = issue(tokens, person="ada", kind=TokenKind.LINK, scopes=BOTH, now=datetime.now(UTC)).secret

    def open_it(_: int) -> int:
        return served.client.post(f"/sign-in/{link}", follow_redirects=False).status_code

    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(open_it, range(12)))
    assert sorted(found) == [303, *[401] * 11]
