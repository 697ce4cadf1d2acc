"""The final bytes: every encoding is undone, shapes that are somebody's are found, and ordinary calls are let be."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from unittest.mock import Mock

import httpx2
import pytest
import yaml

from guards.call_log import CallLog
from guards.egress import EgressDoor
from guards.egress_http import guarded_client
from guards.errors import EgressRefused
from guards.leakage import Forms
from guards.log_reading import last_calls
from guards.wire_forms import readings
from guards.wire_patterns import patterns_in
from tests.guards.disguises import DISGUISES

NAMES = ("Ada Nwosu", "Benedikt Okafor", "Łukasz Žižek", "José García", "Oluwaseun Adeyemi-Cole", "Иван Петров")
FORMS = frozenset(NAMES)
SHAPES = ("x.y@corp.example", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111", "512-34-6789", "+44 20 7946 0958")
CASSETTES = sorted((Path(__file__).parents[1] / "cassettes").glob("*.yaml"))


def door(folder: Path, forms: frozenset[str] = FORMS, *, seconds: float = 5) -> EgressDoor:
    return EgressDoor(lambda _: forms, log=CallLog(folder / "calls.jsonl"), policy=lambda: "house-1", seconds=seconds)


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_every_encoding(disguise: str, name: str) -> None:
    body = json.dumps({"text": f"x {DISGUISES[disguise](name)} y"})
    assert Forms(FORMS).found_in(body.encode()) == 1


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_found_wherever_names_are(disguise: str, shape: str) -> None:
    body = json.dumps({"text": f"x {DISGUISES[disguise](shape)} y"})
    if disguise == "look-alikes":  # letters of other scripts are undone for names alone
        assert patterns_in(readings(body)) == (0 if "x.y" in shape or "DE" in shape else 1)
        return
    assert patterns_in(readings(body))


@pytest.mark.parametrize(
    "text",
    [
        "CLM-1234, P95 at 99.95 % on 2026-11-24T10:00:00+01:00, build 1.2.3-rc4, 4111 1111 1111 1112, 000-12-3456",
        "user@localhost is nobody's; @team; a @ b; +1 point, +12345678 rows, 1732442400000 ms, 2026-11-24",
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 and v1/chat/completions",
        "ISO27001 AB12 CD34 responsibilities internationalisation find_commitments ChoiceAnswer",
    ],
)
def test_figures_versions_and_digests_are_let_be(tmp_path: Path, text: str) -> None:
    door(tmp_path, FORMS | {"SC", "BO", "Al", "Will"}).check(json.dumps({"t": text}).encode(), pair="p")


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: path.stem)
def test_recorded_calls_pass(tmp_path: Path, path: Path) -> None:
    asked = [each["request"] for each in yaml.safe_load(path.read_text("utf-8"))["interactions"]]
    for request in asked:
        door(tmp_path, FORMS | {"SC", "BO", "Will"}).check(
            json.dumps(request).encode(), pair="p", destination="endpoint"
        )
    assert len(last_calls(tmp_path / "calls.jsonl", most=99)) == len(asked) > 0


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "1-" * 30_000, "QWRh" * 15_000, "%25" * 20_000, "=41" * 20_000, "41 " * 20_000]
)
def test_a_long_text_is_scanned_in_seconds(text: str) -> None:
    began = time.process_time()
    Forms(FORMS).found_in(text.encode())
    patterns_in([text, "@" + text, text + "@b.example"])
    assert time.process_time() - began < 3


def test_a_scan_out_of_time_too_large_or_odd_lets_nothing_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EgressRefused, match="TimeoutError"):
        door(tmp_path, seconds=-1).check(b"hello", pair="p")
    with pytest.raises(EgressRefused, match="bytes"):
        door(tmp_path).check(b" " * (9 << 20), pair="p")
    for odd in (None, False, True, -1, "0", 0.0):
        with monkeypatch.context() as patched:
            patched.setattr(Forms, "found_in_texts", Mock(return_value=odd))
            with pytest.raises(EgressRefused, match="TypeError"):
                door(tmp_path).check(b"hello", pair="p")


def test_headers_address_and_packed_bodies_are_looked_at(tmp_path: Path) -> None:
    sent: list[bytes] = []

    def peer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.read())
        return httpx2.Response(200, json={})

    with guarded_client(door(tmp_path), pair=lambda: "p", timeout=2, inner=httpx2.MockTransport(peer)) as client:
        body = json.dumps({"messages": [{"content": "<PERSON_1> and <PERSON_2>"}, {"content": "x"}]})
        client.post("http://127.0.0.1/v1", content=body)
        for call in (
            {"url": "http://127.0.0.1/Ada%20Nwosu"},
            {"url": "http://127.0.0.1/v1", "params": {"q": "QWRhIE53b3N1IHNhaWQ="}},
            {"url": "http://127.0.0.1/v1", "headers": {"x-by": "x.y@corp.example"}},
            {"url": "http://ada-nwosu.example/v1"},
            {"url": "http://127.0.0.1/v1", "headers": {"content-encoding": "gzip"}, "content": gzip.compress(b"hello")},
            {"url": "http://127.0.0.1/v1", "content": gzip.compress(b"hello")},
            {"url": "http://127.0.0.1/v1", "content": "Ada Nwosu".encode("utf-16")},
            {"url": "http://127.0.0.1/v1", "content": (part for part in (b"Ada ", b"Nwosu"))},
            {"url": "http://127.0.0.1/v1", "files": {"f": b"Ada Nwosu"}},
        ):
            with pytest.raises(EgressRefused):
                client.post(**call)  # pyright: ignore[reportArgumentType]
    assert sent == [body.encode()]
    first = last_calls(tmp_path / "calls.jsonl", most=99)[0]
    assert (first.policy, first.texts, first.placeholders, first.verdict) == ("house-1", 2, 2, "passed")
