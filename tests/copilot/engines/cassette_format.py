"""How a call to the model is written down: what tells a model or a machine apart is dropped, bodies stay readable.

Everything is scrubbed before it is written, so nothing has to be taken out of a file afterwards.
"""

from __future__ import annotations

import json
from typing import Any, Final, cast
from urllib.parse import urlsplit

import yaml
from vcr.request import Request  # pyright: ignore[reportMissingTypeStubs]

HOST: Final = "http://model.test"
"""Stands in for the loopback address and port, which differ at each start."""

_KEPT_OF_ANSWER: Final = ("choices", "object", "usage")
_STANDING: Final = {"id": "recorded", "created": 0, "model": "local"}
_DATA: Final = b"data:"
_END: Final = b"[DONE]"
_LINE: Final = 80


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a block, the way it would be read aloud."""


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    writer: Any = dumper
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _block)


def scrubbed_request(request: Request) -> Request:
    """Path and body only; the key goes with the other headers."""
    made: Any = request
    made.uri = HOST + urlsplit(str(made.uri)).path
    made.headers = _content_type(dict(made.headers))
    return request


def scrubbed_response(response: dict[str, Any]) -> dict[str, Any]:
    """Status and what the model said; ids, times, file names and server versions go.

    Of a streamed answer, pieces that follow one another are joined until they make a line worth reading.
    """
    found = response["body"]["string"]
    if _DATA in found:
        body = _events([_scrubbed(each) for each in _joined(_pieces(found))])
    else:
        body = json.dumps(_scrubbed(json.loads(found))).encode()
    return {**response, "headers": _content_type(response["headers"]), "body": {"string": body}}


def _scrubbed(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in _KEPT_OF_ANSWER if name in said} | _STANDING


def _pieces(body: bytes) -> list[dict[str, Any]]:
    parts = [part.strip() for part in body.split(_DATA)]
    return [json.loads(part) for part in parts if part and part != _END]


def _events(pieces: list[dict[str, Any]]) -> bytes:
    return b"".join(_DATA + b" " + json.dumps(each).encode() + b"\n\n" for each in pieces) + _DATA + b" " + _END


def _joined(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for each in pieces:
        said, before = _content(each), _content(made[-1]) if made else None
        if said is not None and before is not None and len(before) < _LINE:
            made[-1]["choices"][0]["delta"]["content"] = before + said
        else:
            made.append(each)
    return made


def _content(piece: dict[str, Any]) -> str | None:
    """The words of a piece that holds nothing else."""
    choices: list[dict[str, Any]] = piece.get("choices") or [{}]
    choice = choices[0]
    delta: dict[str, str] = choice.get("delta") or {}
    return delta["content"] if set(delta) == {"content"} and delta["content"] and not choice["finish_reason"] else None


def _content_type(headers: dict[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in headers.items() if name.lower() == "content-type"}


def serialize(cassette: dict[str, Any]) -> str:
    """YAML with the JSON bodies opened up."""
    for interaction in cassette["interactions"]:
        interaction["request"]["body"] = json.loads(interaction["request"]["body"])
        found = interaction["response"]["body"]["string"]
        found = found.encode() if isinstance(found, str) else found
        interaction["response"]["body"] = _pieces(found) if found.startswith(_DATA) else json.loads(found)
    return yaml.dump(cassette, Dumper=_Dumper, sort_keys=True, allow_unicode=True, width=1000)


def deserialize(text: str) -> dict[str, Any]:
    """The cassette as vcrpy knows it."""
    cassette = cast("dict[str, Any]", yaml.safe_load(text))
    for interaction in cassette["interactions"]:
        interaction["request"]["body"] = json.dumps(interaction["request"]["body"])
        body = interaction["response"]["body"]
        streamed = isinstance(body, list)
        recorded: str | bytes = _events(cast("list[dict[str, Any]]", body)) if streamed else json.dumps(body)
        interaction["response"]["body"] = {"string": recorded}
    return cassette
