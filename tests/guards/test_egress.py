"""The door: canaries in every disguise are caught, ordinary redacted text passes, and doubt means no call."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from guards.call_log import CallLog
from guards.egress import EgressDoor, no_forms
from guards.egress_http import download, guarded_client
from guards.errors import EgressRefused, RawTextExposed
from guards.leakage import Forms
from guards.log_reading import verify
from guards.text import house

_FIRST = ("Ada", "Benedikt", "José", "Zoë", "Nguyễn", "Søren", "Priya", "Olumide", "Łukasz", "Fatima")
_LAST = ("Nwosu", "O'Brien", "Müller-Lüdenscheidt", "Žižek", "Okafor", "García", "Iyer", "Østergård")
FORMS = frozenset(f"{first} {last}" for first in _FIRST for last in _LAST) | {"王伟", "Will", "SC", "+49 30 1234567"}

_DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "lower": str.lower,
    "decomposed": lambda form: unicodedata.normalize("NFD", form),
    "full width": lambda form: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in form),
    "json": json.dumps,
    "json in json": lambda form: json.dumps(json.dumps({"note": form})),
    "percent": lambda form: quote(f"note {form}"),
    "entities": lambda form: "".join(f"&#{ord(char)};" for char in form),
    "named entities": html.escape,
    "base64": lambda form: base64.b64encode(f"a note on {form}.".encode()).decode(),
    "line break": lambda form: form.replace(" ", "\n"),
    "wide spaces": lambda form: form.replace(" ", "\u00a0\u2003"),
    "invisible": "\u200b".join,
    "address": lambda form: form.replace(" ", ".") + "@corp.example",
    "handle": lambda form: "@" + form.replace(" ", "_"),
    "run together": lambda form: form.replace(" ", ""),
}
CANARIES = [(name, form) for name in _DISGUISES for form in sorted(FORMS) if " " in form]


def door(tmp_path: Path, forms: frozenset[str] = FORMS) -> EgressDoor:
    return EgressDoor(lambda _: forms, log=CallLog(tmp_path / "egress.jsonl"))


def test_every_canary_in_every_disguise_is_caught() -> None:
    forms = Forms(FORMS)
    assert len(CANARIES) >= 1000
    missed = [(name, form) for name, form in CANARIES if not forms.found_in(f"see {_DISGUISES[name](form)}!".encode())]
    assert missed == []


@pytest.mark.parametrize(
    "text", ["王伟说可以", "Will agreed", "ask SC today", "Then Will agreed", "(Will)", "call +49-30-1234567"]
)
def test_short_and_everyday_names_are_caught_where_they_name(text: str) -> None:
    assert Forms(FORMS).found_in(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "<PERSON_1> will label 200 claims by Friday (CLM-12), see <EMAIL_ADDRESS_2>.",
        "Will the team measure recall? Will <PERSON_2> sign?",
        "The sc command, discs, scope; Sustained goodwill; adamant benedictions; willing",
        'Answer with JSON: {"line": 3, "owner": "<PERSON_1>", "due": "2026-09-21"}',
        "Situation, behaviour, impact: what did you see at P95 in Q3?",
    ],
)
def test_ordinary_redacted_prompts_pass(tmp_path: Path, text: str) -> None:
    door(tmp_path).check(json.dumps({"messages": [{"role": "user", "content": text}]}).encode(), pair="ada-ben")


def test_a_refusal_says_nothing_of_the_form_and_is_logged(tmp_path: Path) -> None:
    with pytest.raises(EgressRefused) as caught:
        door(tmp_path).check(b"as Ada Nwosu said", pair="ada-ben")
    log = (tmp_path / "egress.jsonl").read_text()
    assert "refused" in log
    for words in (str(caught.value), log):
        assert "Ada" not in words
        assert "Nwosu" not in words


def test_a_failing_scanner_or_unreadable_bytes_let_nothing_pass(tmp_path: Path) -> None:
    def broken(_: str) -> frozenset[str]:
        raise RuntimeError("scanner died")

    with pytest.raises(EgressRefused, match="RuntimeError"):
        EgressDoor(broken, log=CallLog(tmp_path / "a.jsonl")).check(b"x", pair="p")
    with pytest.raises(EgressRefused, match="UnicodeDecodeError"):
        door(tmp_path).check(b"\xff\xfe", pair="p")
    with pytest.raises(EgressRefused, match="call log"):
        EgressDoor(no_forms, log=CallLog(tmp_path)).check(b"x", pair="p")


def test_only_redacted_texts_reach_an_embedder(tmp_path: Path) -> None:
    door(tmp_path).check_texts([house("hello"), house("<PERSON_1>")], pair="p")
    with pytest.raises(RawTextExposed):
        door(tmp_path).check_texts(["hello"], pair="p")  # pyright: ignore[reportArgumentType]
    with pytest.raises(EgressRefused):
        door(tmp_path).check_texts([house("Ada Nwosu")], pair="p")


def test_the_transport_refuses_before_a_byte_goes(tmp_path: Path) -> None:
    sent: list[bytes] = []

    def peer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.read())
        return httpx2.Response(200, json={})

    client = guarded_client(door(tmp_path), pair=lambda: "p", timeout=1, inner=httpx2.MockTransport(peer))
    with client:
        client.post("http://127.0.0.1:1/v1", json={"text": "<PERSON_1>"})
        for call in ({"json": {"text": "Zoë Žižek"}}, {"params": {"q": "Zoë Žižek"}}, {"headers": {"x-by": "SC"}}):
            with pytest.raises(EgressRefused):
                client.post("http://127.0.0.1:1/v1", **call)  # pyright: ignore[reportArgumentType]
    assert len(sent) == 1
    assert verify(tmp_path / "egress.jsonl").lines == 4


def test_the_log_is_a_chain(tmp_path: Path) -> None:
    path = tmp_path / "egress.jsonl"
    for number in range(5):
        door(tmp_path).check(f"call {number}".encode(), pair="p")
    assert verify(path).broken is None
    lines = path.read_text().splitlines()
    for changed in (
        [*lines[:2], *lines[3:]],
        [*lines[:1], lines[2], lines[1], *lines[3:]],
        [*lines[:4], lines[4].replace('"pair": "p"', '"pair": "q"')],
        [*lines[:3], "[]", *lines[3:]],
    ):
        path.write_text("\n".join(changed) + "\n")
        assert verify(path).broken is not None


def test_a_download_resumes_and_keeps_only_the_pinned_file(tmp_path: Path) -> None:
    content = b"weights" * 1000

    def host(request: httpx2.Request) -> httpx2.Response:
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        return httpx2.Response(206 if start else 200, content=content[start:])

    target, inner = tmp_path / "model.bin", httpx2.MockTransport(host)
    (tmp_path / "model.bin.part").write_bytes(content[:3000])
    seen: list[int] = []
    digest = hashlib.sha256(content).hexdigest()

    def fetch(
        target: Path, *, sha256: str = digest, size: int = len(content), url: str = "https://hub.example/m"
    ) -> None:
        guard = door(tmp_path)
        download(url, target, sha256=sha256, size=size, door=guard, progress=seen.append, inner=inner)

    fetch(target)
    assert target.read_bytes() == content
    assert seen[-1] == len(content)
    (tmp_path / "whole.part").write_bytes(content)
    fetch(tmp_path / "whole")
    assert (tmp_path / "whole").read_bytes() == content
    for wrong in ({"sha256": "0"}, {"size": 4000}):
        with pytest.raises(EgressRefused, match="pinned"):
            fetch(tmp_path / "o", **wrong)  # pyright: ignore[reportArgumentType]
        assert not list(tmp_path.glob("o*"))
    with pytest.raises(EgressRefused, match="did not arrive"):
        fetch(tmp_path / "o", url="https://hub.example:no-port/")
