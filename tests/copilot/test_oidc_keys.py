"""The issuer's keys come through the egress door alone, within bounds, and never with --offline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from pydantic import ValidationError

from copilot.errors import Usage
from copilot.oidc import key_set_from, oidc_of
from copilot.settings import Settings
from guards.call_log import CallLog
from guards.egress import EgressDoor
from guards.egress_http import fetch_document
from guards.errors import EgressRefused
from guards.log_reading import last_calls

URL = "https://login.example/realms/coach/keys"
GIVEN = {"oidc_issuer": "https://login.example", "oidc_audience": "coach", "oidc_jwks_url": URL}


def door(folder: Path, *forms: str) -> EgressDoor:
    return EgressDoor(lambda _: frozenset(forms), log=CallLog(folder / "egress.jsonl"))


def verdicts(folder: Path) -> list[str]:
    return [call.verdict for call in last_calls(folder / "egress.jsonl", most=99)]


class Slow(httpx2.SyncByteStream):
    """A byte now and then, which no time-out of a single wait meets."""

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b"x"


ANSWERS: dict[str, Callable[[], httpx2.Response]] = {
    "a redirect": lambda: httpx2.Response(302, headers={"location": "https://elsewhere.example/"}),
    "not found": lambda: httpx2.Response(404, content=b"{}"),
    "nothing": lambda: httpx2.Response(204),
    "too large": lambda: httpx2.Response(200, content=b"x" * 1025),
    "packed": lambda: httpx2.Response(200, headers={"content-encoding": "gzip"}, stream=Slow()),
    "slow": lambda: httpx2.Response(200, stream=Slow()),
    "slow events": lambda: httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=Slow()),
}


def fetched(
    folder: Path, answer: Callable[[], httpx2.Response], url: str = URL, *forms: str
) -> tuple[bytes, list[str]]:
    asked: list[str] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        assert request.read() == b""
        assert not {"authorization", "cookie"} & {name.lower() for name in request.headers}
        asked.append(str(request.url))
        return answer()

    inner = httpx2.MockTransport(handle)
    return fetch_document(url, door=door(folder, *forms), seconds=0.3, most=1024, inner=inner), asked


@pytest.mark.parametrize(
    "url", [URL, "https://login.example/6f1d2c3b-0a4e-4d5f-9b8a-71c0e2d3f4a5/discovery/v2.0/keys?p=B2C_1_signin"]
)
def test_a_document_comes_whole_and_leaves_a_line(tmp_path: Path, url: str) -> None:
    content, asked = fetched(tmp_path, lambda: httpx2.Response(200, content=b"k" * 1024), url)
    assert (content, asked, verdicts(tmp_path)) == (b"k" * 1024, [url], ["passed"])


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_no_plain_small_quick_answer_is_refused(tmp_path: Path, name: str) -> None:
    began = time.monotonic()
    with pytest.raises(EgressRefused):
        fetched(tmp_path, ANSWERS[name])
    assert time.monotonic() - began < 2


def test_an_address_with_a_name_in_it_is_not_asked(tmp_path: Path) -> None:
    with pytest.raises(EgressRefused):
        fetched(tmp_path, lambda: httpx2.Response(200), "https://login.example/Ada%20Nwosu", "Ada Nwosu")
    assert verdicts(tmp_path) == ["refused: 1 known forms"]


def test_offline_asks_nobody(tmp_path: Path) -> None:
    with pytest.raises(EgressRefused, match="offline"):
        key_set_from(URL, door=door(tmp_path), offline=True)()
    assert not (tmp_path / "egress.jsonl").exists()


@pytest.mark.parametrize(
    "url", ["http://login.example/keys", "file:///etc/passwd", "keys", "https://", "https://[", "ftp://127.0.0.1/keys"]
)
def test_an_address_that_anybody_on_the_way_could_change_is_usage(tmp_path: Path, url: str) -> None:
    with pytest.raises(Usage):
        key_set_from(url, door=door(tmp_path), offline=False)


def test_this_machine_may_be_asked_in_the_clear(tmp_path: Path) -> None:
    assert key_set_from("http://127.0.0.1:9/keys", door=door(tmp_path), offline=True)


@pytest.mark.parametrize("name", GIVEN)
def test_the_three_settings_go_together(tmp_path: Path, name: str) -> None:
    assert oidc_of(Settings(), door(tmp_path)) is None
    assert oidc_of(Settings(**GIVEN), door(tmp_path)) is not None  # pyright: ignore[reportArgumentType]
    with pytest.raises(Usage, match="COACH_OIDC"):
        oidc_of(Settings(**(GIVEN | {name: ""})), door(tmp_path))  # pyright: ignore[reportArgumentType]


def test_a_claim_is_named() -> None:
    assert Settings().oidc_claim == "email"
    with pytest.raises(ValidationError):
        Settings(oidc_claim="")
