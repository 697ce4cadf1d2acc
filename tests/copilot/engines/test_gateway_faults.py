"""Whatever the server does: no hang, the right error, no more than the allowed number of calls."""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from copilot.engines.gateway import ChatGateway, Limits, Prices
from copilot.errors import ModelAnswerInvalid, ModelUnavailable
from guards.call_log import CallLog
from guards.egress import EgressDoor, no_forms
from guards.egress_http import guarded_client
from guards.errors import EgressRefused
from guards.text import house
from prompts.model import load_prompt
from prompts.rendering import Rendered, render

QUICK = Limits(attempts=3, call_seconds=1, deadline_seconds=5, longest_wait=0.01)
Reply = Callable[[httpx2.Request], httpx2.Response]


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    choice: int


def completion(content: str, *, finish: str = "stop") -> httpx2.Response:
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
    usage = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return httpx2.Response(200, json=body)


class Server:
    """Answers each call with the next reply, the last one for ever."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.bodies: list[bytes] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.bodies.append(request.read())
        return self.replies[min(len(self.bodies), len(self.replies)) - 1](request)


def gateway(server: Reply, limits: Limits = QUICK, *, client: httpx2.Client | None = None) -> ChatGateway:
    return ChatGateway(
        model="m",
        base_url="http://model.test/v1",
        api_key=SecretStr("sk-canary"),
        client=client or httpx2.Client(transport=httpx2.MockTransport(server)),
        limits=limits,
        prices=Prices(prompt=2.0, completion=10.0),
    )


def question() -> Rendered:
    return render(load_prompt("choose"), question=house("notecanary"), candidates=house("1: a"))


def good(_request: httpx2.Request) -> httpx2.Response:
    return completion('{"choice": 1}')


def status(code: int) -> Reply:
    return lambda _request: httpx2.Response(code, json={"error": {"message": "notecanary echoed"}})


def says(content: str) -> Reply:
    return lambda _request: completion(content)


def sends(body: bytes) -> Reply:
    return lambda _request: httpx2.Response(200, content=body, headers={"content-type": "application/json"})


def timeout(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadTimeout("slow", request=request)


def reset(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.ReadError("reset", request=request)


def cut_off(_request: httpx2.Request) -> httpx2.Response:
    return completion('{"choice": ', finish="length")


def refused_at_the_door(_request: httpx2.Request) -> httpx2.Response:
    raise EgressRefused("a known form at byte 10")


@pytest.mark.parametrize("fault", [status(429), status(500), status(503), timeout, reset])
def test_what_may_pass_is_tried_again_and_no_more_than_allowed(fault: Reply) -> None:
    server = Server(fault)
    started = time.monotonic()
    with pytest.raises(ModelUnavailable) as refusal:
        gateway(server).ask(question(), Answer)
    assert len(server.bodies) == 3
    assert time.monotonic() - started < 5
    assert "notecanary" not in str(refusal.value)


@pytest.mark.parametrize("fault", [status(429), status(500), timeout, reset])
def test_a_passing_fault_passes(fault: Reply) -> None:
    server = Server(fault, good)
    assert gateway(server).ask(question(), Answer).choice == 1
    assert len(server.bodies) == 2


@pytest.mark.parametrize("code", [400, 401, 403, 404, 422])
def test_what_cannot_pass_is_not_tried_again(code: int) -> None:
    server = Server(status(code))
    with pytest.raises(ModelUnavailable):
        gateway(server).ask(question(), Answer)
    assert len(server.bodies) == 1


@pytest.mark.parametrize(
    "fault",
    [
        says("not json"),
        says('{"choice": "one"}'),
        says('{"choice": 1, "more": 2}'),
        says(""),
        says("1" * 5_000_000),
        cut_off,
        sends(b'{"id": "x", "choi'),
        sends(b""),
        sends(b'{"choices": []}'),
        sends(b"<html>proxy</html>"),
    ],
    ids=["prose", "type", "extra", "empty", "huge", "cut-off", "truncated", "no-body", "no-choices", "html"],
)
def test_an_invalid_answer_gets_one_repair_turn(fault: Reply) -> None:
    server = Server(fault)
    with pytest.raises(ModelAnswerInvalid):
        gateway(server).ask(question(), Answer)
    assert len(server.bodies) == 2
    repaired = Server(fault, good)
    assert gateway(repaired).ask(question(), Answer).choice == 1
    assert len(repaired.bodies[1]) < 60_000


def test_a_refusal_of_the_door_comes_through_as_such_and_is_final() -> None:
    server = Server(refused_at_the_door)
    with pytest.raises(EgressRefused):
        gateway(server).ask(question(), Answer)
    assert len(server.bodies) == 1


def test_tokens_and_cost_are_counted() -> None:
    asked = gateway(Server(good))
    asked.ask(question(), Answer)
    assert (asked.usage.calls, asked.usage.prompt_tokens, asked.usage.completion_tokens) == (1, 100, 10)
    assert asked.usage.cost == pytest.approx(0.0003)


class Dripping(httpx2.SyncByteStream):
    """Sends a space now and then, for ever."""

    def __iter__(self) -> Iterator[bytes]:
        while True:
            time.sleep(0.02)
            yield b" "


def dripping(_request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, stream=Dripping(), headers={"content-type": "application/json"})


def hanging(_request: httpx2.Request) -> httpx2.Response:
    time.sleep(6)
    return completion('{"choice": 1}')


@pytest.mark.parametrize("fault", [dripping, hanging])
def test_a_server_that_never_finishes_is_left_in_time(fault: Reply, tmp_path: Path) -> None:
    door = EgressDoor(no_forms, log=CallLog(tmp_path / "calls.jsonl"))
    client = guarded_client(door, pair=lambda: "p", timeout=60, inner=httpx2.MockTransport(fault))
    limits = Limits(attempts=3, call_seconds=0.3, deadline_seconds=0.5, longest_wait=0.01)
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match="in time"):
        gateway(fault, limits, client=client).ask(question(), Answer)
    assert time.monotonic() - started < 4


def test_the_door_is_asked_in_the_callers_thread(tmp_path: Path) -> None:
    """A vault that is open is locked for its thread: a door asked in another one would wait for ever."""
    asked: list[int] = []

    def forms(_pair: str) -> frozenset[str]:
        asked.append(threading.get_ident())
        return frozenset()

    door = EgressDoor(forms, log=CallLog(tmp_path / "calls.jsonl"))
    client = guarded_client(door, pair=lambda: "p", timeout=5, inner=httpx2.MockTransport(good))
    assert gateway(good, client=client).ask(question(), Answer).choice == 1
    assert set(asked) == {threading.get_ident()}


def test_no_repair_turn_starts_after_the_deadline() -> None:
    def slow_prose(_request: httpx2.Request) -> httpx2.Response:
        time.sleep(0.3)
        return completion("not json")

    server = Server(slow_prose)
    with pytest.raises(ModelUnavailable, match="in time"):
        gateway(server, Limits(attempts=3, call_seconds=1, deadline_seconds=0.2)).ask(question(), Answer)
    assert len(server.bodies) == 1


def test_a_wait_that_would_pass_the_deadline_is_not_begun() -> None:
    server = Server(status(503))
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match="503"):
        gateway(server, Limits(attempts=50, call_seconds=1, deadline_seconds=0.5, longest_wait=8)).ask(
            question(), Answer
        )
    assert time.monotonic() - started < 1


def test_no_body_and_no_key_is_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.INFO):
        gateway(Server(status(500), good)).ask(question(), Answer)
    out, err = capfd.readouterr()
    shown = caplog.text + out + err
    assert "notecanary" not in shown
    assert "sk-canary" not in shown


def test_tracing_and_its_gateway_are_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING", "LANGSMITH_GATEWAY"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_API_KEY", "ls-canary")
    posted: list[object] = []
    monkeypatch.setattr("langsmith.client.Client.create_run", lambda *_args, **_more: posted.append(_args))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    seen: list[str] = []

    def remember(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url))
        return good(request)

    gateway(Server(remember)).ask(question(), Answer)
    assert posted == []
    assert seen == ["http://model.test/v1/chat/completions"]
    assert not [name for name in os.environ if name.startswith(("LANGSMITH_", "LANGCHAIN_"))]


def test_the_schema_is_sent_and_the_system_part_comes_first() -> None:
    server = Server(good)
    gateway(server).ask(question(), Answer)
    body = json.loads(server.bodies[0])
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["response_format"]["json_schema"]["schema"]["properties"]["choice"] == {
        "title": "Choice",
        "type": "integer",
    }
    assert body["temperature"] == 0
