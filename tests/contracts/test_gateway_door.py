"""The chat gateway behind the egress door: what the door refuses is not sent, what a server answers is bounded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr

from copilot.engines.gateway import ChatGateway, Limits
from copilot.engines.selection import Door
from copilot.errors import ModelUnavailable
from copilot.programme import Pair, Person, Programme
from guards.call_log import CallLog
from guards.egress import EgressDoor
from guards.egress_bounds import AnswerLimits, BoundedTransport
from guards.egress_http import HttpDoor
from guards.errors import EgressRefused
from guards.log_reading import verify
from guards.text import RawText, RedactedText, mint_redacted
from prompts.model import load_prompt
from prompts.rendering import Rendered, render
from tests.copilot.engines.test_gateway_faults import Answer, Reply, Server, good
from tests.doubles.record import MemoryRecord
from tests.doubles.record_samples import DAY


def programme() -> MemoryRecord:
    record = MemoryRecord()
    people = (Person("ada", "Ada Nwosu", ("@adan",)), Person("ben", "Ben O'Hara"))
    record.programmes.save(Programme("demo", "Demo", DAY, 12, 7, "60", people, (Pair("p", "ada", "ben"),)))
    return record


def gateway(folder: Path, server: Server, *, timeout: float = 5, record: MemoryRecord | None = None) -> ChatGateway:
    door: Door = HttpDoor(
        EgressDoor((record or programme()).vaults.forms, log=CallLog(folder / "egress.jsonl")),
        timeout=timeout,
        inner=httpx2.MockTransport(server),
    )
    return ChatGateway(
        model="m",
        base_url="http://model.test/v1",
        api_key=SecretStr("sk-canary"),
        client=door.client(pair="p"),
        limits=Limits(attempts=2, call_seconds=1, deadline_seconds=5, longest_wait=0.01),
    )


def question(text: RedactedText) -> Rendered:
    return render(load_prompt("choose"), question=text, candidates=mint_redacted("1: a"))


@pytest.mark.parametrize(
    "name", ["Ada Nwosu", "ADA NWOSU", "Ben O'Hara", "@adan", "Ada\u00a0Nwosu", "ada.nwosu@corp.example"]
)
def test_a_prompt_that_holds_a_roster_name_sends_no_byte(tmp_path: Path, name: str) -> None:
    server = Server(good)
    with pytest.raises(EgressRefused) as refused:
        gateway(tmp_path, server).ask(question(mint_redacted(f"What did {name} promise?")), Answer)
    assert server.bodies == []
    log = (tmp_path / "egress.jsonl").read_text(encoding="utf-8")
    assert (verify(tmp_path / "egress.jsonl").lines, "refused" in log) == (1, True)
    assert not any(part in shown for part in ("Ada", "Nwosu", "Hara", "adan") for shown in (str(refused.value), log))


def test_a_prompt_of_placeholders_is_sent_once_and_logged(tmp_path: Path) -> None:
    server = Server(good)
    assert gateway(tmp_path, server).ask(question(mint_redacted("What did <PERSON_1> promise?")), Answer).choice == 1
    assert len(server.bodies) == 1
    assert "sk-canary" not in (tmp_path / "egress.jsonl").read_text(encoding="utf-8")
    assert verify(tmp_path / "egress.jsonl").broken is None


def test_a_call_made_while_the_vault_is_open_knows_what_was_just_minted(tmp_path: Path) -> None:
    """Ingest reads a document with the pair's vault open; a door that asked from another thread would wait for ever."""
    record, server = programme(), Server(good)
    with record.vaults.open("p") as vault:
        vault.placeholder(RawText("Zoë Quill"), entity_type="PERSON")
        asked = gateway(tmp_path, server, timeout=2, record=record)
        assert asked.ask(question(mint_redacted("What did <PERSON_1> promise?")), Answer).choice == 1
        with pytest.raises(EgressRefused):
            asked.ask(question(mint_redacted("What did Zoë Quill promise?")), Answer)
    assert len(server.bodies) == 1


def _huge(_request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, content=(b" " * (1 << 20) for _ in range(1000)))


def _trickle(_request: httpx2.Request) -> httpx2.Response:
    def drops() -> Iterator[bytes]:
        for _ in range(1000):
            time.sleep(0.02)
            yield b" "

    return httpx2.Response(200, content=drops())


def _packed(_request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, headers={"content-encoding": "gzip"}, stream=httpx2.ByteStream(b"\x1f\x8b"))


@pytest.mark.parametrize("reply", [_huge, _trickle, _packed])
def test_an_answer_without_end_is_cut_off(tmp_path: Path, reply: Reply) -> None:
    started = time.monotonic()
    with pytest.raises(ModelUnavailable):
        gateway(tmp_path, Server(reply), timeout=0.2).ask(question(mint_redacted("What?")), Answer)
    assert time.monotonic() - started < 5


def test_an_answer_within_its_limits_arrives_whole() -> None:
    inner = httpx2.MockTransport(lambda _request: httpx2.Response(201, content=b"x" * 100, headers={"x-kept": "1"}))
    for largest, fits in ((100, True), (99, False)):
        limits = AnswerLimits(seconds=5, bytes=largest)
        with httpx2.Client(transport=BoundedTransport(inner, limits=limits)) as client:
            if fits:
                answer = client.get("http://model.test/")
                assert (answer.status_code, answer.content, answer.headers["x-kept"]) == (201, b"x" * 100, "1")
            else:
                with pytest.raises(httpx2.ReadError):
                    client.get("http://model.test/")
