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
    """Status and what the model said; ids, times, file names and server versions go."""
    said = json.loads(response["body"]["string"])
    kept = {name: said[name] for name in _KEPT_OF_ANSWER if name in said}
    body = json.dumps({**kept, "id": "recorded", "created": 0, "model": "local"}).encode()
    return {**response, "headers": _content_type(response["headers"]), "body": {"string": body}}


def _content_type(headers: dict[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in headers.items() if name.lower() == "content-type"}


def serialize(cassette: dict[str, Any]) -> str:
    """YAML with the JSON bodies opened up."""
    for interaction in cassette["interactions"]:
        interaction["request"]["body"] = json.loads(interaction["request"]["body"])
        interaction["response"]["body"] = json.loads(interaction["response"]["body"]["string"])
    return yaml.dump(cassette, Dumper=_Dumper, sort_keys=True, allow_unicode=True, width=1000)


def deserialize(text: str) -> dict[str, Any]:
    """The cassette as vcrpy knows it."""
    cassette = cast("dict[str, Any]", yaml.safe_load(text))
    for interaction in cassette["interactions"]:
        interaction["request"]["body"] = json.dumps(interaction["request"]["body"])
        interaction["response"]["body"] = {"string": json.dumps(interaction["response"]["body"])}
    return cassette
